import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { queryStore, type StoreQuery } from '@/lib/store/query.server.ts';
import { unmatchedKeys } from '@/lib/store/query-attributes.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
const first = { studyUid: newUid(), seriesUid: newUid() };

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  const files = [
    ...[1, 2, 3].map((instanceNumber) =>
      makeCt({
        ...first,
        instanceNumber,
        patientName: 'Buc^Jérôme=山田^太郎',
        patientId: 'A_1',
        studyDate: '20250102',
        extra: [
          [0x00080030, 'TM', '101530'],
          [0x00080050, 'SH', 'ACC1'],
          [0x00080090, 'PN', 'HOUSE^GREGORY'],
          [0x00080070, 'LO', 'ACME'],
          [0x00204000, 'LT', `comment ${instanceNumber}`],
        ],
      }),
    ),
    makeCt({ patientName: 'SMITH^JOHN', patientId: 'AX1', studyDate: '20250203' }),
    makeCt({ patientName: 'SMITHERS^ANNE MARIE', patientId: 'B2', studyDate: '20260101' }),
  ].map((bytes, index) => ({ path: `${index}`, bytes }));
  await ingestFiles(world.actors.secretary, world.centres.IGR, files);
});
afterAll(() => database.close());

const ask = (query: Partial<StoreQuery>, actor = world.actors.secretary) =>
  queryStore(actor, { level: 'STUDY', keys: {}, include: [], fuzzy: false, limit: 100, offset: 0, ...query });
const ids = async (keys: Record<string, string>, more: Partial<StoreQuery> = {}) =>
  (await ask({ keys, ...more })).map((row) => row['00100020']?.Value?.[0]).sort();

describe('matching at study level', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['universal', { '00100010': '*' }, ['AX1', 'A_1', 'B2']],
    ['a single value; LIKE’s underscore is a letter', { '00100020': 'A_1' }, ['A_1']],
    ['a wildcard with an underscore', { '00100020': 'A_*' }, ['A_1']],
    ['one character', { '00100020': 'A?1' }, ['AX1', 'A_1']],
    ['a name without case or accent', { '00100010': 'BUC^JEROME' }, ['A_1']],
    ['a name by its ideographic group', { '00100010': '山田*' }, ['A_1']],
    ['a name’s beginning', { '00100010': 'smith*' }, ['AX1', 'B2']],
    ['a name’s middle', { '00100010': '*TH^*' }, ['AX1']],
    ['a name with both wildcards', { '00100010': 'sm?th*j*n' }, ['AX1']],
    ['a range of dates', { '00080020': '20250101-20250228' }, ['AX1', 'A_1']],
    ['an open range', { '00080020': '20250103-' }, ['AX1', 'B2']],
    ['a time', { '00080030': '1015' }, ['A_1']],
    ['accession number', { '00080050': 'ACC1' }, ['A_1']],
    ['referring physician', { '00080090': 'house*' }, ['A_1']],
    ['modalities in study', { '00080061': 'CT' }, ['AX1', 'A_1', 'B2']],
    ['modalities in study, none', { '00080061': 'MR' }, []],
    ['a list of UIDs', { '0020000D': `${first.studyUid}\\1.2.3` }, ['A_1']],
    ['SOP classes in study', { '00080062': '1.2.840.10008.5.1.4.1.1.2', '00100020': 'B2' }, ['B2']],
    ['two keys', { '00100010': 'smith*', '00080020': '2025-'.replace('2025-', '20260101-') }, ['B2']],
  ])('%s', async (_, keys, expected) => expect(await ids(keys)).toEqual(expected));

  test('fuzzy: words in any order by their beginnings', async () => {
    expect(await ids({ '00100010': 'jer buc' }, { fuzzy: true })).toEqual(['A_1']);
    expect(await ids({ '00100010': 'mar smi' }, { fuzzy: true })).toEqual(['B2']);
    expect(await ids({ '00100010': 'ith' }, { fuzzy: true })).toEqual([]);
  });

  test('date and time as one moment, where the door asks for it', async () => {
    const keys = { '00080020': '20250101-20250102', '00080030': '110000-101600' };
    expect(await ids(keys, { combinedDateTime: true })).toEqual(['A_1']);
    expect(await ids(keys)).toEqual([]);
  });

  test('a date that is none is said, not guessed', async () => {
    await expect(ask({ keys: { '00080020': 'yesterday' } })).rejects.toMatchObject({
      code: 'dicomweb_bad_value',
    });
    await expect(ask({ level: 'SERIES', keys: { '00200011': 'x' } })).rejects.toMatchObject({
      code: 'dicomweb_bad_value',
    });
  });

  test('limit and offset, with and without tests of rows', async () => {
    const all = await ask({});
    expect(await ask({ limit: 1, offset: 1 })).toEqual(all.slice(1, 2));
    const some = await ask({ keys: { '00100010': 's*i?h*' } });
    expect(some).toHaveLength(2);
    expect(await ask({ keys: { '00100010': 's*i?h*' }, limit: 1, offset: 1 })).toEqual(some.slice(1));
  });
});

test('counts, and an attribute without a value has only its VR', async () => {
  const [row] = await ask({
    keys: { '00100020': 'A_1' },
    include: ['00080062', '00201200', '00201204'],
  });
  expect(row).toMatchObject({
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Buc^Jérôme', Ideographic: '山田^太郎' }] },
    '00080062': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
    '00200010': { vr: 'SH' },
    '00201200': { vr: 'IS', Value: [1] },
    '00201204': { vr: 'IS', Value: [3] },
    '00201206': { vr: 'IS', Value: [1] },
    '00201208': { vr: 'IS', Value: [3] },
  });
  expect(row?.['00200010']).toEqual({ vr: 'SH' });
});

test('patient level: one answer per patient of a centre', async () => {
  const rows = await ask({ level: 'PATIENT', keys: { '00100020': 'A*' }, include: ['00201200'] });
  expect(rows.map((row) => row['00100020']?.Value?.[0])).toEqual(['AX1', 'A_1']);
  expect(rows[0]?.['0020000D']).toBeUndefined();
});

test('series and image levels, with what only the headers say', async () => {
  const [series] = await ask({
    level: 'SERIES',
    keys: { '0020000D': first.studyUid, '00080070': 'AC*' },
    include: ['00080070', '00204000'],
  });
  expect(series).toMatchObject({ '00201209': { Value: [3] }, '00080070': { vr: 'LO', Value: ['ACME'] } });
  expect(
    series?.['00204000'],
    'differs from instance to instance: no attribute of the series',
  ).toBeUndefined();

  const images = await ask({
    level: 'IMAGE',
    keys: { '0020000E': first.seriesUid, '00204000': 'comment 2' },
    include: ['00204000'],
  });
  expect(images).toHaveLength(1);
  expect(images[0]).toMatchObject({ '00200013': { Value: [2] }, '00204000': { Value: ['comment 2'] } });
  expect(await ask({ level: 'IMAGE', keys: { '00200013': '3', '0020000E': first.seriesUid } })).toHaveLength(
    1,
  );
  const [all] = await ask({
    level: 'IMAGE',
    keys: { '0020000E': first.seriesUid },
    include: 'all',
    limit: 1,
  });
  expect(all).toHaveProperty('00280030');
});

test('nothing of another centre’s is found; a node is its centre', async () => {
  expect(await ask({}, world.actors.outsider)).toEqual([]);
  expect(await ask({ level: 'IMAGE' }, world.actors.outsider)).toEqual([]);
  const node = (centreId: string) => ({
    personId: null,
    displayName: 'AE PACS',
    memberships: [{ centreId, role: 'physicist' as const, specialty: null }],
    locale: 'en' as const,
    door: 'dimse' as const,
  });
  const query: StoreQuery = { level: 'STUDY', keys: {}, include: [], fuzzy: false, limit: 10, offset: 0 };
  expect(await queryStore(node(world.centres.IGR), query)).toHaveLength(3);
  expect(await queryStore(node(world.centres.CGFL), query)).toEqual([]);
  const audit = await db().auditEvent.findFirstOrThrow({
    where: { actorName: 'AE PACS', centreId: world.centres.IGR },
  });
  expect(audit).toMatchObject({ action: 'study.list', details: { count: 3, level: 'STUDY' } });
});

test('what is hidden is not found', async () => {
  await db().study.updateMany({ where: { patientId: 'B2' }, data: { hiddenAt: new Date() } });
  expect(await ids({})).toEqual(['AX1', 'A_1']);
  await db().study.updateMany({ where: { patientId: 'B2' }, data: { hiddenAt: null } });
});

test('keys that cannot be matched are named', () => {
  expect(
    unmatchedKeys('STUDY', { '00080060': 'CT', '00080070': 'ACME', '00100020': 'x', '00080018': '' }),
  ).toEqual(['00080060', '00080070']);
  expect(unmatchedKeys('SERIES', { '00080070': 'ACME' })).toEqual([]);
});
