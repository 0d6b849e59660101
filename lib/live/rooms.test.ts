import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { Memory } from '@/tests/live/fuzz/memory.ts';
import { times } from '@/tests/live/fuzz/server-life.ts';
import { tabOf } from '@/tests/live/tab-of.ts';
import type { LiveRoom } from './live-room.server.ts';
import { Rooms } from './rooms.server.ts';

const [sessionId, itemId, chairId] = [randomUUID(), randomUUID(), randomUUID()];
const facts = { kind: 'session', centreId: randomUUID(), chairId, participantIds: [] } as const;
const { idleMs } = times;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

let rooms: Rooms;
let room: LiveRoom;

beforeEach(async () => {
  vi.useFakeTimers();
  const memory = new Memory({ facts, cancelled: false, agendaVersion: 0 }, [itemId], random(1));
  rooms = new Rooms(
    times,
    memory.reach({ alive: true }, () => false),
  );
  const opening = rooms.open(sessionId);
  await pass(1000);
  room = await opening;
});
afterEach(async () => {
  vi.useRealTimers();
  await rooms.closeAll();
});

test('X3: a room stays open for a while after the last tab has left, whenever it came', async () => {
  const tab = tabOf(sessionId, chairId);
  room.join(tab.connection);
  await pass(1.9 * idleMs);
  room.leave(tab.connection);
  await pass(0.95 * idleMs);
  expect(rooms.find(sessionId)).toBeDefined();
  await pass(0.1 * idleMs);
  expect(rooms.find(sessionId)).toBeUndefined();
});

test('X3: so it does after a knock; whoever is back finds the same room', async () => {
  await pass(0.9 * idleMs);
  expect(await rooms.open(sessionId)).toBe(room);
  await pass(0.9 * idleMs);
  expect(rooms.find(sessionId)).toBeDefined();
  await pass(0.2 * idleMs);
  expect(rooms.find(sessionId)).toBeUndefined();
});
