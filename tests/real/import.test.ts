import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

const run = promisify(execFile);
let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

type Summary = { taken: number; known: number; quarantined: number; refused: number; lines: string[] };

/** `npm run import` itself, on a set of the real data, into one centre. */
async function importSet(set: string, centre: string): Promise<Summary> {
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: database.dataDir, LOG_LEVEL: 'error' };
  const args = ['run', '-s', 'import', '--', `../shared/data/${set}`, '--centre', centre];
  const { stdout } = await run('npm', args, { env, maxBuffer: 1e8 });
  const lines = stdout.trim().split('\n');
  const counts = /^(\d+) taken, (\d+) known already, (\d+) quarantined, (\d+) refused$/.exec(
    lines.at(-1) ?? '',
  );
  if (!counts) throw new Error(`no summary: ${stdout}`);
  const [taken = 0, known = 0, quarantined = 0, refused = 0] = counts.slice(1).map(Number);
  return { taken, known, quarantined, refused, lines };
}

describe('the real sets, twice: every object taken, then every object known already', () => {
  test.each([
    // set, DICOM objects, other files in its folder (masks, truth tables)
    ['ct_rtstruct_lung1_001', 137, 0],
    ['ctptmr_sts_002', 134, 3],
    ['ctptmr_sts_003', 152, 3],
    ['geometry_odd', 8, 0],
    ['ibsi_phantoms', 63, 6],
    ['mr_prostatex_0207', 94, 0],
    ['mr_seg_breast_ucsf06', 61, 0],
    ['petct_acrin_nsclc_042', 412, 0],
    ['rt_breast_dicompyler', 4, 0],
  ])('%s: %i objects', async (set, objects, others) => {
    expect(await importSet(set, 'IGR')).toMatchObject({
      taken: objects,
      known: 0,
      quarantined: 0,
      refused: others,
    });
    expect(await importSet(set, 'IGR')).toMatchObject({
      taken: 0,
      known: objects,
      quarantined: 0,
      refused: others,
    });
  });
});

test('one SOP instance in several transfer syntaxes: the first is taken, the others are kept aside', async () => {
  const first = await importSet('ts_zoo', 'CLB');
  // Five files of this set have no Study or SOP Instance UID.
  expect(first.refused).toBe(5);
  expect(first.taken + first.quarantined + first.known).toBe(72);
  expect(first.quarantined).toBeGreaterThanOrEqual(15);
  const second = await importSet('ts_zoo', 'CLB');
  expect(second).toMatchObject({
    taken: 0,
    refused: 5,
    known: first.taken + first.known,
    quarantined: first.quarantined,
  });
});

test('every malformed file has its reason, and the others of its folder are taken', async () => {
  const { taken, known, quarantined, refused, lines } = await importSet('malformed_zoo', 'CTY');
  expect(taken + known + quarantined + refused).toBe(38);
  expect(refused).toBeGreaterThanOrEqual(18);
  for (const line of lines.filter((one) => one.startsWith('refused:')))
    expect(line).toMatch(/^refused: .+: .{10,}/);
  expect(lines.find((line) => line.includes('MR_truncated'))).toMatch(/refused/);
});

test('names of every character set are read as FileInfo.txt states them', async () => {
  await importSet('charset_zoo', 'CGFL');
  const studies = await db().study.findMany({ where: { centreId: world.centres.CGFL } });
  const names = new Set(studies.map((study) => displayName(study.patientName)));
  for (const name of [
    'قباني لنزار',
    'Buc Jérôme',
    'Äneas Rüdiger',
    'Διονυσιος',
    'Yamada Tarou (山田 太郎)',
    'ﾔﾏﾀﾞ ﾀﾛｳ (山田 太郎)',
    'שרון דבורה',
    'Hong Gildong (洪 吉洞)',
    '김희중',
    'Люкceмбypг',
    'Wang XiaoDong (王 小東)',
    'Wang XiaoDong (王 小东)',
  ]) {
    expect(names).toContain(name);
  }
});
