import { describe, expect, test } from 'vitest';
import { mergeByPerson } from './connection.server.ts';
import { LatestSlot, type Wire } from './latest-slot.ts';
import type { PointerUpdate } from './protocol.ts';

/** A wire that takes one value, then is busy until it is drained. */
class SlowWire implements Wire {
  private busy = false;
  private resume: (() => void) | undefined;
  onceReady = (resume: () => void) => {
    this.resume = resume;
  };
  /** Whether it takes something now; busy from then on. */
  takes(): boolean {
    const free = !this.busy;
    this.busy = true;
    return free;
  }
  drain(): void {
    this.busy = false;
    const { resume } = this;
    this.resume = undefined;
    resume?.();
  }
}

describe('a slow connection', () => {
  test('L5: skips to the latest value, and the last one always leaves', () => {
    const wire = new SlowWire();
    const sent: number[] = [];
    const slot = new LatestSlot<number>(wire, (value) => wire.takes() && sent.push(value) > 0);
    for (let value = 1; value <= 100; value += 1) slot.offer(value);
    expect(sent).toEqual([1]);
    wire.drain();
    expect(sent).toEqual([1, 100]);
    wire.drain();
    slot.offer(101);
    expect(sent).toEqual([1, 100, 101]);
  });

  test('L5: what waited is not sent after something that replaces it, and the next is', () => {
    const wire = new SlowWire();
    const sent: number[] = [];
    const slot = new LatestSlot<number>(wire, (value) => wire.takes() && sent.push(value) > 0);
    for (const value of [1, 2]) slot.offer(value);
    slot.forget();
    wire.drain();
    expect(sent).toEqual([1]);
    slot.offer(3);
    expect(sent).toEqual([1, 3]);
  });

  test('P2: waiting pointers are folded to the latest of each person', () => {
    const wire = new SlowWire();
    const sent: (readonly PointerUpdate[])[] = [];
    const slot = new LatestSlot<readonly PointerUpdate[]>(
      wire,
      (value) => wire.takes() && sent.push(value) > 0,
      mergeByPerson,
    );
    const at = (personId: string, x: number): PointerUpdate => ({
      personId,
      pointer: { viewportId: 'v1', seriesUid: '1.2', frameOfReferenceUid: '1.3', mm: [x, 0, 0] },
    });
    slot.offer([at('a', 1)]);
    slot.offer([at('a', 2)]);
    slot.offer([at('b', 3)]);
    slot.offer([at('a', 4)]);
    slot.offer([{ personId: 'b', pointer: null }]);
    wire.drain();
    expect(sent).toEqual([[at('a', 1)], [at('a', 4), { personId: 'b', pointer: null }]]);
  });
});
