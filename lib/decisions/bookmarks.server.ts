import { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { annotationSchema } from '@/lib/live/annotations.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';
import { annotationsOn } from './drawn.server.ts';
import { decisionFacts, openDecision } from './load-decision.server.ts';
import type { BookmarkDetail, DecisionField } from './schema.ts';

const shownSchema = z.object({ view: viewStateSchema, annotations: z.array(annotationSchema) });
const nothing = { view: null, annotations: [] };

/**
 * Puts what is shown beside a line of the draft, with what is drawn for everybody on it, in the caller's transaction,
 * which audits it and keeps the room's events still. Throws `decision_validated`: what was validated stays as it is.
 * Returns the case.
 */
export async function addBookmark(
  tx: Tx,
  actor: Actor & { personId: string },
  input: { sessionId: string; agendaItemId: string; field: DecisionField; view: ViewState; viewSeq: number },
): Promise<{ caseId: string }> {
  const facts = await decisionFacts(tx, input.agendaItemId);
  authorise(actor, 'decision.write', facts);
  const { id } = await openDecision(tx, input.agendaItemId);
  await tx.$queryRaw`SELECT 1 FROM "Decision" WHERE id = ${id}::uuid FOR UPDATE`;
  const { state } = await tx.decision.findUniqueOrThrow({ where: { id } });
  if (state === 'validated') throw new AppError('decision_validated');
  const { field, view, viewSeq } = input;
  const annotations = [...(await annotationsOn(tx, input))];
  await tx.decisionBookmark.create({
    data: {
      decisionId: id,
      field,
      view,
      annotations,
      viewSeq,
      viewVersion: PROTOCOL_VERSION,
      personId: actor.personId,
    },
  });
  await tx.decision.update({ where: { id }, data: { version: { increment: 1 } } });
  return { caseId: facts.caseId };
}

/** What was shown then, for whoever may see the case. Audited. Throws `not_found`. */
export async function readBookmark(
  actor: Actor,
  at: { caseId: string; id: string },
): Promise<BookmarkDetail> {
  const facts = await caseFacts(db(), at.caseId);
  authorise(actor, 'case.read', facts);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.decisionBookmark.findFirst({
      where: { id: at.id, decision: { caseId: at.caseId } },
      include: { person: { select: { displayName: true } } },
    });
    if (!row) throw new AppError('not_found');
    audit({
      action: 'bookmark.read',
      resourceType: 'bookmark',
      resourceId: row.id,
      centreId: facts.centreId,
      caseId: at.caseId,
    });
    const parsed = shownSchema.safeParse(row);
    // One without the other would be taken for all that was shown.
    const shown = row.viewVersion <= PROTOCOL_VERSION && parsed.success ? parsed.data : nothing;
    return {
      id: row.id,
      field: row.field as DecisionField,
      at: row.createdAt.toISOString(),
      byName: row.person.displayName,
      view: shown.view,
      annotations: shown.annotations,
    };
  });
}
