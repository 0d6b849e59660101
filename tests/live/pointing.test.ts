import { describe, expect, test } from 'vitest';
import type { Mark, MarkUpdate } from '@/lib/live/mark-state.ts';
import { setStage, type Tab, until } from './support.ts';

const stage = setStage();
const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;

const mark = (n: number, x: number): Mark => ({
  n,
  kind: 'arrow',
  seriesUid: '1.2.3.4',
  frameOfReferenceUid: '1.2.3.9',
  normal: [0, 0, 1],
  projected: false,
  points: [
    [0, 0, 0],
    [x, 0, 0],
  ],
});
const latest = (tab: Tab, n: number) => tab.marks.filter((one) => one.mark.n === n).at(-1);

describe('marks', () => {
  test('M1, M2: reach every other person under their owner’s id, the last of each too', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const other = await stage.enter('nuclear');
    for (let x = 1; x <= 50; x += 1) nuclear.client.mark(mark(1, x));
    for (let x = 1; x <= 50; x += 1) nuclear.client.mark(mark(2, 100 + x));
    for (const tab of [chair, oncologist])
      await until(() => {
        expect(latest(tab, 1)).toEqual({ personId: id('nuclear'), mark: mark(1, 50) });
        expect(latest(tab, 2)).toEqual({ personId: id('nuclear'), mark: mark(2, 150) });
      });
    expect(other.marks).toEqual([]);
  });

  test('M1, I2, B1: what names a sender, or is no mark, is refused and passed on to nobody', async () => {
    const { chair, oncologist } = await stage.meeting();
    const raw = await stage.enterRaw('surgeon');
    const refused = new Promise((resolve) => raw.once('refused', resolve));
    raw.emit('mark', { ...mark(1, 1), personId: id('chair') });
    expect(await refused).toEqual({ code: 'live_malformed' });
    raw.emit('mark', { ...mark(2, 1), points: [[0, 0, Number.NaN]] });
    raw.emit('mark', mark(3, 7));
    await until(() => expect(latest(oncologist, 3)).toBeDefined());
    expect(chair.marks.filter(({ mark: { n } }) => n < 3)).toEqual([]);
  });

  test('M1, P4, C16: an observer’s are refused; M3: a snapshot has none', async () => {
    const { chair, nuclear, oncologist } = await stage.meeting();
    await chair.decide({ type: 'observer.mark', personId: id('nuclear') });
    const raw = await stage.enterRaw('nuclear');
    const refused = new Promise((resolve) => raw.once('refused', resolve));
    raw.emit('mark', mark(1, 1));
    expect(await refused).toEqual({ code: 'live_observer' });
    nuclear.client.mark(mark(2, 1));
    chair.client.mark(mark(3, 1));
    await until(() => expect(latest(nuclear, 3)).toBeDefined());
    expect(oncologist.marks.map(({ personId }: MarkUpdate) => personId)).not.toContain(id('nuclear'));
    const late = await stage.enter('surgeon');
    expect(late.room).not.toHaveProperty('marks');
    expect(late.marks).toEqual([]);
  });
});
