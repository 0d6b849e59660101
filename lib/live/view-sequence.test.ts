import { describe, expect, test } from 'vitest';
import { RESERVED_AT_ONCE, ViewSequence } from './view-sequence.ts';

/** What a database keeps of a sequence: the highest limit that was ever written down. */
class Kept {
  limit = 0;
  away = false;
  reserve = async (upTo: number): Promise<void> => {
    if (this.away) throw new Error('The database does not answer');
    this.limit = Math.max(this.limit, upTo);
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the sequence of views', () => {
  test('L2: grows by one', async () => {
    const sequence = new ViewSequence(41, new Kept().reserve);
    await sequence.open();
    expect([sequence.next(), sequence.next(), sequence.next()]).toEqual([42, 43, 44]);
  });

  test('L4: every number handed out is below a limit that was written down, over any number of crashes', async () => {
    const kept = new Kept();
    let highest = 0;
    for (const used of [0, 1, RESERVED_AT_ONCE / 2 + 3, 7, RESERVED_AT_ONCE * 3]) {
      // A crash: nothing is left of the last life but what was written down.
      const sequence = new ViewSequence(kept.limit, kept.reserve);
      await sequence.open();
      for (let step = 0; step < used; step += 1) {
        const seq = sequence.next();
        if (seq === null || seq <= highest || seq > kept.limit) throw new Error(`${seq} after ${highest}`);
        highest = seq;
        if (step % 1000 === 0) await settle();
      }
      expect(highest).toBeLessThanOrEqual(kept.limit);
    }
  });

  test('L4: none is handed out that could not be written down; it goes on when the database answers again', async () => {
    const kept = new Kept();
    const sequence = new ViewSequence(0, kept.reserve);
    await sequence.open();
    kept.away = true;
    let last = 0;
    for (let seq = sequence.next(); seq !== null; seq = sequence.next()) last = seq;
    expect(last).toBe(RESERVED_AT_ONCE);
    await settle();
    kept.away = false;
    expect(sequence.next()).toBeNull();
    await settle();
    expect(sequence.next()).toBe(RESERVED_AT_ONCE + 1);
  });

  test('L4: a room does not open when the first numbers cannot be written down', async () => {
    const kept = new Kept();
    kept.away = true;
    await expect(new ViewSequence(0, kept.reserve).open()).rejects.toThrow('does not answer');
  });
});
