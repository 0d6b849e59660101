import { describe, expect, test } from 'vitest';
import { MessageBudget } from './message-budget.ts';

describe('a connection’s budget', () => {
  test('B4: a burst passes, then only the rate', () => {
    const budget = new MessageBudget(10, 40, 0);
    const passed = (now: number, tries: number) =>
      Array.from({ length: tries }, () => budget.take(now)).filter(Boolean).length;
    expect(passed(0, 1000)).toBe(40);
    expect(passed(1000, 1000)).toBe(10);
    expect(passed(1050, 1000)).toBe(0);
    expect(passed(1100, 1000)).toBe(1);
  });

  test('B4: who is quiet saves up a burst, never more', () => {
    const budget = new MessageBudget(10, 40, 0);
    const hour = 3_600_000;
    expect(Array.from({ length: 100 }, () => budget.take(hour)).filter(Boolean).length).toBe(40);
  });
});
