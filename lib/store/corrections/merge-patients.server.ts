import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { MergePatients, PatientKey } from './schema.ts';
import { startCorrection } from './start-correction.server.ts';

/**
 * Two patients of a centre are one: all studies of `from` become `into`'s, and, where both are known by cases too,
 * identifiers and cases go with them. One correction with one mapping of UIDs, so that what studies of the same
 * patient say of each other stays true. Throws `not_found` when `from` has no study, `legal_hold`, `state_conflict`.
 */
export async function mergePatients(
  actor: Actor,
  { centreId, from, into, reason }: MergePatients,
): Promise<{ id: string; studies: number }> {
  authorise(actor, 'centre.correct', { kind: 'centre', centreId });
  const studies = await db().study.findMany({
    where: {
      centreId,
      hiddenAt: null,
      patientId: from.patientId,
      patientName: from.patientName,
      patientBirthDate: from.birthDate,
    },
    select: { id: true },
  });
  if (studies.length === 0) throw new AppError('not_found');
  const patients = await patientsOf(centreId, from, into.patientId);
  const { id } = await startCorrection(actor, {
    kind: 'merged',
    centreId,
    identity: into,
    reason,
    studies,
    patients,
  });
  return { id, studies: studies.length };
}

/** The centre's two patients of these identifiers, with what goes from the one to the other. */
async function patientsOf(centreId: string, from: PatientKey, into: string) {
  const find = (value: string) =>
    db().patientIdentifier.findUnique({ where: { centreId_value: { centreId, value } } });
  const [source, target] = await Promise.all([find(from.patientId), find(into)]);
  if (!source || !target || source.patientId === target.patientId) return undefined;
  const where = { patientId: source.patientId };
  const [identifiers, cases] = await Promise.all([
    db().patientIdentifier.findMany({ where, select: { id: true } }),
    db().case.findMany({ where, select: { id: true } }),
  ]);
  return {
    from: source.patientId,
    into: target.patientId,
    identifierIds: identifiers.map(({ id }) => id),
    caseIds: cases.map(({ id }) => id),
  };
}
