import { describe, expect, test } from 'vitest';
import { applyChange, moveTo, runningTimes } from './agenda-change.ts';
import type { AgendaItemView } from './schema.ts';

const item = (id: string, plannedMinutes = 10) => ({ id, plannedMinutes }) as AgendaItemView;
const agenda = [item('a'), item('b'), item('c')];
const ids = (items: AgendaItemView[]) => items.map((one) => one.id).join('');

describe('a change is shown before the server has confirmed it', () => {
  test('order; an item that came meanwhile stays, at the end', () => {
    expect(ids(applyChange(agenda, { type: 'order', itemIds: ['c', 'a', 'b'] }))).toBe('cab');
    expect(ids(applyChange(agenda, { type: 'order', itemIds: ['b', 'a'] }))).toBe('bac');
  });

  test('minutes of one item', () => {
    const changed = applyChange(agenda, { type: 'minutes', itemId: 'b', plannedMinutes: 25 });
    expect(changed.map((one) => one.plannedMinutes)).toEqual([10, 25, 10]);
  });

  test('removed, and back at its place', () => {
    const removed = applyChange(agenda, { type: 'remove', itemId: 'b' });
    expect(ids(removed)).toBe('ac');
    expect(ids(applyChange(removed, { type: 'restore', item: item('b'), index: 1 }))).toBe('abc');
  });
});

test('moving keeps within the list', () => {
  expect(moveTo(['a', 'b', 'c'], 'a', 1).join('')).toBe('bac');
  expect(moveTo(['a', 'b', 'c'], 'c', -1).join('')).toBe('cab');
  expect(moveTo(['a', 'b', 'c'], 'a', 9).join('')).toBe('bca');
});

test('each item starts when the ones before it are done', () => {
  const times = runningTimes('2027-03-01T09:00:00.000Z', [item('a', 15), item('b', 10)]);
  expect(times.starts.map((at) => at.toISOString().slice(11, 16))).toEqual(['09:00', '09:15']);
  expect(times.end.toISOString().slice(11, 16)).toBe('09:25');
  expect(times.minutes).toBe(25);
});
