import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import type { FileResult } from '@/lib/store/schema.ts';
import { ingestZip } from '@/lib/store/zip.server.ts';
import { makeCt } from '../fixtures/dicom.ts';
import { makeZip } from '../fixtures/zip.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
});
afterAll(() => database.close());

async function take(zip: Buffer): Promise<FileResult[]> {
  const results: FileResult[] = [];
  async function* source() {
    yield zip;
  }
  const actor = world.actors.secretary;
  const input = { actor, centreId: world.centres.IGR, source: source(), name: 'a.zip' };
  for await (const result of ingestZip(input)) results.push(result);
  // What is in the index is tidied up behind the answer.
  await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  return results;
}

/** One entry's bytes, named `times` times in the directory. */
function overlapping(times: number): Buffer {
  const zip = makeZip([{ name: 'x', data: Buffer.alloc(100_000, 'x') }]);
  const directory = zip.indexOf(Buffer.from('504b0102', 'hex'));
  const end = zip.indexOf(Buffer.from('504b0506', 'hex'));
  const record = zip.subarray(directory, end);
  const tail = Buffer.from(zip.subarray(end));
  tail.writeUInt16LE(times, 8);
  tail.writeUInt16LE(times, 10);
  tail.writeUInt32LE(record.length * times, 12);
  return Buffer.concat([zip.subarray(0, directory), ...Array.from({ length: times }, () => record), tail]);
}

test('entries that lie over each other are not read again and again', async () => {
  const results = await take(overlapping(5_000));
  expect(results).toHaveLength(2);
  expect(results.at(-1)).toMatchObject({ outcome: 'refused', reason: 'zip_entry_refused' });
});

test('what claims to shrink more than deflate can is refused by itself', async () => {
  const results = await take(
    makeZip([
      { name: 'bomb', data: Buffer.alloc(1000), claimedSize: 4_000_000_000 },
      { name: 'ct.dcm', data: makeCt() },
    ]),
  );
  expect(results).toMatchObject([
    { path: 'a.zip/bomb', outcome: 'refused', reason: 'zip_entry_refused' },
    { path: 'a.zip/ct.dcm', outcome: 'taken' },
  ]);
});

test('all of it together may not be 200 times the zip, beyond the first gigabyte', async () => {
  const entries = Array.from({ length: 20 }, (_, index) => ({
    name: `${index}`,
    data: randomBytes(100_000),
    claimedSize: 100_000_000,
  }));
  const results = await take(makeZip(entries));
  expect(results.slice(0, -1).map((one) => one.reason)).toEqual(Array(10).fill('zip_damaged'));
  expect(results.at(-1)).toMatchObject({ reason: 'zip_entry_refused', detail: 'too much in one zip' });
});

test('a zip in a zip is no DICOM', async () => {
  const inner = makeZip([{ name: 'ct.dcm', data: makeCt() }]);
  expect(await take(makeZip([{ name: 'inner.zip', data: inner }]))).toMatchObject([
    { outcome: 'refused', reason: 'not_dicom' },
  ]);
});

test.each([
  ['a null', 'a\0b.dcm', 'taken'],
  ['60 kB', 'x'.repeat(60_000), 'taken'],
  ['a way out', '../../etc/passwd', 'refused'],
  ['a path from the root', '/etc/passwd', 'refused'],
])('a name with %s is only ever shown', async (_, name, outcome) => {
  const [result] = await take(makeZip([{ name, data: makeCt() }]));
  expect(result).toMatchObject({ outcome });
  expect(result?.path.length).toBeLessThan(400);
  expect(result?.path).not.toContain('\0');
});
