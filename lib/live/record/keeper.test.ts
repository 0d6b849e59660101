import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { viewAt } from '@/tests/live/view-at.ts';
import { type RecordEntry, readBlock } from './block.ts';
import { ALIVE_EVERY_MS, RecordKeeper } from './keeper.server.ts';
import type { KeptBlock } from './store.server.ts';

const shared = (seq: number) => ({ seq, itemId: 'item', by: 'chair', view: viewAt(seq) });
const blocks = new Map<string, KeptBlock>();
let broken = false;
const outside = {
  saveRecordBlock: async (_: string, kept: KeptBlock) => {
    if (broken) throw new Error('The database does not answer');
    blocks.set(kept.id, kept);
  },
};
const entries = (): RecordEntry[] => [...blocks.values()].flatMap(({ block }) => readBlock(block));
const seqs = () => entries().flatMap((entry) => (entry.kind === 'view' ? [entry.view.seq] : []));
const spans = () => new Set([...blocks.values()].map(({ spanId }) => spanId)).size;

beforeEach(() => {
  vi.useFakeTimers();
  blocks.clear();
  broken = false;
});
afterEach(() => vi.useRealTimers());

/** Views at 30 Hz for a second, from 1. */
async function scrolling(keeper: RecordKeeper): Promise<void> {
  for (let seq = 1; seq <= 30; seq += 1) {
    keeper.view(shared(seq));
    await vi.advanceTimersByTimeAsync(33);
  }
}

describe('what is kept of a room', () => {
  test('Q4: of thirty views a second four, and the last one before a pause', async () => {
    const keeper = new RecordKeeper('session', outside);
    keeper.want(true, null);
    await scrolling(keeper);
    await vi.advanceTimersByTimeAsync(2000);
    expect(seqs().length).toBeLessThanOrEqual(6);
    expect(seqs().at(-1)).toBe(30);
    await keeper.close();
  });

  test('Q4: what is seen at a decision', async () => {
    const keeper = new RecordKeeper('session', outside);
    keeper.want(true, null);
    keeper.view(shared(1));
    keeper.view(shared(2));
    keeper.settle();
    keeper.view(shared(3));
    await vi.advanceTimersByTimeAsync(1000);
    expect(seqs()).toEqual([1, 2, 3]);
    await keeper.close();
  });

  test('Q3: nothing while it is not wanted; what is shown then begins the next span', async () => {
    const keeper = new RecordKeeper('session', outside);
    keeper.want(true, null);
    keeper.view(shared(1));
    keeper.want(false, shared(1));
    await scrolling(keeper);
    keeper.pointer({ personId: 'chair', pointer: null });
    await vi.advanceTimersByTimeAsync(2 * ALIVE_EVERY_MS);
    expect(seqs()).toEqual([1]);
    keeper.want(true, shared(30));
    await keeper.close();
    expect(seqs()).toEqual([1, 30]);
    expect(spans()).toBe(2);
  });

  test('Q5: an open and still room says so; blocks end, their span does not', async () => {
    const keeper = new RecordKeeper('session', outside);
    keeper.want(true, null);
    await vi.advanceTimersByTimeAsync(20 * ALIVE_EVERY_MS + 1000);
    expect(entries().length).toBe(21);
    expect(blocks.size).toBeGreaterThan(2);
    expect(spans()).toBe(1);
    await keeper.close();
  });

  test('Q5: a database that comes back gets what it has missed', async () => {
    const keeper = new RecordKeeper('session', outside);
    keeper.want(true, null);
    broken = true;
    await scrolling(keeper);
    await vi.advanceTimersByTimeAsync(5000);
    expect(blocks.size).toBe(0);
    broken = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(seqs().at(-1)).toBe(30);
    await keeper.close();
  });
});
