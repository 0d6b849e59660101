import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { graceEnd } from './grace.ts';
import { type LoadedCorrection, loadCorrection } from './load-correction.server.ts';
import { movePatients } from './move-patients.server.ts';
import { newUid } from './new-uid.ts';
import { ofCentre } from './read-correction.server.ts';
import { LONG_TRANSACTION_MS, lockStudies, recount } from './study-lock.server.ts';

/**
 * Takes a correction back: the originals are shown again with their cases and shares, the new studies go after the
 * period of grace. Throws `state_conflict` when it is not done, when a new study has been changed since (corrected
 * again, deleted, more objects came into it) or an original is shown by another way; `legal_hold` when one is held.
 */
export async function undoCorrection(actor: Actor, id: string): Promise<void> {
  const { centreId } = await loadCorrection(id);
  if (!can(actor, 'study.correct', ofCentre(centreId))) throw new AppError('not_found');
  await withAudit(
    actor,
    async (tx, audit) => {
      const correction = await loadCorrection(id, tx);
      authorise(actor, 'study.correct', ofCentre(correction.centreId));
      const uids = await tx.study.findMany({
        where: {
          id: {
            in: correction.studies.flatMap(({ studyId, newStudyId }) => [studyId, newStudyId ?? studyId]),
          },
        },
        select: { studyInstanceUid: true },
      });
      await lockStudies(
        tx,
        centreId,
        uids.map(({ studyInstanceUid }) => studyInstanceUid),
      );
      const { count } = await tx.correction.updateMany({
        where: { id, state: 'done' },
        data: { state: 'undone' },
      });
      if (count === 0) throw new AppError('state_conflict');
      for (const study of correction.studies) await restore(tx, audit, correction, study, actor);
      if (correction.patients) await movePatients(tx, audit, correction, 'back');
    },
    { timeout: LONG_TRANSACTION_MS },
  );
}

async function restore(
  tx: Tx,
  audit: Audit,
  correction: LoadedCorrection,
  { studyId, newStudyId, seriesIds, caseIds }: LoadedCorrection['studies'][number],
  actor: Actor,
): Promise<void> {
  const { kind } = correction;
  const original = await tx.study.findUnique({ where: { id: studyId } });
  const successor = await tx.study.findUnique({
    where: { id: newStudyId ?? studyId },
    include: { series: { include: { instances: { select: { sopInstanceUid: true } } } } },
  });
  if (!original || !successor || successor.hiddenAt) throw new AppError('state_conflict');
  if ((original.hiddenAt !== null) !== (kind !== 'split')) throw new AppError('state_conflict');
  if (successor.legalHoldAt) throw new AppError('legal_hold');
  await requireOnlyCopies(tx, correction.id, studyId, successor.series);

  if (kind === 'split') {
    await tx.series.updateMany({ where: { id: { in: seriesIds }, studyId }, data: { hiddenAt: null } });
    await recount(tx, studyId);
  } else {
    await tx.study.update({
      where: { id: studyId },
      data: {
        hiddenAt: null,
        hiddenBecause: null,
        hiddenReason: '',
        hiddenById: null,
        replacedById: null,
        purgeAt: null,
      },
    });
    const now = await tx.caseStudy.findMany({
      where: { studyId: successor.id },
      select: { caseId: true, attachedAt: true },
    });
    await tx.caseStudy.createMany({
      data: [...now, ...caseIds.map((caseId) => ({ caseId }))].map((one) => ({ ...one, studyId })),
      skipDuplicates: true,
    });
    await tx.studyShare.updateMany({ where: { studyId: successor.id }, data: { studyId } });
  }
  await tx.caseStudy.deleteMany({ where: { studyId: successor.id } });
  const now = new Date();
  await tx.study.update({
    where: { id: successor.id },
    data: { hiddenAt: now, hiddenBecause: 'undone', hiddenById: actor.personId, purgeAt: graceEnd(now) },
  });
  audit({
    action: 'study.undo-correction',
    resourceType: 'study',
    resourceId: studyId,
    centreId: correction.centreId,
    details: { correction: correction.id, study: original.studyInstanceUid, hid: successor.studyInstanceUid },
  });
}

/** What came into the new study by another way would be hidden with it, and nobody would know. */
async function requireOnlyCopies(
  tx: Tx,
  correctionId: string,
  studyId: string,
  series: readonly { hiddenAt: Date | null; instances: { sopInstanceUid: string }[] }[],
): Promise<void> {
  const originals = await tx.instance.findMany({
    where: { series: { studyId } },
    select: { sopInstanceUid: true },
  });
  const copies = new Set(originals.map(({ sopInstanceUid }) => newUid(correctionId, sopInstanceUid)));
  const foreign = series.some(
    ({ hiddenAt, instances }) =>
      hiddenAt !== null || instances.some(({ sopInstanceUid }) => !copies.has(sopInstanceUid)),
  );
  if (foreign) throw new AppError('state_conflict');
}
