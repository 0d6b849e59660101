import fs from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { hodgkinFiles, wholeBody } from '@/lib/phantom/hodgkin.ts';
import { correctStudy } from '@/lib/store/corrections/correct-study.server.ts';
import { pixelDigest } from '@/lib/store/corrections/pixel-digest.server.ts';
import { readCorrection } from '@/lib/store/corrections/read-correction.server.ts';
import { runCorrection } from '@/lib/store/corrections/run-correction.server.ts';
import { correctStudySchema, type Identity } from '@/lib/store/corrections/schema.ts';
import { undoCorrection } from '@/lib/store/corrections/undo-correction.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { listStudies } from '@/lib/store/list-studies.server.ts';
import { resolveStudy } from '@/lib/store/load-study.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import { readBlobHeader } from '@/lib/store/read-header.server.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';
import { listStudiesQuerySchema } from '@/lib/store/schema.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { newCase } from '../setup/boards.ts';
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

const right: Identity = {
  patientName: 'ŁUKASIK^Zoé',
  patientId: 'IGR-4711',
  issuer: 'IGR',
  birthDate: '19910203',
  sex: 'F',
};
const ask = (studyId: string, kind: 'corrected' | 'moved' | 'split', seriesIds: string[] = []) =>
  correctStudy(
    world.actors.secretary,
    studyId,
    correctStudySchema.parse({ kind, identity: right, reason: 'Wrong worklist entry', seriesIds }),
  );
/** Asks, does the work, and says which study stands for it now. */
const corrected = async (...asked: Parameters<typeof ask>) => {
  const { id } = await ask(...asked);
  await runCorrection(id);
  const view = await readCorrection(world.actors.secretary, id);
  expect(view).toMatchObject({ state: 'done', failure: null });
  return { ...view, newStudyId: view.newStudyId ?? '' };
};

/** The synthetic patient, small, with fresh rows each time: all five kinds of object in one Frame of Reference. */
async function bringPatient(seed: number): Promise<string> {
  const extent = { planes: { ...wholeBody.planes, count: 4 }, pet: { first: 1, last: 2 } };
  await ingestFiles(world.actors.secretary, world.centres.IGR, hodgkinFiles(seed, extent));
  const found = await db().study.findFirstOrThrow({
    orderBy: { createdAt: 'desc' },
    where: { hiddenAt: null },
  });
  return found.id;
}
async function bring(bytes: Buffer): Promise<void> {
  const result = await ingestInstance({
    actor: world.actors.secretary,
    centreId: world.centres.IGR,
    source: once(bytes),
    sourceName: 'test',
  });
  expect(result.outcome).toBe('taken');
}
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const studyOf = (studyInstanceUid: string) =>
  db().study.findFirstOrThrow({ where: { studyInstanceUid }, include: { series: true } });
const instancesOf = (studyId: string) =>
  db().instance.findMany({ where: { series: { studyId } }, orderBy: { sopInstanceUid: 'asc' } });

/** Every UID of a header, wherever it stands, but for the ones that Original Attributes quote. */
async function uidsOf(sha256: string): Promise<{ tag: string; uid: string }[]> {
  const { dataSet } = await readBlobHeader(blobPath(sha256));
  const found: { tag: string; uid: string }[] = [];
  const walk = (json: ReturnType<typeof toDicomJson>) => {
    for (const [tag, { vr, Value = [] }] of Object.entries(json)) {
      if (tag === '04000561') continue;
      if (vr === 'UI') for (const uid of Value) found.push({ tag, uid: String(uid) });
      if (vr === 'SQ') for (const item of Value) walk(item as ReturnType<typeof toDicomJson>);
    }
  };
  walk(toDicomJson(dataSet, (path) => path));
  return found;
}

describe('identity corrected across a study', () => {
  let before: string;
  let after: Awaited<ReturnType<typeof corrected>>;
  let caseId: string;

  beforeAll(async () => {
    before = await bringPatient(31);
    caseId = await newCase(world.actors.secretary, 'Lukasik');
    await attachStudy(world.actors.secretary, caseId, { studyId: before, confirmMismatch: true });
    await db().studyShare.create({ data: { studyId: before, centreId: world.centres.CLB } });
    after = await corrected(before, 'corrected');
  });

  test('every reference resolves inside the new study; none points at an original; frames of reference stay', async () => {
    const [old, now] = [await instancesOf(before), await instancesOf(after.newStudyId)];
    expect(now).toHaveLength(old.length);
    const oldUids = new Set(old.map(({ sopInstanceUid }) => sopInstanceUid));
    const nowUids = new Set(now.map(({ sopInstanceUid }) => sopInstanceUid));
    let references = 0;
    for (const { sha256 } of now) {
      for (const { tag, uid } of await uidsOf(sha256)) {
        expect(oldUids.has(uid), `${tag} ${uid}`).toBe(false);
        if (tag === '00081155' && nowUids.has(uid)) references += 1;
      }
    }
    expect(references).toBeGreaterThan(5);
    const frames = async (studyId: string) =>
      new Set((await db().series.findMany({ where: { studyId } })).map((one) => one.frameOfReferenceUid));
    expect(await frames(after.newStudyId)).toEqual(await frames(before));
  });

  test('the plan refers to the structure set, the dose to the plan, the structure set to the CT', async () => {
    const series = await db().series.findMany({
      where: { studyId: after.newStudyId },
      include: { instances: true },
    });
    const of = (modality: string) => series.find((one) => one.modality === modality)?.instances ?? [];
    const uids = async (modality: string) =>
      new Set((await uidsOf(of(modality)[0]?.sha256 ?? '')).map(({ uid }) => uid));
    expect(await uids('RTPLAN')).toContain(of('RTSTRUCT')[0]?.sopInstanceUid);
    expect(await uids('RTDOSE')).toContain(of('RTPLAN')[0]?.sopInstanceUid);
    const contoured = await uids('RTSTRUCT');
    for (const { sopInstanceUid } of of('CT')) expect(contoured).toContain(sopInstanceUid);
    expect(contoured).toContain(series.find((one) => one.modality === 'CT')?.seriesInstanceUid);
  });

  test('pixels are byte for byte the same', async () => {
    const digests = async (studyId: string) =>
      (
        await Promise.all((await instancesOf(studyId)).map(({ sha256 }) => pixelDigest(blobPath(sha256))))
      ).sort();
    expect(await digests(after.newStudyId)).toEqual(await digests(before));
  });

  test('Original Attributes tell the old values, when and why (PS3.3 C.12.1.1.9)', async () => {
    const [one] = await instancesOf(after.newStudyId);
    const { dataSet } = await readBlobHeader(blobPath(one?.sha256 ?? ''));
    const json = toDicomJson(dataSet, (path) => path);
    expect(json['00100010']?.Value).toEqual([{ Alphabetic: 'ŁUKASIK^Zoé' }]);
    expect(json['00080005']?.Value).toEqual(['ISO_IR 192']);
    expect(json['00100021']?.Value).toEqual(['IGR']);
    const [item] = (json['04000561']?.Value ?? []) as Record<string, { Value: Record<string, unknown>[] }>[];
    expect(item?.['04000565']?.Value).toEqual(['CORRECT']);
    expect(item?.['04000562']?.Value?.[0]).toMatch(/^\d{14}\.\d{3}\+0000$/);
    const original = await db().study.findUniqueOrThrow({ where: { id: before } });
    const old = item?.['04000550']?.Value[0] as Record<string, { Value: unknown[] }>;
    expect(old['00100020']?.Value).toEqual([original.patientId]);
    expect(old['0020000D']?.Value).toEqual([original.studyInstanceUid]);
  });

  test('the case and the share show the new study; the original is in no list and not readable', async () => {
    const { secretary, nuclear } = world.actors;
    const shown = await readCase(secretary, caseId);
    expect(shown.studies.map(({ id }) => id)).toEqual([after.newStudyId]);
    expect(shown.studies[0]?.patientId).toBe('IGR-4711');
    const { studies } = await listStudies(secretary, listStudiesQuerySchema.parse({}));
    expect(studies.map(({ id }) => id)).toContain(after.newStudyId);
    expect(studies.map(({ id }) => id)).not.toContain(before);
    await expect(readStudy(secretary, before)).rejects.toMatchObject({ code: 'not_found' });
    expect((await readStudy(nuclear, after.newStudyId)).patientName).toContain('ŁUKASIK');
  });

  test('a room that has the original open goes on with it; outside of the case it is gone', async () => {
    const original = await db().study.findUniqueOrThrow({ where: { id: before } });
    const uid = original.studyInstanceUid;
    expect(await resolveStudy(world.actors.secretary, { caseId }, uid)).toMatchObject({ id: before });
    await expect(resolveStudy(world.actors.secretary, { caseId: null }, uid)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('one audit row says who, what became of it and why', async () => {
    const row = await db().auditEvent.findFirstOrThrow({
      where: { action: 'study.correct', resourceId: before },
    });
    expect(row).toMatchObject({ actorId: world.actors.secretary.personId, centreId: world.centres.IGR });
    expect(row.details).toMatchObject({ reason: 'Wrong worklist entry', newStudyId: after.newStudyId });
  });

  test('undone, the originals are back with case and share, byte for byte, and nothing of the copies is shown', async () => {
    await undoCorrection(world.actors.secretary, after.id);
    const shown = await readCase(world.actors.secretary, caseId);
    expect(shown.studies.map(({ id }) => id)).toEqual([before]);
    expect((await readStudy(world.actors.nuclear, before)).id).toBe(before);
    await expect(readStudy(world.actors.secretary, after.newStudyId)).rejects.toMatchObject({
      code: 'not_found',
    });
    for (const { sha256 } of await instancesOf(before)) await fs.access(blobPath(sha256));
    await expect(undoCorrection(world.actors.secretary, after.id)).rejects.toMatchObject({
      code: 'state_conflict',
    });
  });
});

describe('work that is cut or disturbed', () => {
  test('begun again, it writes the same objects and no other', async () => {
    const studyUid = newUid();
    for (let z = 0; z < 3; z += 1) await bring(makeCt({ studyUid, z, instanceNumber: z }));
    const study = await studyOf(studyUid);
    const { id } = await ask(study.id, 'corrected');
    await runCorrection(id);
    const first = await db().instance.count();
    await db().correction.update({ where: { id }, data: { state: 'running' } });
    await db().$executeRaw`UPDATE "Study" SET "hiddenAt" = NULL WHERE "id" = ${study.id}::uuid`;
    await runCorrection(id);
    expect(await db().instance.count()).toBe(first);
    expect((await readCorrection(world.actors.secretary, id)).state).toBe('done');
  });

  test('an object that came while it worked is corrected too', async () => {
    const studyUid = newUid();
    const seriesUid = newUid();
    await bring(makeCt({ studyUid, seriesUid, z: 0 }));
    const study = await studyOf(studyUid);
    const { id } = await ask(study.id, 'corrected');
    await bring(makeCt({ studyUid, seriesUid, z: 1 }));
    await runCorrection(id);
    const { newStudyId } = await readCorrection(world.actors.secretary, id);
    expect(await instancesOf(newStudyId ?? '')).toHaveLength(2);
  });

  test('what arrives for the original afterwards is kept aside', async () => {
    const studyUid = newUid();
    await bring(makeCt({ studyUid }));
    await corrected((await studyOf(studyUid)).id, 'corrected');
    const late = await ingestInstance({
      actor: world.actors.secretary,
      centreId: world.centres.IGR,
      source: once(makeCt({ studyUid, z: 5 })),
      sourceName: 'late',
    });
    expect(late).toMatchObject({ outcome: 'quarantined', reason: 'study_hidden' });
  });

  test('two corrections of one study at a time are refused', async () => {
    const studyUid = newUid();
    await bring(makeCt({ studyUid }));
    const { id } = await studyOf(studyUid);
    await ask(id, 'corrected');
    await expect(ask(id, 'moved')).rejects.toMatchObject({ code: 'state_conflict' });
  });

  test('a blob that cannot be read fails it with its reason, and nothing changes', async () => {
    const studyUid = newUid();
    await bring(makeCt({ studyUid }));
    const study = await studyOf(studyUid);
    const [instance] = await instancesOf(study.id);
    await fs.writeFile(blobPath(instance?.sha256 ?? ''), 'damaged beyond repair');
    const { id } = await ask(study.id, 'corrected');
    await runCorrection(id);
    expect(await readCorrection(world.actors.secretary, id)).toMatchObject({
      state: 'failed',
      failure: 'not_dicom',
    });
    expect((await readStudy(world.actors.secretary, study.id)).id).toBe(study.id);
  });
});

describe('moved to another patient', () => {
  test('only cases of that patient follow; undoing gives the others it back', async () => {
    const studyUid = newUid();
    await bring(makeCt({ studyUid }));
    const { id } = await studyOf(studyUid);
    const wrong = await newCase(world.actors.secretary, 'Durand');
    const fitting = await newCase(world.actors.secretary, 'Łukasik');
    for (const caseId of [wrong, fitting])
      await attachStudy(world.actors.secretary, caseId, { studyId: id, confirmMismatch: true });
    const moved = await corrected(id, 'moved');
    expect(moved.casesLeft).toBe(1);
    const shown = async (caseId: string) =>
      (await readCase(world.actors.secretary, caseId)).studies.map((study) => study.id);
    expect(await shown(wrong)).toEqual([]);
    expect(await shown(fitting)).toEqual([moved.newStudyId]);
    await undoCorrection(world.actors.secretary, moved.id);
    expect(await shown(wrong)).toEqual([id]);
    expect(await shown(fitting)).toEqual([id]);
  });
});

describe('split', () => {
  test('the chosen series become a study of the other patient, the rest stays what it was', async () => {
    const studyUid = newUid();
    const [mine, yours] = [newUid(), newUid()];
    await bring(makeCt({ studyUid, seriesUid: mine }));
    await bring(makeCt({ studyUid, seriesUid: yours }));
    await bring(makeCt({ studyUid, seriesUid: yours, z: 3 }));
    const { id, patientId, series } = await studyOf(studyUid);
    const chosen = series.filter((one) => one.seriesInstanceUid === yours).map((one) => one.id);
    await expect(
      ask(
        id,
        'split',
        series.map((one) => one.id),
      ),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const split = await corrected(id, 'split', chosen);
    expect(await readStudy(world.actors.secretary, id)).toMatchObject({
      patientId,
      seriesCount: 1,
      instanceCount: 1,
      series: [{ seriesInstanceUid: mine }],
    });
    expect(await readStudy(world.actors.secretary, split.newStudyId)).toMatchObject({
      patientId: 'IGR-4711',
      seriesCount: 1,
      instanceCount: 2,
    });
    await undoCorrection(world.actors.secretary, split.id);
    expect(await readStudy(world.actors.secretary, id)).toMatchObject({ seriesCount: 2, instanceCount: 3 });
  });
});

describe('who may', () => {
  test('secretary and administrator of the centre; its clinicians are forbidden; for others there is nothing', async () => {
    const studyUid = newUid();
    await bring(makeCt({ studyUid }));
    const { id } = await studyOf(studyUid);
    const input = correctStudySchema.parse({
      kind: 'corrected',
      identity: right,
      reason: 'r',
      seriesIds: [],
    });
    await expect(correctStudy(world.actors.chair, id, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(correctStudy(world.actors.outsider, id, input)).rejects.toMatchObject({ code: 'not_found' });
    const asked = await correctStudy(world.actors.admin, id, input);
    await runCorrection(asked.id);
    for (const actor of [world.actors.outsider, world.actors.nuclear]) {
      await expect(readCorrection(actor, asked.id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(undoCorrection(actor, asked.id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
