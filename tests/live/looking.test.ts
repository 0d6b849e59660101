import { describe, expect, test } from 'vitest';
import type { Pointer } from '@/lib/live/protocol.ts';
import { setStage, until, viewAt } from './support.ts';

const stage = setStage();
const pointerAt = (x: number): Pointer => ({
  viewportId: 'v1',
  seriesUid: '1.2.3.4',
  frameOfReferenceUid: '1.2.3.9',
  mm: [x, -20.5, 700],
});

describe('looking', () => {
  test('L2, L5, L6: all followers end at the presenter’s last view, through growing numbers', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    for (let z = 1; z <= 200; z += 1) chair.client.moved(viewAt(z));
    for (const follower of [oncologist, nuclear]) {
      await until(() => expect(follower.z).toBe(200));
      const seqs = follower.views.flatMap((view) => view?.seq ?? []);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }
    await until(() => expect(chair.seqs.at(-1)).toBe(nuclear.room.view?.seq));
  });

  test('L2, L7: numbers grow by one; the sender is told the number, the same person’s other tab the view', async () => {
    const { chair, nuclear } = await stage.meeting();
    const other = await stage.enter('chair');
    for (let z = 1; z <= 3; z += 1) {
      chair.client.moved(viewAt(z));
      await until(() => expect(other.z).toBe(z));
    }
    await until(() => expect(chair.seqs).toHaveLength(3));
    const first = chair.seqs[0] ?? 0;
    expect(chair.seqs).toEqual([first, first + 1, first + 2]);
    expect(nuclear.seqs.at(-1)).toBe(first + 2);
    expect(chair.views.filter(Boolean), 'a sender is not moved by its own view').toEqual([]);
    other.client.moved(viewAt(99));
    await until(() => expect(chair.z).toBe(99));
    await until(() => expect(nuclear.z).toBe(99));
  });

  test('I3: a view from somebody who does not present is refused, not passed on and not numbered', async () => {
    const { chair, oncologist } = await stage.meeting();
    const forger = await stage.enterRaw('nuclear');
    const refused = new Promise((resolve) => forger.once('refused', resolve));
    chair.client.moved(viewAt(1));
    await until(() => expect(oncologist.z).toBe(1));
    forger.emit('view', { itemId: stage.session.items[0], view: viewAt(666) });
    expect(await refused).toEqual({ code: 'live_not_presenter' });
    chair.client.moved(viewAt(2));
    await until(() => expect(oncologist.z).toBe(2));
    expect(oncologist.views.map((view) => view?.view.viewports[0]?.focalMm?.[2])).not.toContain(666);
    expect(oncologist.seqs.slice(-2)).toEqual([oncologist.seqs.at(-1)].flatMap((seq = 0) => [seq - 1, seq]));
  });

  test('I1, I2: a view is the sender’s as the server knows them; one that names a sender is refused', async () => {
    const { oncologist } = await stage.meeting();
    const chair = await stage.enterRaw('chair');
    const itemId = stage.session.items[0];
    for (const forged of ['by', 'personId', 'presenterId', 'seq']) {
      const refused = new Promise((resolve) => chair.once('refused', resolve));
      chair.emit('view', { itemId, view: viewAt(666), [forged]: stage.actors.surgeon.personId });
      // Told once a second per reason: the first one.
      if (forged === 'by') expect(await refused).toEqual({ code: 'live_malformed' });
    }
    chair.emit('view', { itemId, view: viewAt(3) });
    await until(() => expect(oncologist.z).toBe(3));
    expect(oncologist.views.filter(Boolean)).toHaveLength(1);
    expect(oncologist.room.view?.by).toBe(stage.actors.chair.personId);
  });

  test('L8: a view for another case than the open one is refused', async () => {
    const { oncologist } = await stage.meeting();
    const chair = await stage.enterRaw('chair');
    const refused = new Promise((resolve) => chair.once('refused', resolve));
    chair.emit('view', { itemId: stage.session.items[1], view: viewAt(666) });
    expect(await refused).toEqual({ code: 'state_conflict' });
    chair.emit('view', { itemId: stage.session.items[0], view: viewAt(4) });
    await until(() => expect(oncologist.z).toBe(4));
    expect(oncologist.views.filter(Boolean)).toHaveLength(1);
  });

  test('L9: another case starts without the last one’s view', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(5));
    await until(() => expect(nuclear.z).toBe(5));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await until(() => expect(nuclear.room.currentItemId).toBe(stage.session.items[1]));
    expect(nuclear.views.at(-1)).toBeNull();
  });

  test('L9: what the viewer of the case before still says is never shared as the next one’s', async () => {
    const { chair, nuclear } = await stage.meeting();
    const [before, next] = stage.session.items;
    await chair.decide({ type: 'item.open', itemId: next });
    await until(() => expect(nuclear.room.currentItemId).toBe(next));
    chair.client.moved(viewAt(13), before);
    chair.client.moved(viewAt(14), next);
    await until(() => expect(nuclear.z).toBe(14));
    expect(nuclear.views.map((view) => view?.view.viewports[0]?.focalMm?.[2])).not.toContain(13);
    nuclear.client.moved(viewAt(15), before);
    expect(nuclear.state.free).toBe(false);
  });
});

describe('looking freely', () => {
  test('F1, F2: one’s own move stays one’s own; following shows the present view at once', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(1));
    await until(() => expect(nuclear.z).toBe(1));
    nuclear.client.moved(viewAt(50));
    expect(nuclear.state).toMatchObject({ free: true, following: false });
    chair.client.moved(viewAt(2));
    await until(() => expect(oncologist.z).toBe(2));
    await until(() => expect(nuclear.room.view?.seq).toBe(oncologist.room.view?.seq));
    expect(nuclear.z, 'not shown').toBe(1);
    expect(chair.room.view?.view).toEqual(viewAt(2));
    nuclear.client.follow();
    expect(nuclear.z).toBe(2);
    expect(nuclear.state).toMatchObject({ free: false, following: true });
    expect(nuclear.refusals).toEqual([]);
  });

  test('F3: who becomes presenter while looking freely shares what they see', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(1));
    await until(() => expect(nuclear.z).toBe(1));
    nuclear.client.moved(viewAt(50));
    await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId });
    await until(() => expect(oncologist.z).toBe(50));
    await until(() => expect(chair.z).toBe(50));
  });

  test('F4: opening a case brings everybody back', async () => {
    const { chair, nuclear } = await stage.meeting();
    nuclear.client.moved(viewAt(50));
    expect(nuclear.state.free).toBe(true);
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await until(() => expect(nuclear.state).toMatchObject({ free: false, following: true }));
  });
});

describe('pointers', () => {
  test('P1, P3, I1: are seen by the others under their owner’s id, until taken away or gone', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const { personId } = stage.actors.nuclear;
    nuclear.client.point(pointerAt(12.5));
    for (const other of [chair, oncologist])
      await until(() => expect(other.room.pointers).toEqual({ [personId]: pointerAt(12.5) }));
    expect(nuclear.room.pointers).toEqual({});
    nuclear.client.point(null);
    await until(() => expect(chair.room.pointers).toEqual({}));
    nuclear.client.point(pointerAt(1));
    await until(() => expect(chair.room.pointers).toEqual({ [personId]: pointerAt(1) }));
    nuclear.client.close();
    await until(() => expect(chair.room.pointers).toEqual({}));
  });
});
