import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { compareQuarantined } from '@/lib/store/corrections/compare-quarantined.server.ts';
import {
  decideManyQuarantined,
  decideQuarantined,
} from '@/lib/store/corrections/decide-quarantined.server.ts';
import { holdStudy } from '@/lib/store/corrections/hold-study.server.ts';
import { purgeDue } from '@/lib/store/corrections/purge-studies.server.ts';
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

async function bring(bytes: Buffer, quarantine?: 'unknown_sender') {
  async function* source() {
    yield bytes;
  }
  const actor = world.actors.secretary;
  const { IGR } = world.centres;
  return ingestInstance({
    actor,
    centreId: IGR,
    source: source(),
    sourceName: 'x',
    ...(quarantine && { quarantine }),
  });
}

/** A stored object and another one of the same UID that was kept aside. */
async function twins(other: Parameters<typeof makeCt>[0] = { value: 2 }) {
  const uids = {
    sopUid: newUid(),
    studyUid: newUid(),
    seriesUid: newUid(),
    frameOfReferenceUid: newUid(),
  };
  await bring(makeCt({ ...uids, value: 1 }));
  expect(await bring(makeCt({ ...uids, ...other }))).toMatchObject({ outcome: 'quarantined' });
  const where = { sopInstanceUid: uids.sopUid };
  const stored = () =>
    db().instance.findFirstOrThrow({ where, include: { series: { include: { study: true } } } });
  const aside = () => db().quarantinedObject.findFirstOrThrow({ where });
  return { ...uids, stored, aside, before: await stored(), kept: await aside() };
}
const decide = (id: string, decision: Parameters<typeof decideQuarantined>[2]) =>
  decideQuarantined(world.actors.admin, id, decision);

describe('two objects of one UID', () => {
  test('are shown beside each other: every attribute that differs, and whether the pixels do', async () => {
    const pixels = await twins({ value: 2 });
    expect(await compareQuarantined(world.actors.admin, pixels.kept.id)).toMatchObject({
      attributes: [],
      total: 0,
      pixels: 'differ',
    });
    const header = await twins({ value: 1, patientName: 'OTHER^Name', birthDate: '19720315' });
    const compared = await compareQuarantined(world.actors.admin, header.kept.id);
    expect(compared.pixels).toBe('same');
    expect(compared.attributes).toMatchObject([
      { path: '(0010,0010)', name: 'Patient Name', incoming: 'OTHER^Name' },
      { path: '(0010,0030)', incoming: '19720315' },
    ]);
    expect(compared).toMatchObject({
      stored: { patientName: 'TEST PATIENT', patientBirthDate: '19600102', patientSex: 'F' },
      incoming: { patientName: 'OTHER Name', patientBirthDate: '19720315', patientSex: 'F' },
      study: null,
    });
    await expect(compareQuarantined(world.actors.secretary, header.kept.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(compareQuarantined(world.actors.outsider, header.kept.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('the stored one is kept: nothing changes, and the other stays beside it', async () => {
    const { before, kept, stored, aside } = await twins();
    await decide(kept.id, 'keep_stored');
    expect((await stored()).sha256).toBe(before.sha256);
    expect(await aside()).toMatchObject({ resolution: 'kept_stored', sha256: kept.sha256 });
    await expect(decide(kept.id, 'take_new')).rejects.toMatchObject({ code: 'state_conflict' });
    await decide(kept.id, 'reopen');
    expect((await aside()).resolvedAt).toBeNull();
  });

  test('the new one is taken: it is stored, and the one that was stored is kept; reopened, they change back', async () => {
    const { before, kept, stored, aside } = await twins();
    await decide(kept.id, 'take_new');
    const now = await stored();
    expect(now.sha256).toBe(kept.sha256);
    expect(now.seriesId).toBe(before.seriesId);
    expect(now.series).toMatchObject({ instanceCount: 1, study: { instanceCount: 1, seriesCount: 1 } });
    expect(now.series.revision).toBeGreaterThan(before.series.revision);
    expect(await aside()).toMatchObject({ resolution: 'took_new', sha256: before.sha256 });
    await decide(kept.id, 'reopen');
    expect((await stored()).sha256).toBe(before.sha256);
    expect(await aside()).toMatchObject({ resolution: null, sha256: kept.sha256 });
  });

  test('the new one is of another study: the old study is left without it', async () => {
    const elsewhere = { studyUid: newUid(), seriesUid: newUid() };
    const { before, kept, stored } = await twins(elsewhere);
    await decide(kept.id, 'take_new');
    expect((await stored()).series.study.studyInstanceUid).toBe(elsewhere.studyUid);
    expect(await db().study.count({ where: { id: before.series.studyId } })).toBe(0);
  });

  test('under legal hold the stored one is not replaced', async () => {
    const { before, kept, stored } = await twins();
    await holdStudy(world.actors.admin, before.series.studyId, { hold: true, reason: 'Court order' });
    await expect(decide(kept.id, 'take_new')).rejects.toMatchObject({ code: 'legal_hold' });
    expect((await stored()).sha256).toBe(before.sha256);
  });

  test('discarded, the other goes after the grace, the stored one never', async () => {
    const { before, kept, stored } = await twins();
    await decide(kept.id, 'discard');
    await purgeDue(new Date(Date.now() + 29 * 86_400_000));
    expect(await db().quarantinedObject.count({ where: { id: kept.id } })).toBe(1);
    await purgeDue(new Date(Date.now() + 31 * 86_400_000));
    expect(await db().quarantinedObject.count({ where: { id: kept.id } })).toBe(0);
    expect((await stored()).sha256).toBe(before.sha256);
    const row = await db().auditEvent.findFirst({
      where: { action: 'quarantine.purge', resourceId: kept.id },
    });
    expect(row?.details).toMatchObject({ sha256: kept.sha256 });
  });
});

test('what was discarded and comes again is a question again', async () => {
  const uids = { sopUid: newUid(), studyUid: newUid(), seriesUid: newUid(), frameOfReferenceUid: newUid() };
  const other = makeCt({ ...uids, value: 2 });
  await bring(makeCt({ ...uids, value: 1 }));
  await bring(other);
  const where = { sopInstanceUid: uids.sopUid };
  await decide((await db().quarantinedObject.findFirstOrThrow({ where })).id, 'discard');
  expect(await bring(other)).toMatchObject({ outcome: 'quarantined' });
  expect(await db().quarantinedObject.findFirstOrThrow({ where })).toMatchObject({
    resolution: null,
    resolvedAt: null,
  });
});

describe('of an unknown sender', () => {
  test('many are accepted at once; one whose UID is taken by other bytes becomes a question', async () => {
    const taken = newUid();
    await bring(makeCt({ sopUid: taken, value: 1 }));
    const objects = [makeCt(), makeCt(), makeCt({ sopUid: taken, value: 9 })];
    for (const bytes of objects)
      expect(await bring(bytes, 'unknown_sender')).toMatchObject({ outcome: 'quarantined' });
    const rows = await db().quarantinedObject.findMany({ where: { reason: 'unknown_sender' } });
    const ids = rows.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    await expect(
      decideManyQuarantined(world.actors.secretary, { ids, decision: 'accept' }),
    ).resolves.toMatchObject({ decided: 0, failed: [{ code: 'forbidden' }, {}, {}] });
    expect(await decideManyQuarantined(world.actors.admin, { ids, decision: 'accept' })).toEqual({
      decided: 3,
      failed: [],
    });
    const after = await db().quarantinedObject.findMany({ where: { id: { in: ids } } });
    expect(after.map(({ resolution }) => resolution).sort()).toEqual(['accepted', 'accepted', null]);
    expect(after.find(({ resolution }) => resolution === null)?.reason).toBe('dicom_same_uid_other_bytes');
    for (const { sopInstanceUid } of rows)
      expect(await db().instance.count({ where: { sopInstanceUid } })).toBe(1);
  });
});

describe('of another patient than its study', () => {
  const inStudy = (studyUid: string, patientId: string) =>
    makeCt({ studyUid, seriesUid: newUid(), sopUid: newUid(), patientId });

  test('it is kept aside, and taken when an administrator says so', async () => {
    const studyUid = newUid();
    await bring(inStudy(studyUid, 'A-1'));
    const other = inStudy(studyUid, 'B-2');
    const aside = { outcome: 'quarantined', reason: 'study_of_other_patient' };
    expect(await bring(other)).toMatchObject(aside);
    const study = () => db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } });
    expect(await study()).toMatchObject({ patientId: 'A-1', instanceCount: 1, seriesCount: 1 });
    const row = await db().quarantinedObject.findFirstOrThrow({ where: { reason: aside.reason } });
    expect(await compareQuarantined(world.actors.admin, row.id)).toMatchObject({
      stored: null,
      study: { patientId: 'A-1', patientBirthDate: '19600102' },
      incoming: { patientId: 'B-2' },
    });
    await decide(row.id, 'accept');
    expect(await study()).toMatchObject({ patientId: 'A-1', instanceCount: 2, seriesCount: 2 });
  });

  test('of two that come at once one is kept aside', async () => {
    const studyUid = newUid();
    const both = await Promise.all(['A-1', 'B-2'].map((id) => bring(inStudy(studyUid, id))));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['quarantined', 'taken']);
  });

  test('one that names no patient is taken', async () => {
    const studyUid = newUid();
    await bring(inStudy(studyUid, 'A-1'));
    expect(await bring(inStudy(studyUid, ''))).toMatchObject({ outcome: 'taken' });
  });

  test('of an unknown sender it becomes a question of whose it is', async () => {
    const studyUid = newUid();
    await bring(inStudy(studyUid, 'A-1'));
    await bring(inStudy(studyUid, 'B-2'), 'unknown_sender');
    const where = { reason: 'unknown_sender', resolvedAt: null };
    const { id } = await db().quarantinedObject.findFirstOrThrow({ where });
    await decide(id, 'accept');
    expect(await db().quarantinedObject.findUniqueOrThrow({ where: { id } })).toMatchObject({
      reason: 'study_of_other_patient',
      resolution: null,
    });
    await decide(id, 'accept');
    expect(await db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } })).toMatchObject({
      instanceCount: 2,
    });
  });
});
