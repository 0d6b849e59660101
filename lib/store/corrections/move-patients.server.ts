import { z } from 'zod';
import type { Tx } from '@/lib/db/client.server.ts';
import type { Audit } from '@/lib/db/with-audit.server.ts';
import type { LoadedCorrection } from './load-correction.server.ts';

/** Two of the centre's patients who are one, and what of the first was the second's from then on. */
export const movedPatientsSchema = z.object({
  from: z.uuid(),
  into: z.uuid(),
  identifierIds: z.array(z.uuid()),
  caseIds: z.array(z.uuid()),
});

/** Identifiers and cases go from the one patient to the other, or back again. */
export async function movePatients(
  tx: Tx,
  audit: Audit,
  correction: LoadedCorrection,
  way: 'there' | 'back',
): Promise<void> {
  const { from, into, identifierIds, caseIds } = movedPatientsSchema.parse(correction.patients);
  const [source, target] = way === 'there' ? [from, into] : [into, from];
  const data = { patientId: target };
  await tx.patientIdentifier.updateMany({ where: { id: { in: identifierIds }, patientId: source }, data });
  await tx.case.updateMany({ where: { id: { in: caseIds }, patientId: source }, data });
  audit({
    action: way === 'there' ? 'patient.merge' : 'patient.unmerge',
    resourceType: 'patient',
    resourceId: from,
    centreId: correction.centreId,
    patientId: into,
    details: { correction: correction.id, identifiers: identifierIds.length, cases: caseIds.length },
  });
}
