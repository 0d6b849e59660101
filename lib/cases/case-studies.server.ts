import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { lockStudy, studyFacts, studyFactsSelect, toStudyFacts } from '@/lib/store/load-study.server.ts';
import { caseFacts } from './load-case.server.ts';
import { patientMismatch } from './rules.ts';

/**
 * Attaches a study to a case: everybody of the case may see it from then on. Throws `patient_mismatch` when its
 * header names another patient, unless that was confirmed; `study_attached_twice` when another centre's holding of
 * the same study is attached.
 */
export async function attachStudy(
  actor: Actor,
  caseId: string,
  input: { studyId: string; confirmMismatch: boolean },
): Promise<void> {
  await withAudit(actor, async (tx, audit) => {
    // A share that is taken back at this moment is either still there, or not: whoever revokes it waits, or is waited for.
    await lockStudy(tx, input.studyId);
    const facts = await caseFacts(tx, caseId);
    authorise(actor, 'case.edit', facts);
    authorise(actor, 'study.attach', await studyFacts(tx, input.studyId));
    const study = await tx.study.findUniqueOrThrow({ where: { id: input.studyId } });
    const { patient, studies } = await tx.case.findUniqueOrThrow({
      where: { id: caseId },
      select: {
        patient: true,
        studies: { select: { study: { select: { id: true, studyInstanceUid: true } } } },
      },
    });
    const twin = studies.find((one) => one.study.studyInstanceUid === study.studyInstanceUid);
    if (twin && twin.study.id !== study.id) throw new AppError('study_attached_twice');
    const birthDate = patient.birthDate?.toISOString().slice(0, 10) ?? null;
    const mismatch = patientMismatch({ ...patient, birthDate }, study);
    if (mismatch.length > 0 && !input.confirmMismatch) {
      throw new AppError('patient_mismatch', {
        fields: mismatch.map((path) => ({ path, code: 'patient_mismatch' })),
      });
    }
    await tx.caseStudy.upsert({
      where: { caseId_studyId: { caseId, studyId: study.id } },
      create: { caseId, studyId: study.id },
      update: {},
    });
    tell(audit, 'case.attach-study', { caseId, caseCentreId: facts.centreId, study }, mismatch);
  });
}

/**
 * Takes a study off a case: for whoever edits the case, and for whoever may share the study, who took it back from the
 * case's centre perhaps and need not see the case. Throws `not_found` when it is not attached (any more).
 */
export async function detachStudy(actor: Actor, caseId: string, studyId: string): Promise<void> {
  await withAudit(actor, async (tx, audit) => {
    const facts = await caseFacts(tx, caseId);
    const study = await attachedStudy(tx, caseId, studyId);
    if (!study || !can(actor, 'study.share', toStudyFacts(study))) authorise(actor, 'case.edit', facts);
    const { count } = await tx.caseStudy.deleteMany({ where: { caseId, studyId } });
    if (!study || count === 0) throw new AppError('not_found');
    tell(audit, 'case.detach-study', { caseId, caseCentreId: facts.centreId, study });
  });
}

async function attachedStudy(tx: Tx, caseId: string, studyId: string) {
  const attached = await tx.caseStudy.findUnique({
    where: { caseId_studyId: { caseId, studyId } },
    select: { study: { select: { ...studyFactsSelect, studyInstanceUid: true } } },
  });
  return attached?.study ?? null;
}

/** The case's centre reads of it in its audit; the study's too, where that is another one. */
function tell(
  audit: Audit,
  action: string,
  at: {
    caseId: string;
    caseCentreId: string;
    study: { id: string; centreId: string; studyInstanceUid: string };
  },
  confirmedMismatch: readonly string[] = [],
): void {
  const { caseId, caseCentreId, study } = at;
  const details = {
    study: study.studyInstanceUid,
    ...(confirmedMismatch.length > 0 && { confirmedMismatch: [...confirmedMismatch] }),
  };
  audit({ action, resourceType: 'case', resourceId: caseId, centreId: caseCentreId, caseId, details });
  if (study.centreId !== caseCentreId)
    audit({
      action,
      resourceType: 'study',
      resourceId: study.id,
      centreId: study.centreId,
      caseId,
      details,
    });
}
