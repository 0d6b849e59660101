import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { sweepOrphans } from '@/lib/store/sweep-orphans.server.ts';
import { type CtOptions, makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { inPieces } from '../setup/send-upload.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
});
afterAll(() => database.close());

const ingest = (bytes: Buffer, options: { hidden?: boolean } = {}) =>
  ingestInstance({
    actor: world.actors.secretary,
    centreId: world.centres.IGR,
    source: inPieces(bytes, 5000),
    sourceName: 'test',
    ...options,
  });

/** The same object as another program writes it: other file meta, other preamble. */
function fromAnotherDoor(file: Buffer): Buffer {
  const other = Buffer.from(file);
  other.write('2.25.2', other.indexOf('2.25.1'), 'latin1');
  other.fill(0x49, 0, 128);
  return other;
}

const ids = (): CtOptions => ({
  sopUid: newUid(),
  seriesUid: newUid(),
  studyUid: newUid(),
  frameOfReferenceUid: newUid(),
});

describe('the same SOP Instance UID again', () => {
  test('with other file meta and preamble only: known, and noted', async () => {
    const file = makeCt(ids());
    const first = await ingest(file);
    expect(first.outcome).toBe('taken');
    expect(await ingest(fromAnotherDoor(file))).toMatchObject({ outcome: 'known', reason: null });
    const resourceId = first.sopInstanceUid ?? '';
    expect(await db().auditEvent.count({ where: { resourceId, action: 'instance.known' } })).toBe(1);
    expect(await db().quarantinedObject.count({ where: { sopInstanceUid: resourceId } })).toBe(0);
  });

  test.each<[string, CtOptions]>([
    ['other pixels', { value: 7 }],
    ['another value in the header', { patientName: 'SOMEBODY^ELSE' }],
    ['another element behind the pixels', { extra: [[0xfffcfffc, 'OB', Buffer.from([1, 2])]] }],
  ])('with %s: quarantined, both kept', async (_, difference) => {
    const same = ids();
    expect((await ingest(makeCt(same))).outcome).toBe('taken');
    expect(await ingest(makeCt({ ...same, ...difference }))).toMatchObject({
      outcome: 'quarantined',
      reason: 'dicom_same_uid_other_bytes',
    });
  });
});

test('what comes for a study that is not shown is kept aside; a correction in the making goes in', async () => {
  const same = ids();
  await ingest(makeCt(same));
  await db().study.updateMany({
    where: { studyInstanceUid: same.studyUid ?? '' },
    data: { hiddenAt: new Date(), hiddenBecause: 'deleted' },
  });
  expect(await ingest(makeCt({ ...same, sopUid: newUid() }))).toMatchObject({
    outcome: 'quarantined',
    reason: 'study_hidden',
  });
  expect(await ingest(makeCt({ ...same, sopUid: newUid() }), { hidden: true })).toMatchObject({
    outcome: 'taken',
  });
});

test('the sweep takes blobs that nothing names, and leaves alone what is named or may be on its way', async () => {
  const file = makeCt(ids());
  await ingest(file);
  await ingest(fromAnotherDoor(file));
  const named = await db().instance.count();
  expect(await sweepOrphans()).toBe(0);
  expect(await sweepOrphans(-1)).toBeGreaterThan(0);
  expect(await sweepOrphans(-1)).toBe(0);
  expect(await db().instance.count()).toBe(named);
  expect(await ingest(file)).toMatchObject({ outcome: 'known' });
});

test('many at once, of one study and of many: every count is exact, each has its audit row', async () => {
  const studyUid = newUid();
  const seriesUid = newUid();
  const files = Array.from({ length: 120 }, (_, index) =>
    makeCt(index % 2 === 0 ? { studyUid, seriesUid, instanceNumber: index } : {}),
  );
  const results = await Promise.all(files.map((file) => ingest(file)));
  expect(results.every(({ outcome }) => outcome === 'taken')).toBe(true);
  const study = await db().study.findFirstOrThrow({
    where: { studyInstanceUid: studyUid },
    include: { series: true },
  });
  expect(study).toMatchObject({ instanceCount: 60, seriesCount: 1, modalities: ['CT'] });
  expect(study.series[0]).toMatchObject({ instanceCount: 60, revision: 60 });
  const uids = results.map(({ sopInstanceUid }) => sopInstanceUid ?? '');
  expect(await db().auditEvent.count({ where: { action: 'instance.store', resourceId: { in: uids } } })).toBe(
    120,
  );
});
