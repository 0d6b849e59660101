import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { hiddenStudyFacts } from './hidden-study.server.ts';
import { lockStudy } from './study-lock.server.ts';

/**
 * Puts a study under legal hold, or lifts it, with the reason. While it is held it is neither corrected nor deleted,
 * and when it is deleted already its bytes stay. The same again is nothing new, but its reason is written.
 */
export async function holdStudy(
  actor: Actor,
  studyId: string,
  { hold, reason }: { hold: boolean; reason: string },
): Promise<void> {
  const facts = await hiddenStudyFacts(studyId);
  authorise(actor, 'study.hold', facts);
  await withAudit(actor, async (tx, audit) => {
    await lockStudy(tx, studyId);
    const study = await tx.study.update({
      where: { id: studyId },
      data: hold
        ? { legalHoldAt: new Date(), legalHoldReason: reason, legalHoldById: actor.personId }
        : { legalHoldAt: null, legalHoldReason: '', legalHoldById: null },
    });
    audit({
      action: hold ? 'study.hold' : 'study.unhold',
      resourceType: 'study',
      resourceId: studyId,
      centreId: facts.centreId,
      details: { study: study.studyInstanceUid, reason },
    });
  });
}
