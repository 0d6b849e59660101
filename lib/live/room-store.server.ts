import type { SessionFacts } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { AppError } from '@/lib/errors.ts';
import { readCaseImages } from '@/lib/store/case-images.server.ts';
import type { CaseImages } from './images-named.ts';
import type { Fence } from './processes/lease.server.ts';
import type { EventContent, RoomEvent, RoomEventType, SharedView } from './protocol.ts';
import { loadMarkWords } from './record/mark-words.server.ts';
import { applyEvent, emptyRoom, type RoomModel } from './reducer.ts';
import { viewStateSchema } from './view-state.ts';

export type SessionNow = { facts: SessionFacts; cancelled: boolean; agendaVersion: number };

type SessionRow = {
  chairId: string;
  cancelledAt: Date | null;
  agendaVersion: number;
  centreId: string;
  participantIds: string[];
};

/** A session's facts as the room needs them, by one statement: they are read at every knock. Throws `not_found`. */
export async function loadSession(sessionId: string): Promise<SessionNow> {
  const [row] = await db().$queryRaw<SessionRow[]>`
    SELECT s."chairId", s."cancelledAt", s."agendaVersion", b."centreId",
      ARRAY(SELECT p."personId" FROM "SessionParticipant" p WHERE p."sessionId" = s."id") AS "participantIds"
    FROM "BoardSession" s JOIN "Board" b ON b."id" = s."boardId" WHERE s."id" = ${sessionId}::uuid`;
  if (!row) throw new AppError('not_found');
  const { chairId, cancelledAt, agendaVersion, centreId, participantIds } = row;
  return {
    facts: { kind: 'session', centreId, chairId, participantIds },
    cancelled: cancelledAt !== null,
    agendaVersion,
  };
}

type EventRow = { seq: number; type: string; payload: unknown; personId: string; at: Date };

/** @param words what somebody called a moment, which is kept beside the event */
export function toRoomEvent(row: EventRow, words?: string): RoomEvent {
  const payload = row.payload as Omit<EventContent, 'type'>;
  return {
    ...payload,
    ...(words && { text: words }),
    seq: row.seq,
    type: row.type as RoomEventType,
    by: row.personId,
    at: row.at.toISOString(),
  };
}

/** An event with the intent's id, which stays on the server. */
export type StoredEvent = { event: RoomEvent; clientId: string };

/** The deciding lane after `seq`, in order. */
export async function loadEvents(sessionId: string, after: number): Promise<StoredEvent[]> {
  const [rows, words] = await Promise.all([
    db().roomEvent.findMany({ where: { sessionId, seq: { gt: after } }, orderBy: { seq: 'asc' } }),
    loadMarkWords(sessionId, after),
  ]);
  return rows.map((row) => ({ event: toRoomEvent(row, words.get(row.seq)), clientId: row.clientId }));
}

/** The images of an item's case. */
export async function loadImages(itemId: string): Promise<CaseImages> {
  const item = await db().agendaItem.findUniqueOrThrow({ where: { id: itemId }, select: { caseId: true } });
  return readCaseImages(item.caseId);
}

export type StoredRoom = { model: RoomModel; lane: StoredEvent[]; seqFloor: number };

/**
 * A room as it was: the deciding lane from its events, the last view from the snapshot that is written now and then.
 * `seqFloor` is the number that no view's sequence has passed, in any earlier life of the room.
 */
export async function loadRoom(sessionId: string, session: SessionNow): Promise<StoredRoom> {
  const [lane, state] = await Promise.all([
    loadEvents(sessionId, 0),
    db().roomState.findUnique({ where: { sessionId } }),
  ]);
  const empty = emptyRoom(session.facts.chairId, session.agendaVersion);
  const decided = lane.reduce((model, { event }) => applyEvent(model, event), empty);
  return {
    model: { ...decided, view: readView(state?.view ?? null) },
    lane,
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

/**
 * Raises the number that no view's sequence may pass. Never lowers it, whoever else has written. With a `fence` it
 * throws `unavailable` when the room has changed hands since; the lease stands still while this is written.
 */
export async function reserveSequence(sessionId: string, upTo: number, fence?: Fence): Promise<void> {
  const epoch = fence?.epoch ?? null;
  const written = await db().$executeRaw`
    WITH held AS (
      SELECT 1 FROM "RoomLease" WHERE "sessionId" = ${sessionId}::uuid AND "epoch" = ${epoch}::int FOR SHARE
    )
    INSERT INTO "RoomState" ("sessionId", "viewSeq", "updatedAt")
    SELECT ${sessionId}::uuid, ${upTo}::int, now() WHERE ${epoch}::int IS NULL OR EXISTS (SELECT 1 FROM held)
    ON CONFLICT ("sessionId") DO UPDATE SET "viewSeq" = greatest("RoomState"."viewSeq", excluded."viewSeq")`;
  if (written === 0) throw new AppError('unavailable');
}

/**
 * Keeps the last view for the room's next life; never over a newer one, whoever has written it. It names no patient:
 * UIDs and millimetres, so no audit row. An authority behind its `fence` keeps nothing any more: its successor does.
 */
export async function saveView(sessionId: string, view: SharedView, fence?: Fence): Promise<void> {
  const epoch = fence?.epoch ?? null;
  await db().$executeRaw`
    UPDATE "RoomState" SET "view" = ${JSON.stringify(view)}::jsonb, "updatedAt" = now()
    WHERE "sessionId" = ${sessionId}::uuid AND coalesce(("view"->>'seq')::int, 0) < ${view.seq}
      AND (${epoch}::int IS NULL OR EXISTS (
        SELECT 1 FROM "RoomLease" WHERE "sessionId" = ${sessionId}::uuid AND "epoch" = ${epoch}::int))`;
}
