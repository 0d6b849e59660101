import type { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { requireShareTarget } from '@/lib/people/share-target.server.ts';
import { studyFacts } from '@/lib/store/load-study.server.ts';
import { caseFacts } from './load-case.server.ts';
import { patientMismatch } from './rules.ts';
import type { editCaseSchema } from './schema.ts';

/** Edits the words of a case. Throws `version_conflict` with what is saved now; the editor's text is the client's to keep. */
export async function editCase(
  actor: Actor,
  id: string,
  input: z.output<typeof editCaseSchema>,
): Promise<{ version: number }> {
  const facts = await caseFacts(db(), id);
  authorise(actor, 'case.edit', facts);
  return withAudit(actor, async (tx, audit) => {
    const { version, ...fields } = input;
    const { count } = await tx.case.updateMany({
      where: { id, version },
      data: { ...fields, version: { increment: 1 } },
    });
    if (count === 0) {
      const current = await tx.case.findUnique({
        where: { id },
        select: { reason: true, question: true, diagnosis: true, stage: true, history: true, version: true },
      });
      throw new AppError('version_conflict', { current });
    }
    audit({
      action: 'case.edit',
      resourceType: 'case',
      resourceId: id,
      centreId: facts.centreId,
      caseId: id,
      details: { fields: Object.keys(fields) },
    });
    return { version: version + 1 };
  });
}

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
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.edit', facts);
  authorise(actor, 'study.attach', await studyFacts(db(), input.studyId));
  await withAudit(actor, async (tx, audit) => {
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
    audit({
      action: 'case.attach-study',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { study: study.studyInstanceUid, ...(mismatch.length > 0 && { confirmedMismatch: mismatch }) },
    });
  });
}

export async function detachStudy(actor: Actor, caseId: string, studyId: string): Promise<void> {
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.edit', facts);
  await withAudit(actor, async (tx, audit) => {
    await tx.caseStudy.deleteMany({ where: { caseId, studyId } });
    audit({
      action: 'case.detach-study',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { study: studyId },
    });
  });
}

/** Shares a case with one person or one centre of the network. The same share twice is one. */
export async function shareCase(
  actor: Actor,
  caseId: string,
  share: { personId?: string; centreId?: string },
): Promise<void> {
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.share', facts);
  await withAudit(actor, async (tx, audit) => {
    const target = { caseId, personId: share.personId ?? null, centreId: share.centreId ?? null };
    await requireShareTarget(tx, share);
    const present = await tx.caseShare.findFirst({ where: { ...target, revokedAt: null } });
    if (!present) await tx.caseShare.create({ data: target });
    audit({
      action: 'case.share',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { with: share.personId ?? share.centreId ?? '' },
    });
  });
}

export async function unshareCase(actor: Actor, caseId: string, shareId: string): Promise<void> {
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.share', facts);
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.caseShare.updateMany({
      where: { id: shareId, caseId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError('not_found');
    audit({
      action: 'case.unshare',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { share: shareId },
    });
  });
}
