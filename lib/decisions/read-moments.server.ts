import { db } from '@/lib/db/client.server.ts';
import { thinMoments } from '@/lib/live/record/decision-moments.ts';
import type { DecisionMoment } from '@/lib/live/record/schema.ts';

/** What the audit, which nothing is missing from, calls each change of a decision. */
const changes: Record<string, DecisionMoment['what']> = {
  'decision.edit': 'written',
  'decision.validate': 'validated',
  'decision.amend': 'amended',
  'decision.open-amendment': 'reopened',
};

/** When the decisions of a session's cases were written and by whom, never what. The caller has authorised the actor. */
export async function readDecisionMoments(sessionId: string): Promise<DecisionMoment[]> {
  const [decisions, session] = await Promise.all([
    db().decision.findMany({ where: { item: { sessionId } }, select: { id: true, agendaItemId: true } }),
    db().boardSession.findUnique({
      where: { id: sessionId },
      select: { board: { select: { centreId: true } } },
    }),
  ]);
  const itemOf = new Map(decisions.map(({ id, agendaItemId }) => [id, agendaItemId]));
  const rows = await db().auditEvent.findMany({
    where: {
      resourceType: 'decision',
      resourceId: { in: [...itemOf.keys()] },
      action: { in: Object.keys(changes) },
      // Of another centre's case there are two rows; the host has one of each change.
      centreId: session?.board.centreId ?? null,
    },
    orderBy: { id: 'asc' },
    select: { at: true, actorName: true, action: true, resourceId: true, details: true },
  });
  return thinMoments(
    rows.flatMap((row) => {
      const [itemId, what] = [itemOf.get(row.resourceId), changes[row.action]];
      const { field } = row.details as { field?: string };
      const at = row.at.toISOString();
      return itemId && what ? [{ at, itemId, what, byName: row.actorName, field: field ?? null }] : [];
    }),
  );
}
