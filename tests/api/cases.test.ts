import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { attachStudy, detachStudy } from '@/lib/cases/case-studies.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { editCase, shareCase, unshareCase } from '@/lib/cases/edit-case.server.ts';
import { listCases, readCase } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { listStudies } from '@/lib/store/list-studies.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { readStudy, shareStudy, unshareStudy } from '@/lib/store/read-study.server.ts';
import { listStudiesQuerySchema } from '@/lib/store/schema.ts';
import { type CtOptions, makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { inPieces } from '../setup/send-upload.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
});
afterAll(() => database.close());

type PatientInput = { familyName?: string; givenName?: string; birthDate?: string; identifier?: string };

const input = (patient: PatientInput = {}) =>
  createCaseSchema.parse({
    centreId: world.centres.IGR,
    patient: { familyName: 'Lefèvre', givenName: 'Zoé', birthDate: '1990-02-28', sex: 'F', ...patient },
    reason: 'Relapse',
    question: 'Radiotherapy?',
  });
const newCase = async (patient?: PatientInput) =>
  (await createCase(world.actors.secretary, input(patient))).id;

/** A study of the patient of `newCase`, in a centre, brought in by one of its people. */
async function newStudy(
  options: CtOptions = {},
  by: 'secretary' | 'radiologist' = 'secretary',
): Promise<string> {
  const studyUid = options.studyUid ?? newUid();
  const centreId = by === 'secretary' ? world.centres.IGR : world.centres.CLB;
  const patient = { patientName: 'LEFEVRE^ZOE', birthDate: '19900228', sex: 'F' };
  const bytes = makeCt({ ...patient, ...options, studyUid });
  await ingestInstance({ actor: world.actors[by], centreId, source: inPieces(bytes), sourceName: 'test' });
  return (await db().study.findFirstOrThrow({ where: { centreId, studyInstanceUid: studyUid } })).id;
}

const gone = { code: 'not_found' };

describe('a patient of the centre', () => {
  test('is recognised by the identifier, however the name is written', async () => {
    const { secretary } = world.actors;
    const first = await createCase(secretary, input({ identifier: 'P-1' }));
    const again = await createCase(secretary, input({ identifier: 'P-1', familyName: 'LEFEVRE' }));
    expect(again.patientId).toBe(first.patientId);
  });

  test('under another identity is refused, with the fields that differ, and no case is made', async () => {
    await newCase({ identifier: 'P-2' });
    const before = await db().case.count();
    const other = input({ identifier: 'P-2', familyName: 'Martin', birthDate: '1955-01-01' });
    const differs = (path: string) => ({ path: `patient.${path}`, code: 'patient_mismatch' });
    await expect(createCase(world.actors.secretary, other)).rejects.toMatchObject({
      code: 'patient_mismatch',
      fields: [differs('identifier'), differs('familyName'), differs('birthDate')],
    });
    expect(await db().case.count()).toBe(before);
  });

  test('typed by several people at the same time is one patient', async () => {
    const created = await Promise.all(
      Array.from({ length: 6 }, () => createCase(world.actors.secretary, input({ identifier: 'P-3' }))),
    );
    expect(new Set(created.map(({ patientId }) => patientId)).size).toBe(1);
    expect(new Set(created.map(({ id }) => id)).size).toBe(6);
  });

  test.each([
    ['no family name', { familyName: ' ' }],
    ['a family name without a letter', { familyName: '-' }],
    ['a birth date that does not exist', { birthDate: '1990-02-30' }],
    ['a birth date that is none', { birthDate: 'yesterday' }],
  ])('%s does not pass the schema', (_name, patient) => {
    expect(() => input(patient)).toThrow();
  });
});

describe('two people edit one case', () => {
  test('the second is told what is saved now, and saves again on top of it', async () => {
    const { secretary, chair } = world.actors;
    const id = await newCase();
    const { version } = await readCase(secretary, id);
    await editCase(secretary, id, { version, question: 'Surgery first?' });
    await expect(editCase(chair, id, { version, question: 'Chemotherapy?' })).rejects.toMatchObject({
      code: 'version_conflict',
      current: { question: 'Surgery first?', reason: 'Relapse', version: version + 1 },
    });
    await editCase(chair, id, { version: version + 1, question: 'Surgery or chemotherapy first?' });
    expect(await readCase(secretary, id)).toMatchObject({
      version: version + 2,
      question: 'Surgery or chemotherapy first?',
      reason: 'Relapse',
    });
  });

  test('at the very same moment: one of them, and only one, is first', async () => {
    const { secretary, chair } = world.actors;
    const id = await newCase();
    const answers = await Promise.allSettled(
      [secretary, chair, secretary, chair].map((actor, index) =>
        editCase(actor, id, { version: 1, stage: `T${index}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readCase(secretary, id)).version).toBe(2);
    expect(await db().auditEvent.count({ where: { action: 'case.edit', caseId: id } })).toBe(1);
  });
});

describe('studies of a case', () => {
  test('of the same patient are attached and detached, each with its audit row', async () => {
    const { secretary } = world.actors;
    const caseId = await newCase();
    const studyId = await newStudy();
    await attachStudy(secretary, caseId, { studyId, confirmMismatch: false });
    await attachStudy(secretary, caseId, { studyId, confirmMismatch: false });
    expect((await readCase(secretary, caseId)).studies).toMatchObject([
      { id: studyId, modalities: ['CT'], instanceCount: 1, centreCode: 'IGR' },
    ]);
    await detachStudy(secretary, caseId, studyId);
    await expect(detachStudy(secretary, caseId, studyId)).rejects.toMatchObject(gone);
    expect((await readCase(secretary, caseId)).studies).toEqual([]);
    const actions = await db().auditEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual([
      'case.create',
      'case.attach-study',
      'case.attach-study',
      'case.read',
      'case.detach-study',
      'case.read',
    ]);
  });

  test('of another patient: said in what they differ, attached only when confirmed, which is audited', async () => {
    const { secretary } = world.actors;
    const caseId = await newCase();
    const studyId = await newStudy({ patientName: 'MARTIN^PAUL', sex: 'M' });
    await expect(attachStudy(secretary, caseId, { studyId, confirmMismatch: false })).rejects.toMatchObject({
      code: 'patient_mismatch',
      fields: [{ path: 'name' }, { path: 'sex' }],
    });
    expect((await readCase(secretary, caseId)).studies).toEqual([]);
    await attachStudy(secretary, caseId, { studyId, confirmMismatch: true });
    const row = await db().auditEvent.findFirstOrThrow({ where: { action: 'case.attach-study', caseId } });
    expect(row.details).toMatchObject({ confirmedMismatch: ['name', 'sex'] });
  });

  test('the same study from another centre is not attached a second time', async () => {
    const { secretary, radiologist } = world.actors;
    const caseId = await newCase();
    const studyUid = newUid();
    const own = await newStudy({ studyUid });
    const theirs = await newStudy({ studyUid, instanceNumber: 2 }, 'radiologist');
    await shareStudy(radiologist, theirs, { personId: secretary.personId });
    await attachStudy(secretary, caseId, { studyId: own, confirmMismatch: false });
    await expect(
      attachStudy(secretary, caseId, { studyId: theirs, confirmMismatch: false }),
    ).rejects.toMatchObject({ code: 'study_attached_twice' });
  });

  test('which one may not see cannot be attached', async () => {
    const caseId = await newCase();
    const studyId = await newStudy({}, 'radiologist');
    await expect(
      attachStudy(world.actors.secretary, caseId, { studyId, confirmMismatch: true }),
    ).rejects.toMatchObject(gone);
  });
});

describe('sharing', () => {
  const studiesOf = async (who: 'outsider' | 'radiologist') =>
    (await listStudies(world.actors[who], listStudiesQuerySchema.parse({}))).studies.map(({ id }) => id);

  test('a case with a person opens the case and its images; taking it back closes both at once', async () => {
    const { secretary, outsider } = world.actors;
    const caseId = await newCase();
    const studyId = await newStudy();
    await attachStudy(secretary, caseId, { studyId, confirmMismatch: false });
    await expect(readCase(outsider, caseId)).rejects.toMatchObject(gone);
    await expect(readStudy(outsider, studyId)).rejects.toMatchObject(gone);

    await shareCase(secretary, caseId, { personId: outsider.personId });
    await shareCase(secretary, caseId, { personId: outsider.personId });
    const { shares } = await readCase(secretary, caseId);
    expect(shares).toMatchObject([{ name: 'Dr Oscar Dehors', personId: outsider.personId, centreId: null }]);
    expect((await readCase(outsider, caseId)).may).toEqual({ edit: false, share: false });
    expect((await listCases(outsider, '')).map(({ id }) => id)).toEqual([caseId]);
    expect(await studiesOf('outsider')).toEqual([studyId]);
    await expect(editCase(outsider, caseId, { version: 1, stage: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });

    await unshareCase(secretary, caseId, shares[0]?.id ?? '');
    await expect(readCase(outsider, caseId)).rejects.toMatchObject(gone);
    await expect(readStudy(outsider, studyId)).rejects.toMatchObject(gone);
    expect(await listCases(outsider, '')).toEqual([]);
    expect(await studiesOf('outsider')).toEqual([]);
  });

  test('a study with a centre opens it for its clinical staff; taking it back closes it', async () => {
    const { secretary, radiologist } = world.actors;
    const studyId = await newStudy();
    await expect(readStudy(radiologist, studyId)).rejects.toMatchObject(gone);
    await shareStudy(secretary, studyId, { centreId: world.centres.CLB });
    expect(await readStudy(radiologist, studyId)).toMatchObject({ may: { attach: true, share: false } });
    const { shares } = await readStudy(secretary, studyId);
    expect(shares).toMatchObject([{ name: 'Centre B', centreId: world.centres.CLB }]);
    await unshareStudy(secretary, studyId, shares[0]?.id ?? '');
    await expect(readStudy(radiologist, studyId)).rejects.toMatchObject(gone);
    await expect(unshareStudy(secretary, studyId, shares[0]?.id ?? '')).rejects.toMatchObject(gone);
  });

  test('with nobody who exists is refused', async () => {
    const { secretary } = world.actors;
    const nobody = { personId: '00000000-0000-4000-8000-000000000000' };
    await expect(shareCase(secretary, await newCase(), nobody)).rejects.toMatchObject(gone);
    await expect(shareStudy(secretary, await newStudy(), nobody)).rejects.toMatchObject(gone);
  });

  test('what an outsider asks of another centre does not exist for them', async () => {
    const { outsider } = world.actors;
    const caseId = await newCase();
    const studyId = await newStudy();
    const attempts = [
      readCase(outsider, caseId),
      editCase(outsider, caseId, { version: 1, stage: 'x' }),
      attachStudy(outsider, caseId, { studyId, confirmMismatch: true }),
      detachStudy(outsider, caseId, studyId),
      shareCase(outsider, caseId, { personId: outsider.personId }),
      readStudy(outsider, studyId),
      shareStudy(outsider, studyId, { personId: outsider.personId }),
      createCase(outsider, input()),
    ];
    for (const attempt of await Promise.allSettled(attempts))
      expect(attempt).toMatchObject({ status: 'rejected', reason: gone });
  });
});

test('cases are found by name, identifier and diagnosis, in any order of the words', async () => {
  const { secretary } = world.actors;
  const id = await newCase({ familyName: 'Quémeneur', givenName: 'Yves', identifier: 'FIND-77' });
  await editCase(secretary, id, { version: 1, diagnosis: 'Thymoma' });
  for (const query of ['quémen', 'yves quém', 'find-77', 'thymoma yves'])
    expect((await listCases(secretary, query)).map((one) => one.id)).toEqual([id]);
  expect(await listCases(secretary, 'quémeneur lymphoma')).toEqual([]);
});

test('an account that leaves its centre sees nothing of it any more', async () => {
  const { radiologist } = world.actors;
  const studyId = await newStudy({}, 'radiologist');
  await readStudy(radiologist, studyId);
  await db().membership.deleteMany({ where: { personId: radiologist.personId } });
  const left = await loadActor(radiologist.personId, 'web');
  await expect(readStudy(left, studyId)).rejects.toMatchObject(gone);
});
