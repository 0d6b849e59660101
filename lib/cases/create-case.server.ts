import type { z } from 'zod';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { can } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { readableCases } from './readable-cases.server.ts';
import { isSurelySame, patientMismatch } from './rules.ts';
import type { createCaseSchema } from './schema.ts';

/**
 * Opens a case for a patient of the centre. A patient with the same identifier in that centre is the same patient:
 * the case is theirs, and no second row is made. Throws `invalid_input` when no patient is given, `patient_mismatch`
 * with the fields that differ when the identifier is known under another identity. Those who may not look the centre's
 * patients up are told no field, and find a known patient only by the name and the birth date that they know.
 */
export async function createCase(
  actor: AuthenticatedActor,
  input: z.output<typeof createCaseSchema>,
): Promise<{ id: string; patientId: string }> {
  authorise(actor, 'case.create', { kind: 'centre', centreId: input.centreId });
  return withAudit(actor, async (tx, audit) => {
    const patientId = await patientOf(tx, actor, input);
    const { reason, question, diagnosis, stage, history, centreId } = input;
    const requesterId = await requesterOf(tx, actor, input);
    const row = await tx.case.create({
      data: { centreId, patientId, requesterId, reason, question, diagnosis, stage, history },
      select: { id: true },
    });
    audit({
      action: 'case.create',
      resourceType: 'case',
      resourceId: row.id,
      centreId,
      caseId: row.id,
      patientId,
      details: requesterId === actor.personId ? {} : { requester: requesterId },
    });
    return { id: row.id, patientId };
  });
}

type Input = z.output<typeof createCaseSchema>;

/** Who asks for the case: oneself, or for a secretary any doctor of the network whose account is open. */
async function requesterOf(tx: Tx, actor: AuthenticatedActor, input: Input): Promise<string> {
  const { requesterId = actor.personId, centreId } = input;
  if (requesterId === actor.personId) return requesterId;
  const doctor = can(actor, 'case.create-for-others', { kind: 'centre', centreId })
    ? await tx.person.findFirst({
        where: {
          id: requesterId,
          disabledAt: null,
          memberships: { some: { role: { in: ['clinician', 'referrer'] } } },
        },
        select: { id: true },
      })
    : null;
  if (!doctor)
    throw new AppError('invalid_input', { fields: [{ path: 'requesterId', code: 'not_allowed' }] });
  return doctor.id;
}

async function patientOf(tx: Tx, actor: AuthenticatedActor, input: Input): Promise<string> {
  if (input.patientId) {
    const patient = await tx.patient.findUnique({
      where: { id: input.patientId },
      select: { centreId: true },
    });
    if (patient?.centreId !== input.centreId) throw new AppError('not_found');
    if (!can(actor, 'centre.patients', { kind: 'centre', centreId: input.centreId })) {
      const theirs = { AND: [readableCases(actor), { patientId: input.patientId }] };
      if ((await tx.case.count({ where: theirs })) === 0) throw new AppError('not_found');
    }
    return input.patientId;
  }
  if (!input.patient)
    throw new AppError('invalid_input', { fields: [{ path: 'patient', code: 'required' }] });
  const { identifier, birthDate, ...person } = input.patient;
  if (identifier !== '') {
    // Two secretaries who type one new patient at the same time make one patient of it.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`patient ${input.centreId} ${identifier}`}, 0))`;
    const known = await tx.patientIdentifier.findUnique({
      where: { centreId_value: { centreId: input.centreId, value: identifier } },
      include: { patient: true },
    });
    if (known) {
      const patient = {
        ...known.patient,
        birthDate: known.patient.birthDate?.toISOString().slice(0, 10) ?? null,
      };
      if (!can(actor, 'centre.patients', { kind: 'centre', centreId: input.centreId })) {
        if (!isSurelySame(patient, { ...person, birthDate })) throw new AppError('patient_mismatch');
        return known.patientId;
      }
      const differing = patientMismatch(patient, {
        patientName: `${person.familyName}^${person.givenName}`,
        patientBirthDate: birthDate?.replaceAll('-', '') ?? '',
        patientSex: person.sex ?? '',
      });
      if (differing.length > 0) {
        const paths = ['identifier', ...differing.map((one) => (one === 'name' ? 'familyName' : one))];
        throw new AppError('patient_mismatch', {
          fields: paths.map((path) => ({ path: `patient.${path}`, code: 'patient_mismatch' })),
        });
      }
      return known.patientId;
    }
  }
  const created = await tx.patient.create({
    data: {
      ...person,
      birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`),
      centreId: input.centreId,
      ...(identifier !== '' && { identifiers: { create: { centreId: input.centreId, value: identifier } } }),
    },
    select: { id: true },
  });
  return created.id;
}
