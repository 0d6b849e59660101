import { describe, expect, test } from 'vitest';
import { viewAt } from '@/tests/live/view-at.ts';
import { drawnAs } from '../annotation.fixture.ts';
import type { RoomEvent } from '../protocol.ts';
import { BlockWriter, type RecordEntry } from './block.ts';
import { Timeline } from './timeline.ts';

const T = 1_700_000_000_000;
const view = (at: number, itemId: string, z: number): RecordEntry => ({
  kind: 'view',
  at: T + at,
  view: { seq: at + 1, itemId, by: 'chair', view: viewAt(z) },
});
const event = (seq: number, at: number, more: Partial<RoomEvent>): RoomEvent => ({
  seq,
  type: 'item.open',
  by: 'chair',
  at: new Date(T + at).toISOString(),
  ...more,
});
function block(entries: readonly RecordEntry[]) {
  const writer = new BlockWriter(entries[0]?.at ?? T);
  for (const entry of entries) writer.add(entry);
  return writer.block;
}
/** Two cases, and a minute that was not recorded between 10 s and 70 s. */
const timeline = new Timeline({
  spans: [
    { from: T, until: T + 10_000 },
    { from: T + 70_000, until: T + 80_000 },
  ],
  blocks: [
    block([
      view(1000, 'a', 1),
      view(2000, 'a', 2),
      { kind: 'pointer', at: T + 2500, personId: 'ann', pointer: null },
      { kind: 'alive', at: T + 10_000 },
    ]),
    block([view(70_000, 'a', 3), view(76_000, 'b', 4)]),
  ],
  events: [
    event(1, 500, { itemId: 'a' }),
    event(2, 30_000, { type: 'record.set', on: true }),
    event(3, 75_000, { itemId: 'b' }),
    event(4, 76_000, {
      type: 'annotation.put',
      itemId: 'b',
      annotationId: 'd',
      annotation: { author: { name: 'Ann', colour: '#ffd43b' }, drawn: drawnAs('d') },
    }),
    event(5, 78_000, { type: 'annotation.remove', itemId: 'b', annotationId: 'd' }),
  ],
  decisions: [-5000, 3000, 40_000, 90_000].map((at) => ({
    at: new Date(T + at).toISOString(),
    itemId: 'a',
    byName: 'Ann',
    what: 'written' as const,
    field: 'proposal',
  })),
});
const zAt = (position: number) => timeline.shownAt(position).view?.view.viewports[0]?.focalMm?.[2] ?? null;

describe('a replay', () => {
  test('Q9: shows at each moment the last view of the case that was open', () => {
    expect([0, 999, 1000, 1999, 5000, 10_000, 14_999, 15_000, 16_000].map(zAt)).toEqual([
      null,
      null,
      1,
      1,
      2,
      3,
      3,
      null,
      4,
    ]);
    expect(timeline.shownAt(15_500).itemId).toBe('b');
  });

  test('Q9, C19: shows what was drawn for everybody from then on, until it was taken away', () => {
    const drawnAt = (position: number) =>
      timeline.shownAt(position).annotations.map(({ author, drawn }) => [author.name, drawn.id]);
    expect([5000, 15_500, 16_000, 17_999, 18_000].map(drawnAt)).toEqual([
      [],
      [],
      [['Ann', 'd']],
      [['Ann', 'd']],
      [],
    ]);
  });

  test('Q5: knows its gaps; what was decided in one stands where the record goes on', () => {
    expect(timeline.lengthMs).toBe(20_000);
    expect(timeline.gaps).toEqual([{ at: 10_000, from: T + 10_000, until: T + 70_000 }]);
    expect(timeline.events.map(({ at }) => at)).toEqual([500, 10_000, 15_000, 16_000, 18_000]);
    expect(timeline.timeAt(15_000)).toBe(T + 75_000);
  });

  test('has the moments of its decisions, and none of before or after it', () => {
    expect(timeline.decisions.map(({ at }) => at)).toEqual([3000, 10_000]);
  });

  test('has a segment for each case that was open', () => {
    expect(timeline.segments).toEqual([
      { itemId: 'a', from: 500, until: 15_000 },
      { itemId: 'b', from: 15_000, until: 20_000 },
    ]);
  });

  test('of nothing shows nothing', () => {
    const empty = new Timeline({ spans: [], blocks: [], events: [], decisions: [] });
    expect(empty.shownAt(0)).toEqual({ itemId: null, view: null, pointers: new Map(), annotations: [] });
  });
});
