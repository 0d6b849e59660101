import { loadActor } from '@/lib/auth/actor.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { studyUid } from '@/lib/phantom/patient.ts';
import type { DemonstrationCase } from './demonstration-cases.ts';
import { ingestFiles } from './ingest.ts';

export type CasePlaces = {
  /** Where the case and its images are. */
  centreId: string;
  secretaryId: string;
  requesterId: string;
  requesterCentreId: string;
};

/**
 * A case with its patient and images, made by the centre's secretary for the doctor who asks. Each step is found
 * again when it was done before, so that a seeding that was cut is completed by the next one.
 */
export async function ensureCase(
  machine: Actor,
  places: CasePlaces,
  seed: DemonstrationCase,
  onProgress?: (done: number) => void,
): Promise<string> {
  const { centreId } = places;
  await ingestFiles(machine, centreId, seed.files(), onProgress);
  const caseId = (await findCase(centreId, seed.patient.id)) ?? (await openCase(places, seed));
  await ensureReferrerIdentifier(machine, places, caseId, seed.referrerIdentifier);
  const study = await db().study.findUniqueOrThrow({
    where: { centreId_studyInstanceUid: { centreId, studyInstanceUid: studyUid(seed.patient) } },
    select: { id: true, cases: { where: { caseId } } },
  });
  if (study.cases.length === 0) {
    const secretary = await loadActor(places.secretaryId, 'system');
    await attachStudy(secretary, caseId, { studyId: study.id, confirmMismatch: false });
  }
  return caseId;
}

async function findCase(centreId: string, identifier: string): Promise<string | undefined> {
  const row = await db().case.findFirst({
    where: { centreId, patient: { identifiers: { some: { centreId, value: identifier } } } },
    select: { id: true },
  });
  return row?.id;
}

async function openCase(places: CasePlaces, { patient, words }: DemonstrationCase): Promise<string> {
  const [familyName = '', givenName = ''] = patient.name.split('^');
  const { id } = await createCase(await loadActor(places.secretaryId, 'system'), {
    ...words,
    centreId: places.centreId,
    requesterId: places.requesterId,
    patient: {
      familyName,
      givenName,
      birthDate: patient.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
      sex: patient.sex,
      identifier: patient.id,
    },
  });
  return id;
}

/** The patient is known by another number where they came from. */
async function ensureReferrerIdentifier(
  machine: Actor,
  { centreId, requesterCentreId }: CasePlaces,
  caseId: string,
  value: string,
): Promise<void> {
  const key = { centreId: requesterCentreId, value };
  if (await db().patientIdentifier.findUnique({ where: { centreId_value: key } })) return;
  await withAudit(machine, async (tx, audit) => {
    const { patientId } = await tx.case.findUniqueOrThrow({ where: { id: caseId } });
    await tx.patientIdentifier.create({ data: { ...key, patientId } });
    audit({
      action: 'patient.identify',
      resourceType: 'patient',
      resourceId: patientId,
      centreId,
      caseId,
      patientId,
    });
  });
}
