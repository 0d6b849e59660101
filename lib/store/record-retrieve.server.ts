import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { ResolvedStudy } from './load-study.server.ts';

export type Retrieved = {
  study: ResolvedStudy;
  /** How many objects of it are to leave. */
  count: number;
  /** Of one series only. */
  seriesUid?: string | null;
};

/**
 * Writes that objects leave as files, where to, and how many: one row per study and retrieval, before the first byte
 * goes. A look at a study may be one row an hour; who took a copy, and how often, is to be told for each.
 * @param to the destination's AE title, or `dicomweb`
 */
export async function recordRetrieve(
  actor: Actor,
  to: string,
  retrieved: readonly Retrieved[],
  caseId: string | null = null,
): Promise<void> {
  if (retrieved.length === 0) return;
  await withAudit(actor, async (tx, audit) => {
    // A node is no person, and its AE title is not its alone: the row says whose it is.
    const nodeOf = actor.personId ? undefined : actor.memberships[0]?.centreId;
    const centre = nodeOf && (await tx.centre.findUnique({ where: { id: nodeOf }, select: { code: true } }));
    for (const { study, count, seriesUid } of retrieved)
      audit({
        action: 'study.retrieve',
        resourceType: 'study',
        resourceId: study.id,
        centreId: study.centreId,
        caseId,
        details: {
          study: study.studyInstanceUid,
          ...(seriesUid && { series: seriesUid }),
          to,
          count,
          ...(centre && { nodeOf: centre.code }),
        },
      });
  });
}
