import { expect, test, vi } from 'vitest';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import type { Annotating } from '../contract.ts';
import { OwnDrawings } from './own-drawings.ts';

const room = (change: Partial<Annotating> = {}): Annotating => ({
  draws: 'annotation',
  list: [],
  put: vi.fn(async () => undefined),
  remove: vi.fn(async () => undefined),
  ...change,
});
const joined = (at: Annotating): OwnDrawings => {
  const drawings = new OwnDrawings(() => undefined);
  drawings.join(at);
  return drawings;
};
const theirs = { name: 'Ann', colour: '#ffd43b', mine: false, leads: false };

test('C21: what somebody draws who may not annotate is theirs alone, and nothing of it is sent', () => {
  const at = room({ draws: 'own' });
  const drawings = joined(at);
  expect(drawings.take('a', drawnAs('a'))).toBe(true);
  expect(drawings.all()).toEqual([drawnAs('a')]);
  expect(drawings.whose('a')).toMatchObject({ by: 'own', mayChange: true });
  expect(at.put).not.toHaveBeenCalled();
  expect(drawings.take('a', null)).toBe(true);
  expect(drawings.all()).toEqual([]);
});

test('what an annotator draws is sent, and shown until the room has answered', async () => {
  let answer: (value?: unknown) => void = () => undefined;
  const at = room({
    put: vi.fn(
      () =>
        new Promise((done) => {
          answer = done;
        }),
    ),
  });
  const drawings = joined(at);
  expect(drawings.take('a', drawnAs('a'))).toBe(true);
  expect(at.put).toHaveBeenCalledWith(drawnAs('a'));
  expect(drawings.all()).toEqual([drawnAs('a')]);
  answer();
  // Refused, or in the room's list by now.
  await vi.waitFor(() => expect(drawings.all()).toEqual([]));
});

test('C18, C19: what others drew is looked at; those who lead take it away', () => {
  const at = room({ list: [{ drawn: drawnAs('a'), ...theirs }] });
  const drawings = joined(at);
  expect(drawings.whose('a')).toMatchObject({ name: 'Ann', by: 'room', mayChange: false });
  expect(drawings.mayRemove('a')).toBe(false);
  drawings.join(room({ draws: 'view', list: [{ drawn: drawnAs('a'), ...theirs, leads: true }] }));
  expect(drawings.mayRemove('a')).toBe(true);
});

test('a presenter draws into the shared view, and without a room everybody does', () => {
  expect(joined(room({ draws: 'view' })).take('a', drawnAs('a'))).toBe(false);
  expect(new OwnDrawings(() => undefined).take('a', drawnAs('a'))).toBe(false);
});

test('what was one’s own is released to be drawn for everybody', () => {
  const drawings = joined(room({ draws: 'own' }));
  drawings.take('a', drawnAs('a'));
  drawings.join(room());
  expect(drawings.isShown).toBe(true);
  expect(drawings.release('a')).toEqual(drawnAs('a'));
  expect(drawings.all()).toEqual([]);
});
