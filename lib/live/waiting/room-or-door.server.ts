import type { Actor } from '@/lib/auth/policy.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import type { SessionView } from '@/lib/boards/schema.ts';
import { isAppError } from '@/lib/errors.ts';
import { readWaitingRoom } from './read.server.ts';
import type { WaitingRoomView } from './schema.ts';

export type RoomOrDoor = { room: SessionView; door: null } | { room: null; door: WaitingRoomView };

/** A session for whoever is invited; its door for whoever may wait there. Throws `not_found` for anybody else. */
export async function readRoomOrDoor(actor: Actor, sessionId: string): Promise<RoomOrDoor> {
  try {
    return { room: await readSession(actor, sessionId), door: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    return { room: null, door: await readWaitingRoom(actor, sessionId) };
  }
}
