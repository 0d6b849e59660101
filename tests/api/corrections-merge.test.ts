import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import { findIdentities } from '@/lib/store/corrections/find-identities.server.ts';
import { mergePatients } from '@/lib/store/corrections/merge-patients.server.ts';
import { listCorrections, readCorrection } from '@/lib/store/corrections/read-correction.server.ts';
import { runCorrection } from '@/lib/store/corrections/run-correction.server.ts';
import { mergePatientsSchema } from '@/lib/store/corrections/schema.ts';
import { undoCorrection } from '@/lib/store/corrections/undo-correction.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
});
afterAll(() => database.close());

const into = { patientName: 'MARTIN^Alice', patientId: 'A-1', birthDate: '19700102', sex: 'F' as const };
const of = (patientId: string) => db().study.findMany({ where: { patientId, hiddenAt: null } });

async function bring(patientId: string, patientName: string): Promise<string> {
  const studyUid = newUid();
  async function* source() {
    yield makeCt({ studyUid, patientId, patientName });
  }
  const actor = world.actors.secretary;
  await ingestInstance({ actor, centreId: world.centres.IGR, source: source(), sourceName: 'test' });
  return (await db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } })).id;
}

const openCase = (identifier: string, familyName: string) =>
  createCase(
    world.actors.secretary,
    createCaseSchema.parse({
      centreId: world.centres.IGR,
      patient: { familyName, identifier },
      reason: 'r',
      question: 'q',
    }),
  );

test('all studies of one patient become the other’s, with cases and identifiers; undone, all are back', async () => {
  const { secretary, chair, outsider } = world.actors;
  const studies = [await bring('B-2', 'MARTIN^A'), await bring('B-2', 'MARTIN^A')];
  await bring('A-1', 'MARTIN^Alice');
  const kept = await openCase('A-1', 'Martin');
  const joined = await openCase('B-2', 'Martin');
  await attachStudy(secretary, joined.id, { studyId: studies[0] ?? '', confirmMismatch: true });
  const [from] = await findIdentities(secretary, { centreId: world.centres.IGR, query: 'b-2' });
  expect(from).toMatchObject({ patientId: 'B-2', studies: 2 });

  const input = mergePatientsSchema.parse({ centreId: world.centres.IGR, from, into, reason: 'Same person' });
  await expect(mergePatients(chair, input)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(mergePatients(outsider, input)).rejects.toMatchObject({ code: 'not_found' });
  const { id, studies: count } = await mergePatients(secretary, input);
  expect(count).toBe(2);
  await runCorrection(id);
  expect(await readCorrection(secretary, id)).toMatchObject({ state: 'done', kind: 'merged' });
  expect(await of('B-2')).toEqual([]);
  expect(await of('A-1')).toHaveLength(3);
  const shown = await readCase(secretary, joined.id);
  expect(shown.patient.id).toBe(kept.patientId);
  expect(shown.patient.identifiers.map(({ value }) => value).sort()).toEqual(['A-1', 'B-2']);
  expect(shown.studies).toMatchObject([{ patientId: 'A-1' }]);
  expect((await listCorrections(secretary)).find((one) => one.id === id)?.originals).toHaveLength(2);
  await expect(listCorrections(chair)).rejects.toMatchObject({ code: 'forbidden' });

  await undoCorrection(secretary, id);
  expect((await listCorrections(secretary)).find((one) => one.id === id)).toMatchObject({
    state: 'undone',
    newStudyId: null,
  });
  expect((await of('B-2')).map((one) => one.id).sort()).toEqual([...studies].sort());
  expect(await of('A-1')).toHaveLength(1);
  const again = await readCase(secretary, joined.id);
  expect(again.patient.id).toBe(joined.patientId);
  expect(again.patient.identifiers.map(({ value }) => value)).toEqual(['B-2']);
  expect(again.studies.map((one) => one.id)).toEqual([studies[0]]);
});

test('a patient without studies cannot be merged', async () => {
  const from = { patientId: 'nobody', patientName: 'NOBODY', birthDate: '' };
  const input = mergePatientsSchema.parse({ centreId: world.centres.IGR, from, into, reason: 'r' });
  await expect(mergePatients(world.actors.admin, input)).rejects.toMatchObject({ code: 'not_found' });
});
