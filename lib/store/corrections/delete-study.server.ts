import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { studyFacts } from '../load-study.server.ts';
import { graceEnd, purgeDate } from './grace.ts';
import { hiddenStudyFacts } from './hidden-study.server.ts';
import { lockStudy } from './study-lock.server.ts';

/**
 * Deletes a study: it is hidden at once and its bytes go when the period of grace is over and the centre's term has
 * passed. Until then `restoreStudy` brings it back with all that hung on it. Returns when that is. Throws `legal_hold`,
 * and `state_conflict` while it is being corrected.
 */
export async function deleteStudy(
  actor: Actor,
  studyId: string,
  { reason }: { reason: string },
): Promise<{ purgeAt: string }> {
  const facts = await studyFacts(db(), studyId);
  authorise(actor, 'study.delete', facts);
  return withAudit(actor, async (tx, audit) => {
    await lockStudy(tx, studyId);
    const study = await tx.study.findUniqueOrThrow({
      where: { id: studyId },
      include: { centre: { select: { retentionYears: true } } },
    });
    if (study.legalHoldAt) throw new AppError('legal_hold');
    const underway = await tx.correctionStudy.count({
      where: { studyId, correction: { state: 'running' } },
    });
    if (study.hiddenAt || underway > 0) throw new AppError('state_conflict');
    const now = new Date();
    const purgeAt = purgeDate(
      { purgeAt: graceEnd(now), createdAt: study.createdAt },
      study.centre.retentionYears,
    );
    await tx.study.update({
      where: { id: studyId },
      data: {
        hiddenAt: now,
        hiddenBecause: 'deleted',
        hiddenReason: reason,
        hiddenById: actor.personId,
        purgeAt: graceEnd(now),
      },
    });
    audit({
      action: 'study.delete',
      resourceType: 'study',
      resourceId: studyId,
      centreId: study.centreId,
      details: { study: study.studyInstanceUid, reason, instances: study.instanceCount },
    });
    return { purgeAt: purgeAt.toISOString() };
  });
}

/** Brings a deleted study back. Throws `not_found` when it was purged, `state_conflict` when it was not deleted. */
export async function restoreStudy(actor: Actor, studyId: string): Promise<void> {
  authorise(actor, 'study.delete', await hiddenStudyFacts(studyId));
  await withAudit(actor, async (tx, audit) => {
    await lockStudy(tx, studyId);
    const { count } = await tx.study.updateMany({
      where: { id: studyId, hiddenBecause: 'deleted' },
      data: { hiddenAt: null, hiddenBecause: null, hiddenReason: '', hiddenById: null, purgeAt: null },
    });
    if (count === 0) throw new AppError('state_conflict');
    const study = await tx.study.findUniqueOrThrow({ where: { id: studyId } });
    audit({
      action: 'study.restore',
      resourceType: 'study',
      resourceId: studyId,
      centreId: study.centreId,
      details: { study: study.studyInstanceUid },
    });
  });
}
