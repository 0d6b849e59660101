import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import type { PhantomFile } from '@/lib/phantom/hodgkin.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import type { World } from './world.ts';

/** A case of a study of the synthetic patient, the only one that is stored; gives the case's number. */
export async function phantomCase(
  { actors: { secretary }, centres }: World,
  files: Iterable<PhantomFile>,
): Promise<string> {
  await ingestFiles(secretary, centres.IGR, files);
  const study = await db().study.findFirstOrThrow();
  const fields = createCaseSchema.parse({
    centreId: centres.IGR,
    patient: { familyName: 'Phantom' },
    reason: 'Staging',
    question: 'Which nodes?',
  });
  const { id } = await createCase(secretary, fields);
  await attachStudy(secretary, id, { studyId: study.id, confirmMismatch: true });
  return id;
}
