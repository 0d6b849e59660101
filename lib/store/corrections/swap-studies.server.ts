import type { Actor } from '@/lib/auth/policy.ts';
import { patientMismatch } from '@/lib/cases/rules.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { type LoadedCorrection, loadCorrection } from './load-correction.server.ts';
import { movePatients } from './move-patients.server.ts';
import { newUid } from './new-uid.ts';
import { LONG_TRANSACTION_MS, lockStudies, recount } from './study-lock.server.ts';

type CorrectedStudy = LoadedCorrection['studies'][number];

/**
 * Shows the new studies in the place of their originals, all in one transaction. Answers `more` when originals came
 * while the copies were written: nothing is changed then, and their copies are to be written first. Answers `settled`
 * when another process was quicker.
 */
export async function swapStudies(actor: Actor, id: string): Promise<'done' | 'more' | 'settled'> {
  try {
    await withAudit(
      actor,
      async (tx, audit) => {
        const correction = await loadCorrection(id, tx);
        const originals = await tx.study.findMany({
          where: { id: { in: correction.studies.map(({ studyId }) => studyId) } },
        });
        await lockStudies(tx, correction.centreId, [
          ...originals.map(({ studyInstanceUid }) => studyInstanceUid),
          ...correction.studies.map(({ newStudyUid }) => newStudyUid),
        ]);
        if ((await loadCorrection(id, tx)).state !== 'running') throw new Unfinished('settled');
        for (const study of correction.studies) await swap(tx, audit, correction, study, actor);
        if (correction.patients) await movePatients(tx, audit, correction, 'there');
        await tx.correction.update({ where: { id }, data: { state: 'done', finishedAt: new Date() } });
      },
      { timeout: LONG_TRANSACTION_MS },
    );
    return 'done';
  } catch (error) {
    if (error instanceof Unfinished) return error.because;
    throw error;
  }
}

/** Rolls the transaction back without being an error to anybody. */
class Unfinished extends Error {
  constructor(readonly because: 'more' | 'settled') {
    super(because);
  }
}

async function swap(
  tx: Tx,
  audit: Audit,
  correction: LoadedCorrection,
  { studyId, newStudyUid, seriesIds }: CorrectedStudy,
  actor: Actor,
): Promise<void> {
  const { kind, centreId } = correction;
  const original = await tx.study.findUnique({
    where: { id: studyId },
    include: { cases: { select: { caseId: true, case: { select: { patient: true } } } } },
  });
  if (!original || original.hiddenAt) throw new AppError('state_conflict');
  if (original.legalHoldAt) throw new AppError('legal_hold');
  const successor = await tx.study.findUnique({
    where: { centreId_studyInstanceUid: { centreId, studyInstanceUid: newStudyUid } },
  });
  if (!successor) throw new Unfinished('more');
  await requireWhole(tx, correction.id, studyId, seriesIds, successor.id);

  const now = new Date();
  await tx.study.update({
    where: { id: successor.id },
    // It came when its original came: the term for which it is kept counts from there.
    data: {
      hiddenAt: null,
      hiddenBecause: null,
      importedById: original.importedById,
      createdAt: original.createdAt,
    },
  });
  if (kind === 'split') {
    await tx.series.updateMany({ where: { id: { in: seriesIds } }, data: { hiddenAt: now } });
    await recount(tx, studyId);
  } else {
    await tx.study.update({
      where: { id: studyId },
      data: {
        hiddenAt: now,
        hiddenBecause: kind,
        hiddenReason: correction.reason,
        hiddenById: actor.personId,
        replacedById: successor.id,
      },
    });
  }
  // Said rightly, the study stays its cases'. Of another person, it is shown only where that person is the patient.
  const stays = kind === 'corrected' || kind === 'merged';
  const followed = original.cases.filter(
    ({ case: { patient } }) =>
      stays ||
      patientMismatch(
        { ...patient, birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null },
        successor,
      ).length === 0,
  );
  await tx.caseStudy.createMany({
    data: followed.map(({ caseId }) => ({ caseId, studyId: successor.id })),
    skipDuplicates: true,
  });
  if (kind !== 'split') await tx.caseStudy.deleteMany({ where: { studyId } });
  // What was shared was one person's images: another's are shared anew, or not.
  if (stays) await tx.studyShare.updateMany({ where: { studyId }, data: { studyId: successor.id } });
  const left = original.cases.filter((one) => !followed.includes(one)).map(({ caseId }) => caseId);
  await tx.correctionStudy.update({
    where: { correctionId_studyId: { correctionId: correction.id, studyId } },
    data: { newStudyId: successor.id, caseIds: kind === 'split' ? [] : left },
  });
  audit({
    action: 'study.correct',
    resourceType: 'study',
    resourceId: studyId,
    centreId,
    details: {
      kind,
      correction: correction.id,
      reason: correction.reason,
      study: original.studyInstanceUid,
      became: newStudyUid,
      newStudyId: successor.id,
      ...(left.length > 0 && { casesLeft: left }),
    },
  });
}

/** Is there a copy of every object that the original shows by now? */
async function requireWhole(
  tx: Tx,
  correctionId: string,
  studyId: string,
  seriesIds: readonly string[],
  successorId: string,
): Promise<void> {
  const select = { sopInstanceUid: true };
  const originals = await tx.instance.findMany({
    where: {
      series: { studyId, hiddenAt: null, ...(seriesIds.length > 0 && { id: { in: [...seriesIds] } }) },
    },
    select,
  });
  const copies = await tx.instance.findMany({ where: { series: { studyId: successorId } }, select });
  const there = new Set(copies.map(({ sopInstanceUid }) => sopInstanceUid));
  if (originals.some(({ sopInstanceUid }) => !there.has(newUid(correctionId, sopInstanceUid))))
    throw new Unfinished('more');
}
