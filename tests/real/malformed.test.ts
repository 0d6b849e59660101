import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostile } from '../fixtures/hostile.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld } from '../setup/world.ts';
import { oddFiles } from './odd-files.ts';

const sets = ['malformed_zoo', 'ts_zoo', 'geometry_odd', 'enhanced_multiframe', 'seg_misc', 'charset_zoo'];
type Line = { name: string; outcome: string; detail: string; ms: number };
let database: TestDatabase;
let lines: Line[];
let grown: number;
let blockedMs: number;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createWorld();
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    DATA_DIR: database.dataDir,
    CENTRE: world.centres.IGR,
    LOG_LEVEL: 'error',
  };
  const folders = sets.map((set) => `../shared/data/${set}`);
  const args = ['tests/fixtures/ingest-child.ts', ...folders];
  const { stdout } = await promisify(execFile)('node_modules/.bin/tsx', args, { env, maxBuffer: 1e8 });
  ({ lines, grown, blockedMs } = JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}, 300_000);
afterAll(() => database.close());

const outcomeOf = (name: string) => lines.find((line) => line.name === name);

test.each(oddFiles.map(([name, ...rest]) => [name, rest] as const))(
  '%s: %j',
  (name, [outcome, detail = '']) => {
    expect(outcomeOf(name)).toMatchObject({ outcome, detail: expect.stringContaining(detail) });
  },
);

test('all others of these sets are taken, or are another form of an object that was', () => {
  const named = new Set<string>([...oddFiles.map(([name]) => name), ...hostile.map((one) => one.name)]);
  const others = lines.filter((line) => !named.has(line.name));
  expect(others.length).toBeGreaterThan(120);
  for (const { name, outcome } of others)
    expect([name, outcome]).toEqual([
      name,
      expect.stringMatching(/^(taken|known|quarantined dicom_same_uid_other_bytes)$/),
    ]);
});

test.each(hostile.map((one) => [one.name, one] as const))('%s', (name, { outcome, detail }) => {
  expect(outcomeOf(name)?.outcome).toBe(outcome);
  if (detail) expect(outcomeOf(name)?.detail).toMatch(detail);
});

test('all of it together took less than 512 MB more than the process has at rest', () => {
  console.log(`memory above rest: ${grown} MB; longest wait of the event loop: ${blockedMs} ms`);
  expect(grown).toBeLessThan(512);
});
