import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('those who knock', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('are let through at once when alone, in groups when many, and nobody stays outside', async () => {
    const turnstile = new Turnstile(40);
    const groups: number[][] = [];
    const knock = (who: number) =>
      turnstile.pass().then(() => {
        const [at, group] = [Date.now(), groups.at(-1)];
        if (group?.[0] === at) group.push(who);
        else groups.push([at, who]);
      });
    const began = Date.now();
    for (let who = 0; who < 10; who += 1) {
      void knock(who);
      await vi.advanceTimersByTimeAsync(11);
    }
    await vi.advanceTimersByTimeAsync(200);
    void knock(10);
    await vi.advanceTimersByTimeAsync(0);
    expect(groups.map(([at, ...who]) => [(at ?? 0) - began, who])).toEqual([
      [0, [0]],
      [40, [1, 2, 3]],
      [80, [4, 5, 6, 7]],
      [120, [8, 9]],
      [310, [10]],
    ]);
  });
});
