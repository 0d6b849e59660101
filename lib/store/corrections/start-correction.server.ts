import type { Actor } from '@/lib/auth/policy.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { announceCorrection } from '@/lib/jobs/announce.server.ts';
import { newUid } from './new-uid.ts';
import type { CorrectionView, Identity } from './schema.ts';
import { lockStudies } from './study-lock.server.ts';

type Start = {
  kind: CorrectionView['kind'];
  centreId: string;
  identity: Identity;
  reason: string;
  studies: { id: string; seriesIds?: string[] }[];
  patients?: Prisma.InputJsonObject | undefined;
};

/**
 * Writes down what is to be corrected, and lets the work begin. The caller has authorised it. Throws `legal_hold`,
 * and `state_conflict` when a study is not shown any more or is being corrected already.
 */
export async function startCorrection(actor: Actor, start: Start): Promise<{ id: string }> {
  const { centreId, kind, identity, reason } = start;
  const id = await withAudit(actor, async (tx, audit) => {
    const ids = start.studies.map((study) => study.id);
    const rows = await tx.study.findMany({ where: { id: { in: ids }, centreId } });
    await lockStudies(
      tx,
      centreId,
      rows.map(({ studyInstanceUid }) => studyInstanceUid),
    );
    const studies = await tx.study.findMany({ where: { id: { in: ids }, centreId } });
    if (studies.some(({ legalHoldAt }) => legalHoldAt)) throw new AppError('legal_hold');
    const underway = await tx.correctionStudy.count({
      where: { studyId: { in: ids }, correction: { state: 'running' } },
    });
    if (studies.length !== ids.length || underway > 0 || studies.some(({ hiddenAt }) => hiddenAt))
      throw new AppError('state_conflict');
    const correction = await tx.correction.create({
      data: {
        kind,
        centreId,
        identity,
        reason,
        requestedById: actor.personId,
        ...(start.patients && { patients: start.patients }),
      },
    });
    await tx.correctionStudy.createMany({
      data: studies.map((study) => ({
        correctionId: correction.id,
        studyId: study.id,
        newStudyUid: newUid(correction.id, study.studyInstanceUid),
        seriesIds: start.studies.find((one) => one.id === study.id)?.seriesIds ?? [],
        caseIds: [],
      })),
    });
    for (const study of studies)
      audit({
        action: 'correction.request',
        resourceType: 'study',
        resourceId: study.id,
        centreId,
        details: { correction: correction.id, kind, reason, study: study.studyInstanceUid },
      });
    return correction.id;
  });
  announceCorrection(id);
  return { id };
}
