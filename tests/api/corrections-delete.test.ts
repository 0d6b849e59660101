import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/policy.ts';
import { attachStudy } from '@/lib/cases/case-studies.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { correctStudy } from '@/lib/store/corrections/correct-study.server.ts';
import { deleteStudy, restoreStudy } from '@/lib/store/corrections/delete-study.server.ts';
import { listHiddenStudies } from '@/lib/store/corrections/hidden-study.server.ts';
import { holdStudy } from '@/lib/store/corrections/hold-study.server.ts';
import { purgeDue } from '@/lib/store/corrections/purge-studies.server.ts';
import { setRetention } from '@/lib/store/corrections/retention.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { makeThumbnail } from '@/lib/store/make-thumbnail.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath, storePaths } from '@/lib/store/paths.server.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';
import { makeSeriesMetadata } from '@/lib/store/series-metadata.server.ts';
import { sweepDerived } from '@/lib/store/sweep-orphans.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { newCase } from '../setup/boards.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

const DAY_MS = 86_400_000;
let database: TestDatabase;
let world: World;
let id: string;
let bytes: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
});
afterAll(() => database.close());
beforeEach(async () => {
  const studyUid = newUid();
  bytes = makeCt({ studyUid });
  await bring(bytes);
  id = (await db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } })).id;
});

async function bring(object: Buffer, actor: Actor = world.actors.secretary, centreId = world.centres.IGR) {
  return ingestInstance({ actor, centreId, source: once(object), sourceName: 'test' });
}
async function* once(object: Uint8Array): AsyncGenerator<Uint8Array> {
  yield object;
}
const remove = () => deleteStudy(world.actors.admin, id, { reason: 'Imported twice' });
const later = (days: number) => new Date(Date.now() + days * DAY_MS);
const derived = async (seriesId: string) =>
  (await fs.readdir(storePaths().derived, { recursive: true })).filter((name) => name.includes(seriesId));
const blobOf = async (studyId: string) => {
  const instance = await db().instance.findFirstOrThrow({ where: { series: { studyId } } });
  return blobPath(instance.sha256);
};
const there = (file: string) =>
  fs.access(file).then(
    () => true,
    () => false,
  );

describe('deleted', () => {
  test('it is hidden at once and listed with its reason and its day for the administrator', async () => {
    const { purgeAt } = await remove();
    await expect(readStudy(world.actors.admin, id)).rejects.toMatchObject({ code: 'not_found' });
    const row = (await listHiddenStudies(world.actors.admin)).find((one) => one.id === id);
    expect(row).toMatchObject({ reason: 'Imported twice', purgeAt, hold: false });
    expect(new Date(purgeAt).getTime() - Date.now()).toBeGreaterThan(29 * DAY_MS);
    await expect(listHiddenStudies(world.actors.secretary)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('it comes back within the grace, with the case that it was attached to', async () => {
    const caseId = await newCase(world.actors.secretary, 'Durand');
    await attachStudy(world.actors.secretary, caseId, { studyId: id, confirmMismatch: true });
    await remove();
    expect((await readCase(world.actors.secretary, caseId)).studyCount).toBe(0);
    await restoreStudy(world.actors.admin, id);
    expect((await readCase(world.actors.secretary, caseId)).studies.map((one) => one.id)).toEqual([id]);
    await expect(restoreStudy(world.actors.admin, id)).rejects.toMatchObject({ code: 'state_conflict' });
  });

  test('what arrives for it is kept aside, not lost and not shown', async () => {
    await remove();
    expect(await bring(bytes)).toMatchObject({ outcome: 'quarantined', reason: 'study_hidden' });
  });

  test('by nobody but the administrator of its centre', async () => {
    const reason = { reason: 'r' };
    await expect(deleteStudy(world.actors.secretary, id, reason)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(deleteStudy(world.actors.outsider, id, reason)).rejects.toMatchObject({ code: 'not_found' });
    await remove();
    for (const actor of [world.actors.outsider, world.actors.nuclear])
      await expect(restoreStudy(actor, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(restoreStudy(world.actors.secretary, id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('purged', () => {
  test('not a day before the grace is over; then rows go and the audit stays', async () => {
    await remove();
    await purgeDue(later(29));
    expect(await db().study.count({ where: { id } })).toBe(1);
    await purgeDue(later(31));
    expect(await db().study.count({ where: { id } })).toBe(0);
    expect(await db().instance.count({ where: { series: { studyId: id } } })).toBe(0);
    await expect(restoreStudy(world.actors.admin, id)).rejects.toMatchObject({ code: 'not_found' });
    const rows = await db().auditEvent.findMany({
      where: { resourceId: id, action: { in: ['study.delete', 'study.purge'] } },
    });
    expect(rows.map(({ action }) => action).sort()).toEqual(['study.delete', 'study.purge']);
  });

  test('a blob that another centre’s study names too stays', async () => {
    const { CLB } = world.centres;
    expect(await bring(bytes, world.actors.radiologist, CLB)).toMatchObject({ outcome: 'taken' });
    const blob = await blobOf(id);
    await remove();
    await purgeDue(later(31), 0);
    expect(await db().study.count({ where: { id } })).toBe(0);
    expect(await there(blob)).toBe(true);
  });

  test('a blob that nothing else names goes', async () => {
    const blob = await blobOf(id);
    await remove();
    await purgeDue(later(31), 0);
    expect(await there(blob)).toBe(false);
  });

  test('nothing of its headers and pictures stays on the disk, nor of its patient', async () => {
    const { id: seriesId } = await db().series.findFirstOrThrow({ where: { studyId: id } });
    await makeSeriesMetadata(seriesId);
    await makeThumbnail(seriesId);
    expect(await derived(seriesId)).toHaveLength(3);
    await remove();
    await purgeDue(later(31), 0);
    expect(await derived(seriesId)).toEqual([]);
  });

  test('what was being derived from it at that moment is swept by night; what others have stays', async () => {
    const { id: seriesId } = await db().series.findFirstOrThrow({ where: { studyId: id } });
    const folder = path.join(storePaths().derived, 'metadata');
    const gone = randomUUID();
    await makeSeriesMetadata(seriesId);
    for (const name of [`${gone}-1.json`, `${gone}-1.json.gz.new`])
      await fs.writeFile(path.join(folder, name), '[]');
    await sweepDerived();
    expect(await derived(gone), 'it may be under way still').toHaveLength(2);
    await sweepDerived(0);
    expect(await derived(gone)).toEqual([]);
    expect(await derived(seriesId)).toHaveLength(2);
  });

  test('a blob that a quarantined object names stays', async () => {
    const blob = await blobOf(id);
    await remove();
    expect(await bring(bytes)).toMatchObject({ outcome: 'quarantined' });
    await purgeDue(later(31), 0);
    expect(await there(blob)).toBe(true);
  });

  test('a blob that changed within the hour is left to the sweep: the same bytes may be on their way in', async () => {
    const blob = await blobOf(id);
    await remove();
    await purgeDue(later(31));
    expect(await there(blob)).toBe(true);
    expect(await bring(bytes)).toMatchObject({ outcome: 'taken' });
    expect(await there(blob)).toBe(true);
  });

  test('not while it is under legal hold', async () => {
    await remove();
    await holdStudy(world.actors.admin, id, { hold: true, reason: 'Court order' });
    await purgeDue(later(31));
    expect(await db().study.count({ where: { id } })).toBe(1);
    await holdStudy(world.actors.admin, id, { hold: false, reason: 'Closed' });
    await purgeDue(later(31));
    expect(await db().study.count({ where: { id } })).toBe(0);
  });

  test('not before the term of its centre, counted from when it came', async () => {
    await setRetention(world.actors.admin, world.centres.IGR, { retentionYears: 20 });
    const { purgeAt } = await remove();
    expect(new Date(purgeAt).getFullYear() - new Date().getFullYear()).toBe(20);
    await purgeDue(later(31));
    expect(await db().study.count({ where: { id } })).toBe(1);
    await setRetention(world.actors.admin, world.centres.IGR, { retentionYears: null });
    await purgeDue(later(31));
    expect(await db().study.count({ where: { id } })).toBe(0);
    await expect(
      setRetention(world.actors.secretary, world.centres.IGR, { retentionYears: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('under legal hold', () => {
  test('a study is neither deleted nor corrected; the study says so, with the reason', async () => {
    await holdStudy(world.actors.admin, id, { hold: true, reason: 'Court order' });
    expect((await readStudy(world.actors.chair, id)).legalHold).toMatchObject({ reason: 'Court order' });
    await expect(remove()).rejects.toMatchObject({ code: 'legal_hold' });
    const identity = { patientName: 'A', patientId: 'B', issuer: null, birthDate: '', sex: '' as const };
    await expect(
      correctStudy(world.actors.admin, id, { kind: 'corrected', identity, reason: 'r', seriesIds: [] }),
    ).rejects.toMatchObject({ code: 'legal_hold' });
    await expect(holdStudy(world.actors.secretary, id, { hold: false, reason: 'r' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const actions = await db().auditEvent.findMany({ where: { resourceId: id, action: 'study.hold' } });
    expect(actions).toHaveLength(1);
  });
});
