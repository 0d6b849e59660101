import type { SessionFacts } from '@/lib/auth/policy.ts';
import { sessionFactsSelect, toSessionFacts } from '@/lib/boards/load-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { AppError } from '@/lib/errors.ts';
import type { RoomEvent, RoomEventType, SharedView } from './protocol.ts';
import { applyEvent, emptyRoom, type RoomModel } from './reducer.ts';
import { viewStateSchema } from './view-state.ts';

export type SessionNow = { facts: SessionFacts; cancelled: boolean; agendaVersion: number };

/** A session's facts as the room needs them. Throws `not_found`. */
export async function loadSession(sessionId: string): Promise<SessionNow> {
  const row = await db().boardSession.findUnique({
    where: { id: sessionId },
    select: { ...sessionFactsSelect, agendaVersion: true },
  });
  if (!row) throw new AppError('not_found');
  return {
    facts: toSessionFacts(row),
    cancelled: row.cancelledAt !== null,
    agendaVersion: row.agendaVersion,
  };
}

type EventRow = { seq: number; type: string; payload: unknown; personId: string; at: Date };

export function toRoomEvent(row: EventRow): RoomEvent {
  const payload = row.payload as Pick<RoomEvent, 'to' | 'itemId' | 'personId'>;
  return {
    ...payload,
    seq: row.seq,
    type: row.type as RoomEventType,
    by: row.personId,
    at: row.at.toISOString(),
  };
}

export type StoredRoom = {
  model: RoomModel;
  events: RoomEvent[];
  clientIds: Map<string, number>;
  seqFloor: number;
};

/**
 * A room as it was: the deciding lane from its events, the last view from the snapshot that is written now and then.
 * `seqFloor` is the number that no view's sequence has passed, in any earlier life of the room.
 */
export async function loadRoom(sessionId: string, session: SessionNow): Promise<StoredRoom> {
  const [rows, state] = await Promise.all([
    db().roomEvent.findMany({ where: { sessionId }, orderBy: { seq: 'asc' } }),
    db().roomState.findUnique({ where: { sessionId } }),
  ]);
  const events = rows.map(toRoomEvent);
  const decided = events.reduce(applyEvent, emptyRoom(session.facts.chairId, session.agendaVersion));
  return {
    model: { ...decided, view: readView(state?.view ?? null) },
    events,
    clientIds: new Map(rows.map((row) => [row.clientId, row.seq])),
    seqFloor: state?.viewSeq ?? 0,
  };
}

/** A view written by an older program that this one cannot read is no view; the presenter's next one replaces it. */
function readView(stored: Prisma.JsonValue): SharedView | null {
  if (stored === null || typeof stored !== 'object' || Array.isArray(stored)) return null;
  const { seq, itemId, by, view } = stored as Record<string, unknown>;
  const parsed = viewStateSchema.safeParse(view);
  if (!parsed.success || typeof seq !== 'number' || typeof itemId !== 'string' || typeof by !== 'string')
    return null;
  return { seq, itemId, by, view: parsed.data };
}

/** Raises the number that no view's sequence may pass. Never lowers it, whoever else has written. */
export async function reserveSequence(sessionId: string, upTo: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "RoomState" ("sessionId", "viewSeq", "updatedAt") VALUES (${sessionId}::uuid, ${upTo}, now())
    ON CONFLICT ("sessionId") DO UPDATE SET "viewSeq" = greatest("RoomState"."viewSeq", excluded."viewSeq")`;
}

/** Keeps the last view for the room's next life. It names no patient: UIDs and millimetres, so no audit row. */
export async function saveView(sessionId: string, view: SharedView): Promise<void> {
  await db().roomState.updateMany({
    where: { sessionId },
    data: { view: view as unknown as Prisma.InputJsonValue },
  });
}
