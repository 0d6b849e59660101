import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attachStudy, detachStudy } from '@/lib/cases/case-studies.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { shareCase } from '@/lib/cases/edit-case.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import { readStudy, shareStudy, unshareStudy } from '@/lib/store/read-study.server.ts';
import { newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

/** A case of IGR. */
async function newCase(reason = 'Relapse'): Promise<string> {
  const input = createCaseSchema.parse({
    centreId: world.centres.IGR,
    patient: { familyName: 'Lefèvre' },
    reason,
    question: 'Radiotherapy?',
  });
  return (await createCase(world.actors.secretary, input)).id;
}

/** A study as it is known here, without an object of it. */
async function newStudy(centre: 'IGR' | 'CLB'): Promise<string> {
  const data = { centreId: world.centres[centre], studyInstanceUid: newUid() };
  return (await db().study.create({ data })).id;
}

const gone = { code: 'not_found' };

describe('a study of CLB that IGR attached to a case of its own', () => {
  let studyId: string;
  let caseId: string;
  beforeEach(async () => {
    const { secretary, radiologist } = world.actors;
    studyId = await newStudy('CLB');
    caseId = await newCase();
    await shareStudy(radiologist, studyId, { centreId: world.centres.IGR });
    await attachStudy(secretary, caseId, { studyId, confirmMismatch: false });
  });
  const shareOf = async () => (await readStudy(world.actors.radiologist, studyId)).shares[0]?.id ?? '';

  test('is seen by IGR after the share was taken back, which CLB is told, and ends', async () => {
    const { radiologist, oncologist } = world.actors;
    expect(await unshareStudy(radiologist, studyId, await shareOf())).toEqual({ stillInCases: 1 });
    expect(await readStudy(radiologist, studyId)).toMatchObject({
      cases: [{ id: caseId, centreCode: 'IGR', reason: null }],
    });
    await readStudy(oncologist, studyId);
    await detachStudy(radiologist, caseId, studyId);
    await expect(readStudy(oncologist, studyId)).rejects.toMatchObject(gone);
    await expect(detachStudy(radiologist, caseId, studyId)).rejects.toMatchObject(gone);
    await expect(readCase(radiologist, caseId)).rejects.toMatchObject(gone);
  });

  test('stands in the audit of both, attached and detached', async () => {
    const { radiologist } = world.actors;
    await detachStudy(radiologist, caseId, studyId);
    const { IGR, CLB } = world.centres;
    for (const action of ['case.attach-study', 'case.detach-study']) {
      const rows = await db().auditEvent.findMany({ where: { action, caseId }, orderBy: { id: 'asc' } });
      expect(rows.map(({ centreId }) => centreId)).toEqual([IGR, CLB]);
      expect(rows[1]).toMatchObject({ resourceType: 'study', resourceId: studyId });
    }
  });

  test('is detached by nobody who neither edits the case nor may share the study', async () => {
    const { outsider, nuclear } = world.actors;
    await expect(detachStudy(outsider, caseId, studyId)).rejects.toMatchObject(gone);
    await shareCase(world.actors.secretary, caseId, { personId: outsider.personId });
    await expect(detachStudy(outsider, caseId, studyId)).rejects.toMatchObject({ code: 'forbidden' });
    const other = await newStudy('IGR');
    await attachStudy(world.actors.secretary, caseId, { studyId: other, confirmMismatch: false });
    await expect(detachStudy(nuclear, caseId, other)).rejects.toMatchObject(gone);
  });

  test('is attached nowhere while the share is being taken back', async () => {
    const { secretary, radiologist } = world.actors;
    const another = await newCase();
    const shareId = await shareOf();
    await db()
      .$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM "Study" WHERE id = ${studyId}::uuid FOR NO KEY UPDATE`;
        const attaching = attachStudy(secretary, another, { studyId, confirmMismatch: false });
        const refused = expect(attaching).rejects.toMatchObject({ code: 'forbidden' });
        await new Promise((resolve) => setTimeout(resolve, 200));
        await tx.studyShare.update({ where: { id: shareId }, data: { revokedAt: new Date() } });
        return { refused };
      })
      .then(({ refused }) => refused);
    expect((await readStudy(radiologist, studyId)).cases.map(({ id }) => id)).toEqual([caseId]);
  });
});

test('a reader of a study is told of the cases that they read, each with its own reason', async () => {
  const { secretary, outsider } = world.actors;
  const studyId = await newStudy('IGR');
  const cases: string[] = [];
  for (const reason of ['one', 'two', 'three']) {
    const id = await newCase(reason);
    await attachStudy(secretary, id, { studyId, confirmMismatch: false });
    cases.push(id);
  }
  await shareCase(secretary, cases[1] ?? '', { personId: outsider.personId });
  expect((await readStudy(outsider, studyId)).cases).toEqual([
    { id: cases[1], centreCode: 'IGR', reason: 'two' },
  ]);
});
