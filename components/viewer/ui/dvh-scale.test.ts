import { expect, test } from 'vitest';
import { gyPer, roundTicks } from './dvh-scale.ts';

test('ticks are round and reach the most that is shown', () => {
  expect(roundTicks(30.95, 6)).toEqual([0, 10, 20, 30, 40]);
  expect(roundTicks(100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(roundTicks(0.7, 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(roundTicks(0, 4)).toEqual([0, 1]);
});

test('percent are of the reference; without one doses are Gy', () => {
  const units = { kind: 'cumulative', volume: 'cc' } as const;
  expect(gyPer({ ...units, dose: 'percent', referenceGy: 60 })).toBe(0.6);
  expect(gyPer({ ...units, dose: 'percent', referenceGy: null })).toBe(1);
  expect(gyPer({ ...units, dose: 'Gy', referenceGy: 60 })).toBe(1);
});
