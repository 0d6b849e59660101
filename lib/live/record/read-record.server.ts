import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { ofGuestCases } from '@/lib/db/both-centres.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { readDecisionMoments } from '@/lib/decisions/read-moments.server.ts';
import { AppError } from '@/lib/errors.ts';
import { loadEvents, loadSession } from '../room-store.server.ts';
import type { RecordSpan, SessionRecord } from './schema.ts';
import { type KeptBlock, loadRecordBlocks } from './store.server.ts';

/**
 * What was looked at and decided in a session's room, for whoever could join it and still may. An item that was removed
 * before the room opened it is left out. Audited, in the audit of its cases' own centres too. Throws `not_found`, and
 * `live_session_cancelled` for those who do not edit a cancelled session. It holds no pixel: the images are asked for
 * with the reader's own rights.
 */
export async function readRecord(actor: Actor, sessionId: string): Promise<SessionRecord> {
  const { facts, cancelled } = await loadSession(sessionId);
  authorise(actor, 'session.replay', facts);
  if (cancelled && !can(actor, 'session.edit', facts)) throw new AppError('live_session_cancelled');
  const [session, kept, lane, decisions] = await Promise.all([
    db().boardSession.findUnique({
      where: { id: sessionId },
      include: {
        board: { select: { title: true } },
        agenda: {
          orderBy: { position: 'asc' },
          include: {
            case: {
              select: {
                centreId: true,
                patientId: true,
                patient: { select: { familyName: true, givenName: true } },
                _count: { select: { studies: true } },
              },
            },
          },
        },
      },
    }),
    loadRecordBlocks(sessionId),
    loadEvents(sessionId, 0),
    readDecisionMoments(sessionId),
  ]);
  if (!session) throw new AppError('not_found');
  const events = lane.map(({ event }) => event);
  const opened = new Set(events.flatMap(({ type, itemId }) => (type === 'item.open' ? [itemId] : [])));
  const items = session.agenda.filter((item) => item.removedAt === null || opened.has(item.id));
  const people = await db().person.findMany({
    where: { id: { in: [...personsIn(kept, events)] } },
    select: { id: true, displayName: true },
  });
  await withAudit(actor, async (_tx, audit) => {
    const entry = {
      action: 'record.open',
      resourceType: 'session',
      resourceId: sessionId,
      centreId: facts.centreId,
    };
    audit(entry);
    for (const one of ofGuestCases(entry, items)) audit(one);
  });
  return {
    sessionId,
    boardTitle: session.board.title,
    startsAt: session.startsAt.toISOString(),
    timeZone: session.timeZone,
    items: items.map((item) => ({
      id: item.id,
      caseId: item.caseId,
      patientName: `${item.case.patient.familyName} ${item.case.patient.givenName}`,
      studyCount: item.case._count.studies,
    })),
    people: people.map(({ id, displayName }) => ({ personId: id, displayName })),
    spans: spansOf(kept),
    blocks: kept.map(({ block }) => block),
    events,
    decisions: decisions.filter(({ itemId }) => items.some(({ id }) => id === itemId)),
  };
}

function personsIn(kept: readonly KeptBlock[], events: SessionRecord['events']): Set<string> {
  const persons = new Set(events.flatMap(({ by, to, personId }) => [by, to, personId]));
  for (const { block } of kept)
    for (const entry of block.entries)
      if (entry[0] === 'p') persons.add(entry[2]);
      else if (entry[0] === 'v') persons.add(entry[4]);
  return new Set([...persons].filter((one) => one !== undefined));
}

/** Blocks of one span follow each other without a gap. */
function spansOf(kept: readonly KeptBlock[]): RecordSpan[] {
  const spans = new Map<string, RecordSpan>();
  for (const { spanId, until, block } of kept) {
    const span = spans.get(spanId);
    if (span) span.until = Math.max(span.until, until);
    else spans.set(spanId, { from: block.from, until });
  }
  return [...spans.values()].sort((a, b) => a.from - b.from);
}
