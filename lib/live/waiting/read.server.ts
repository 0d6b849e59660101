import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { shownMembership } from '@/lib/auth/shown-membership.ts';
import { sessionFacts } from '@/lib/boards/load-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { loadSession } from '../room-store.server.ts';
import { waitingFacts } from './facts.server.ts';
import type { WaitingPerson, WaitingRoomView } from './schema.ts';
import { atTheDoor } from './store.server.ts';

/** The session at whose door somebody waits, without its cases. Throws `not_found` for whoever may not wait there. */
export async function readWaitingRoom(actor: Actor, sessionId: string): Promise<WaitingRoomView> {
  authorise(actor, 'waiting.enter', await waitingFacts(db(), sessionId));
  const row = await db().boardSession.findUniqueOrThrow({
    where: { id: sessionId },
    select: {
      chairId: true,
      startsAt: true,
      timeZone: true,
      durationMinutes: true,
      board: { select: { title: true, centre: { select: { code: true } } } },
    },
  });
  const chair = await db().person.findUnique({
    where: { id: row.chairId },
    select: { displayName: true },
  });
  const { startsAt, timeZone, durationMinutes, board } = row;
  return {
    id: sessionId,
    boardTitle: board.title,
    centreCode: board.centre.code,
    startsAt: startsAt.toISOString(),
    timeZone,
    durationMinutes,
    chairName: chair?.displayName ?? '',
  };
}

/** Who waits, longest first, for those who may let them in. Throws `not_found` or `forbidden`. */
export async function listWaiting(actor: Actor, sessionId: string): Promise<WaitingPerson[]> {
  const facts = await sessionFacts(db(), sessionId);
  authorise(actor, 'session.edit', facts);
  const waiting = (await atTheDoor(sessionId)).filter(
    ({ personId, declinedMsAgo }) => declinedMsAgo === null && !facts.participantIds.includes(personId),
  );
  const people = await db().person.findMany({
    where: { id: { in: waiting.map(({ personId }) => personId) } },
    select: {
      id: true,
      displayName: true,
      memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
    },
  });
  return waiting.flatMap(({ personId, since }) => {
    const person = people.find(({ id }) => id === personId);
    if (!person) return [];
    const { memberships, displayName } = person;
    const membership = shownMembership(memberships);
    return {
      personId,
      displayName,
      centreCode: membership?.centre.code ?? '',
      role: membership?.role ?? '',
      specialty: membership?.specialty ?? null,
      since: since.toISOString(),
    };
  });
}

/**
 * Whether somebody may be in a session's room, or wait at its door. Throws `not_found` when neither,
 * `live_session_cancelled`.
 */
export async function placeOf(
  actor: Actor,
  sessionId: string,
): Promise<{ place: 'room' | 'door'; centreId: string }> {
  const { facts, cancelled } = await loadSession(sessionId);
  const inside = can(actor, 'session.join', facts);
  if (!inside && !can(actor, 'waiting.enter', await waitingFacts(db(), sessionId)))
    throw new AppError('not_found');
  if (cancelled) throw new AppError('live_session_cancelled');
  return { place: inside ? 'room' : 'door', centreId: facts.centreId };
}
