import { z } from 'zod';
import type { Actor, SessionFacts } from '@/lib/auth/policy.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { addBookmark } from '@/lib/decisions/bookmarks.server.ts';
import { decisionFieldNames } from '@/lib/decisions/schema.ts';
import { AppError } from '@/lib/errors.ts';
import type { Intent } from './intent.ts';
import { notify } from './notify.server.ts';
import { writePoll } from './poll-store.server.ts';
import { type Fence, limitStandstill, mustHold } from './processes/lease.server.ts';
import type { RoomEvent } from './protocol.ts';
import { keepMarkWords } from './record/mark-words.server.ts';
import { toRoomEvent } from './room-store.server.ts';
import { answerWaiting } from './waiting/answer.server.ts';

/** Who did what nobody did: control whose time is over. */
export const theServer: Actor = {
  personId: null,
  displayName: 'Consilium',
  memberships: [],
  locale: 'fr',
  door: 'system',
};

/**
 * Stores one event of the deciding lane with what it changes, in one transaction. The session's row lock gives events
 * their order and keeps the agenda still: an item cannot be removed while it is being opened. With a `fence` it throws
 * `unavailable` when the room has changed hands since.
 */
export async function commitEvent(
  actor: Actor,
  sessionId: string,
  facts: SessionFacts,
  intent: Intent,
  fence?: Fence,
): Promise<RoomEvent> {
  const event = await withAudit(actor, async (tx, audit) => {
    if (fence) await limitStandstill(tx);
    await tx.$queryRaw`SELECT 1 FROM "BoardSession" WHERE id = ${sessionId}::uuid FOR UPDATE`;
    if (fence) await mustHold(tx, sessionId, fence);
    const opened = intent.type === 'item.open' ? await openItem(tx, sessionId, intent.itemId ?? '') : null;
    const polled = await writePoll(tx, actor, sessionId, facts, intent);
    const marked = await writeBookmark(tx, actor, sessionId, intent);
    const drawn = await drawnOn(tx, intent);
    const answered = await answerWaiting(tx, audit, actor, sessionId, intent);
    const { _max } = await tx.roomEvent.aggregate({ where: { sessionId }, _max: { seq: true } });
    const { type, by, clientId, text, poll: _, option: __, view: ___, declined: ____, ...told } = intent;
    const payload = { ...told, ...(polled && { pollId: polled.pollId }) };
    const row = await tx.roomEvent.create({
      // The clock of this process, by which time-limits are counted, not the database's.
      data: { sessionId, seq: (_max.seq ?? 0) + 1, type, payload, personId: by, clientId, at: new Date() },
    });
    await keepMarkWords(tx, row, text);
    await keepState(tx, sessionId, intent);
    const caseId = opened ?? polled?.caseId ?? marked?.caseId ?? drawn;
    const ofCase = caseId ? await centreOf(tx, caseId) : facts.centreId;
    const entry = {
      action: `room.${type}`,
      resourceType: 'session',
      resourceId: sessionId,
      caseId,
      // What was drawn may be about a patient: it stands in the event alone.
      details: {
        seq: row.seq,
        ...payload,
        ...(answered && { person: answered }),
        annotation: undefined,
      },
    };
    for (const one of ofBothCentres(entry, { ofCase, ofHost: facts.centreId })) audit(one);
    return toRoomEvent(row, text);
  });
  // Whoever was let in is invited from now on; whoever was declined is told at the door.
  if (event.type === 'waiting.admit') notify(sessionId, { type: 'session.changed' });
  if (event.type === 'waiting.decline') notify(sessionId, { type: 'waiting.changed' });
  return event;
}

/** The case of an item that is on the agenda. A session whose first case is opened has begun. */
async function openItem(tx: Tx, sessionId: string, itemId: string): Promise<string> {
  const item = await tx.agendaItem.findUnique({ where: { id: itemId } });
  if (item?.sessionId !== sessionId || item.removedAt !== null) throw new AppError('not_found');
  await tx.boardSession.updateMany({
    where: { id: sessionId, state: 'planned' },
    data: { state: 'in_review' },
  });
  return item.caseId;
}

async function centreOf(tx: Tx, caseId: string): Promise<string> {
  return (await tx.case.findUniqueOrThrow({ where: { id: caseId }, select: { centreId: true } })).centreId;
}

/** The case that somebody draws on; null for anything else. */
async function drawnOn(tx: Tx, { type, itemId = '' }: Intent): Promise<string | null> {
  if (type !== 'annotation.put' && type !== 'annotation.remove') return null;
  const { caseId } = await tx.agendaItem.findUniqueOrThrow({ where: { id: itemId } });
  return caseId;
}

/** What other use cases ask of a room: who presents and which item is open. */
async function keepState(tx: Tx, sessionId: string, intent: Intent): Promise<void> {
  const change =
    intent.type === 'item.open'
      ? { currentItemId: intent.itemId }
      : intent.type === 'control.take'
        ? { presenterId: intent.by }
        : intent.type === 'control.give' || intent.type === 'control.return'
          ? { presenterId: intent.to }
          : {};
  await tx.roomState.upsert({ where: { sessionId }, create: { sessionId, ...change }, update: change });
}

/** What a line of the decision rests on: the view that the room holds, not one that somebody sent. */
async function writeBookmark(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  intent: Intent,
): Promise<{ caseId: string } | null> {
  if (intent.type !== 'record.bookmark') return null;
  const { by, view, itemId = '' } = intent;
  const field = z.enum(decisionFieldNames).safeParse(intent.field);
  if (!field.success || !view) throw new AppError('live_malformed');
  const shown = { view: view.view, viewSeq: view.seq };
  const input = { sessionId, agendaItemId: itemId, field: field.data, ...shown };
  return addBookmark(tx, { ...actor, personId: by }, input);
}
