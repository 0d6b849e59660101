import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { centresOf, decisionFacts } from '@/lib/decisions/load-decision.server.ts';
import { resultsOf } from './results.ts';
import type { PollView } from './schema.ts';

/**
 * The straw polls of an agenda item, first asked first, for whoever may read its decision. A hidden result is shown to
 * nobody before the poll is closed. Audited. Throws `not_found`.
 */
export async function listPolls(actor: Actor, agendaItemId: string): Promise<PollView[]> {
  const facts = await decisionFacts(db(), agendaItemId);
  authorise(actor, 'decision.read', facts);
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.poll.findMany({
      where: { agendaItemId },
      orderBy: { askedAt: 'asc' },
      include: { votes: { select: { personId: true, option: true, specialty: true } } },
    });
    const askers = await tx.person.findMany({
      where: { id: { in: rows.map((row) => row.askedById) } },
      select: { id: true, displayName: true },
    });
    const entry = {
      action: 'poll.list',
      resourceType: 'agenda-item',
      resourceId: agendaItemId,
      caseId: facts.caseId,
      details: { polls: rows.length },
    };
    for (const row of ofBothCentres(entry, centresOf(facts))) audit(row);
    return rows.map((row) => ({
      id: row.id,
      question: row.question,
      askedBy: askers.find(({ id }) => id === row.askedById)?.displayName ?? '',
      askedAt: row.askedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      hidden: row.hidden,
      voters: row.votes.length,
      mine: row.votes.find(({ personId }) => personId === actor.personId)?.option ?? null,
      options: row.options,
      results: row.hidden && row.closedAt === null ? null : resultsOf(row.options, row.votes),
    }));
  });
}
