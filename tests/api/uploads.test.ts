import fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { decideQuarantined } from '@/lib/store/corrections/decide-quarantined.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath, storePaths } from '@/lib/store/paths.server.ts';
import { listQuarantine } from '@/lib/store/quarantine.server.ts';
import {
  closeUpload,
  createUpload,
  readUpload,
  uploadedStudies,
  uploadFile,
} from '@/lib/store/upload.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { makeZip } from '../fixtures/zip.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { inPieces, sendUpload } from '../setup/send-upload.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let token: string;
let uploadId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
  token = (await createToken(world.actors.secretary, { label: 'test', days: 1 })).token;
  uploadId = (await createUpload(world.actors.secretary, { label: 'test' })).id;
});
afterAll(() => database.close());

const send = (body: Buffer, path = newUid()) => sendUpload({ token, uploadId, path, body });
const spooled = () => fs.readdir(storePaths().spool);

describe('one file', () => {
  test('is taken, and the same bytes again are known', async () => {
    const bytes = makeCt();
    expect(await send(bytes, 'a.dcm')).toMatchObject({
      status: 200,
      results: [{ path: 'a.dcm', size: bytes.length, outcome: 'taken', reason: null }],
    });
    expect(await send(bytes, 'b.dcm')).toMatchObject({ results: [{ path: 'b.dcm', outcome: 'known' }] });
  });

  test('sent again because its answer was lost, it is still what this batch took', async () => {
    const bytes = makeCt();
    await send(bytes, 'lost.dcm');
    expect((await send(bytes, 'lost.dcm')).results).toMatchObject([{ outcome: 'taken' }]);
  });

  test.each([
    ['a text', Buffer.from('To whom it may concern'), 'not_dicom'],
    ['nothing at all', Buffer.alloc(0), 'not_dicom'],
    ['cut short in its pixels', makeCt({ rows: 64, columns: 64 }).subarray(0, 2000), 'dicom_truncated'],
    ['without a study', makeCt({ studyUid: '' }), 'dicom_missing_uid'],
    ['with a UID that is none', makeCt({ studyUid: '1.2.x' }), 'dicom_invalid_uid'],
  ])('%s is refused with its reason, and nothing stays in the spool', async (_name, bytes, reason) => {
    expect((await send(bytes)).results).toMatchObject([{ outcome: 'refused', reason }]);
    await expect.poll(spooled).toEqual([]);
  });

  test('the same UID with other bytes is kept aside; both are kept, and an administrator sees it', async () => {
    const sopUid = newUid();
    const uids = { sopUid, studyUid: newUid(), seriesUid: newUid() };
    const first = makeCt({ ...uids, value: 1 });
    const second = makeCt({ ...uids, value: 2 });
    await send(first);
    expect((await send(second, 'other.dcm')).results).toMatchObject([
      { outcome: 'quarantined', reason: 'dicom_same_uid_other_bytes', sopInstanceUid: sopUid },
    ]);
    const stored = await db().instance.findFirstOrThrow({ where: { sopInstanceUid: sopUid } });
    const aside = await db().quarantinedObject.findFirstOrThrow({ where: { sopInstanceUid: sopUid } });
    expect(await fs.readFile(blobPath(stored.sha256))).toEqual(first);
    expect(await fs.readFile(blobPath(aside.sha256))).toEqual(second);

    const listed = await listQuarantine(world.actors.admin);
    const row = listed.find((one) => one.sopInstanceUid === sopUid);
    expect(row).toMatchObject({
      centreCode: 'IGR',
      sourceName: 'other.dcm',
      size: second.length,
      resolvedAt: null,
      stored: { size: first.length },
    });
    await decideQuarantined(world.actors.admin, row?.id ?? '', 'keep_stored');
    expect((await listQuarantine(world.actors.admin))[0]?.resolution).toBe('kept_stored');
    await expect(listQuarantine(world.actors.secretary)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a name with NUL, quotes and accents is kept as people read it', async () => {
    const { results } = await send(makeCt(), `Zoé's\0 "scan".dcm`);
    expect(results).toMatchObject([{ path: `Zoé's "scan".dcm`, outcome: 'taken' }]);
  });
});

describe('a connection that breaks', () => {
  test('in mid-file: the file is refused as interrupted, nothing of it is kept, and sent again it is taken', async () => {
    const bytes = makeCt({ rows: 64, columns: 64 });
    const broken = new Readable({ read: () => undefined });
    broken.push(bytes.subarray(0, 3000));
    broken.on('resume', () => setImmediate(() => broken.destroy(new Error('ECONNRESET'))));
    const answer = await sendUpload({
      token,
      uploadId,
      path: 'broken.dcm',
      size: bytes.length,
      body: broken,
    });
    expect(answer).toMatchObject({ status: 400, problem: { code: 'upload_interrupted' } });
    await expect.poll(spooled).toEqual([]);
    expect((await readUpload(world.actors.secretary, uploadId)).files.map(({ path }) => path)).not.toContain(
      'broken.dcm',
    );
    expect((await send(bytes, 'broken.dcm')).results).toMatchObject([{ outcome: 'taken' }]);
  });

  test('that ends early without an error does not pass for a whole file', async () => {
    const bytes = makeCt({ rows: 64, columns: 64 });
    const body = bytes.subarray(0, bytes.length - 2);
    expect(await sendUpload({ token, uploadId, path: 'early.dcm', size: bytes.length, body })).toMatchObject({
      status: 400,
      problem: { code: 'upload_interrupted' },
    });
  });
});

describe('a zip', () => {
  test('has one result per object, and what is not DICOM has its reason', async () => {
    const zip = makeZip([
      { name: 'CD/IM1', data: makeCt() },
      { name: 'CD/IM2', data: makeCt() },
      { name: 'CD/README.TXT', data: Buffer.from('See the viewer') },
    ]);
    const { results } = await send(zip, 'cd.zip');
    expect(results.map(({ path, outcome, reason }) => [path, outcome, reason])).toEqual([
      ['cd.zip/CD/IM1', 'taken', null],
      ['cd.zip/CD/IM2', 'taken', null],
      ['cd.zip/CD/README.TXT', 'refused', 'not_dicom'],
    ]);
    await expect.poll(spooled).toEqual([]);
  });

  test('that is empty says so', async () => {
    expect((await send(makeZip([]), 'empty.zip')).results).toMatchObject([
      { path: 'empty.zip', outcome: 'refused', reason: 'zip_empty' },
    ]);
  });

  test('that is cut short says so', async () => {
    const zip = makeZip([{ name: 'IM1', data: makeCt() }]);
    expect((await send(zip.subarray(0, zip.length - 30), 'cut.zip')).results).toMatchObject([
      { outcome: 'refused', reason: 'zip_damaged' },
    ]);
  });

  test('with one damaged entry: the others are taken', async () => {
    const zip = makeZip([
      { name: 'IM1', data: makeCt() },
      { name: 'IM2', data: makeCt(), claimedSize: 99_999 },
      { name: 'IM3', data: makeCt() },
    ]);
    const { results } = await send(zip, 'partly.zip');
    expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['taken', null],
      ['refused', 'zip_damaged'],
      ['taken', null],
    ]);
  });

  test('with a bomb in it, or with a password: that entry is refused unopened', async () => {
    const zip = makeZip([
      { name: 'bomb', data: Buffer.alloc(1000), claimedSize: 4_000_000_000 },
      { name: 'locked', data: makeCt(), encrypted: true },
      { name: 'IM1', data: makeCt() },
    ]);
    const { results } = await send(zip, 'bomb.zip');
    expect(results.map(({ outcome, reason, detail }) => [outcome, reason, detail])).toEqual([
      ['refused', 'zip_entry_refused', 'size'],
      ['refused', 'zip_entry_refused', 'encrypted'],
      ['taken', null, ''],
    ]);
  });
});

describe('a batch', () => {
  test('that was cancelled takes no more; resumed by its label it goes on with what it has', async () => {
    const { secretary } = world.actors;
    const label = 'CT #1';
    const batch = await createUpload(secretary, { label });
    const put = (path: string, body: Buffer) => sendUpload({ token, uploadId: batch.id, path, body });
    await put('1.dcm', makeCt());
    await closeUpload(secretary, batch.id, 'cancelledAt');
    expect(await put('2.dcm', makeCt())).toMatchObject({
      status: 409,
      problem: { code: 'upload_cancelled', title: 'This upload was cancelled.' },
    });
    const resumed = await createUpload(secretary, { label, resume: true });
    expect(resumed.id).toBe(batch.id);
    expect((await readUpload(secretary, batch.id)).files).toMatchObject([
      { path: '1.dcm', outcome: 'taken' },
    ]);
    expect((await put('2.dcm', makeCt())).results).toMatchObject([{ outcome: 'taken' }]);
    await closeUpload(secretary, batch.id, 'finishedAt');
    expect((await createUpload(secretary, { label, resume: true })).id).not.toBe(batch.id);
  });

  test('tells the studies that its files belong to, each once', async () => {
    const { secretary } = world.actors;
    const batch = await createUpload(secretary, { label: 'two studies' });
    const studies = [newUid(), newUid()];
    for (const studyUid of [...studies, ...studies])
      await sendUpload({ token, uploadId: batch.id, path: newUid(), body: makeCt({ studyUid }) });
    const listed = await uploadedStudies(secretary, batch.id);
    expect(listed.map(({ studyInstanceUid }) => studyInstanceUid).sort()).toEqual(studies.sort());
    expect(listed.map(({ instanceCount }) => instanceCount)).toEqual([2, 2]);
  });

  test('of somebody else does not exist, and nobody imports for a centre that is not theirs', async () => {
    const { outsider, chair } = world.actors;
    const gone = { code: 'not_found' };
    for (const actor of [outsider, chair]) {
      await expect(readUpload(actor, uploadId)).rejects.toMatchObject(gone);
      await expect(closeUpload(actor, uploadId, 'cancelledAt')).rejects.toMatchObject(gone);
      await expect(uploadedStudies(actor, uploadId)).rejects.toMatchObject(gone);
    }
    const { token: foreign } = await createToken(outsider, { label: '', days: 1 });
    expect(await sendUpload({ token: foreign, uploadId, path: 'x', body: makeCt() })).toMatchObject({
      status: 404,
      problem: gone,
    });
    await expect(createUpload(outsider, { label: '', centreId: world.centres.IGR })).rejects.toMatchObject(
      gone,
    );
  });

  test('a false token is told apart from a missing file', async () => {
    expect(await sendUpload({ token: 'consilium_false', uploadId, path: 'x', body: makeCt() })).toMatchObject(
      {
        status: 401,
        problem: { code: 'unauthenticated' },
      },
    );
  });
});

test('2,000 files of three studies at once: every count is exact', async () => {
  const { secretary } = world.actors;
  const batch = await createUpload(secretary, { label: 'many' });
  const studies = [newUid(), newUid(), newUid()];
  const series = studies.flatMap((studyUid) => [0, 1].map(() => ({ studyUid, seriesUid: newUid() })));
  const files = Array.from({ length: 2000 }, (_, index) => ({
    path: `many/${index}`,
    bytes: makeCt({ ...series[index % series.length], instanceNumber: index, z: index }),
  }));
  const outcomes: string[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let file = files.pop(); file; file = files.pop()) {
        const { path, bytes } = file;
        const source = inPieces(bytes);
        for await (const { outcome } of uploadFile(secretary, {
          batchId: batch.id,
          path,
          size: bytes.length,
          source,
        }))
          outcomes.push(outcome);
      }
    }),
  );
  expect(outcomes.length).toBe(2000);
  expect(new Set(outcomes)).toEqual(new Set(['taken']));
  const rows = await db().study.findMany({
    where: { studyInstanceUid: { in: studies } },
    include: { series: { include: { _count: { select: { instances: true } } } } },
  });
  expect(rows).toHaveLength(3);
  expect(rows.reduce((sum, row) => sum + row.instanceCount, 0)).toBe(2000);
  for (const row of rows) {
    expect(row.seriesCount).toBe(2);
    expect(row.series.map(({ instanceCount }) => instanceCount)).toEqual(
      row.series.map(({ _count }) => _count.instances),
    );
  }
  expect(await db().uploadFile.count({ where: { batchId: batch.id, outcome: 'taken' } })).toBe(2000);
  expect(await db().auditEvent.count({ where: { action: 'instance.store' } })).toBe(
    await db().instance.count(),
  );
  await expect.poll(spooled).toEqual([]);
});
