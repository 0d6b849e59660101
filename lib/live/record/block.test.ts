import { describe, expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { viewAt } from '@/tests/live/view-at.ts';
import { BlockWriter, type RecordBlock, type RecordEntry, readBlock } from './block.ts';
import { packBlock, unpackBlock } from './store.server.ts';

const ids = ['7f0c8a52-3b1e-4c55-9d0e-3f5b8a3c9b01', '7f0c8a52-3b1e-4c55-9d0e-3f5b8a3c9b02'];

function written(entries: readonly RecordEntry[]): RecordBlock {
  const writer = new BlockWriter(entries[0]?.at ?? 0);
  for (const entry of entries) writer.add(entry);
  return writer.block;
}

describe('a block of a record', () => {
  test('Q5: comes back as it was kept, from its bytes, for any sequence of entries', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const source = random(seed);
      let at = 1_700_000_000_000;
      const entries = Array.from({ length: 1 + source.integer(80) }, (_, n): RecordEntry => {
        at += source.integer(400);
        const by = source.pick(ids);
        if (source.chance(0.1)) return { kind: 'alive', at };
        if (source.chance(0.2)) return { kind: 'pointer', at, personId: by, pointer: null };
        const view = {
          ...viewAt(source.integer(300) / 2),
          layout: source.pick(['single', 'ct-pt']),
          dvhCursorGy: source.chance(0.5) ? source.integer(30) : null,
        };
        if (source.chance(0.3)) view.viewports = [];
        return { kind: 'view', at, view: { seq: n, itemId: source.pick(ids), by, view } };
      });
      expect(readBlock(await unpackBlock(await packBlock(written(entries))))).toEqual(entries);
    }
  });

  test('Q5: goes forward when the clock is set back', () => {
    const block = written([
      { kind: 'alive', at: 1000 },
      { kind: 'alive', at: 400 },
      { kind: 'alive', at: 1200 },
    ]);
    expect(readBlock(block).map(({ at }) => at)).toEqual([1000, 1000, 1200]);
  });

  test('Q4: a minute of scrolling takes a few kilobytes', async () => {
    const entries = Array.from({ length: 240 }, (_, n): RecordEntry => {
      const view = viewAt(-300 + n * 1.25);
      return {
        kind: 'view',
        at: n * 250,
        view: { seq: n * 8, itemId: ids[0] ?? '', by: ids[1] ?? '', view },
      };
    });
    expect((await packBlock(written(entries))).length).toBeLessThan(6000);
  });
});
