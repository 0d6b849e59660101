import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath, storePaths } from '@/lib/store/paths.server.ts';
import { createUpload } from '@/lib/store/upload.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { makeZip } from '../fixtures/zip.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { type Answer, sendUpload } from '../setup/send-upload.ts';
import { type SmallDisk, smallDisk } from '../setup/small-disk.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let disk: SmallDisk;
let ballast: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  const folder = path.join(database.dataDir, 'disk');
  await fs.mkdir(folder);
  disk = await smallDisk(folder, 8);
  process.env.DATA_DIR = disk.path;
  await openStore();
  ballast = path.join(disk.path, 'ballast');
  await fs.writeFile(ballast, Buffer.alloc(5_000_000));
});
afterAll(async () => {
  await disk.remove();
  await database.close();
});

test('a full disk: what was taken is whole, what does not fit is said, and all goes on when there is space', async () => {
  const { secretary } = world.actors;
  const { token } = await createToken(secretary, { label: '', days: 1 });
  const { id: uploadId } = await createUpload(secretary, { label: 'full' });
  const studyUid = newUid();
  // Half a megabyte each: ten do not fit beside the ballast.
  const files = Array.from({ length: 10 }, (_, index) => ({
    path: `${index}.dcm`,
    body: makeCt({ studyUid, rows: 512, columns: 512, value: index }),
  }));
  const answers: Answer[] = [];
  for (const file of files) answers.push(await sendUpload({ token, uploadId, ...file }));

  const taken = files.filter((_, index) => answers[index]?.results[0]?.outcome === 'taken');
  const refused = answers.filter(({ status }) => status !== 200);
  expect(taken.length).toBeGreaterThan(0);
  expect(refused.length).toBe(files.length - taken.length);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused)
    expect(answer).toMatchObject({ status: 507, problem: { code: 'storage_full' } });

  await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  const stored = await db().instance.findMany({ orderBy: { receivedAt: 'asc' } });
  expect(stored).toHaveLength(taken.length);
  for (const [index, { sha256 }] of stored.entries())
    expect((await fs.readFile(blobPath(sha256))).equals(taken[index]?.body ?? Buffer.alloc(0))).toBe(true);

  const zip = makeZip([{ name: 'IM1', data: makeCt({ rows: 512, columns: 512, studyUid }) }]);
  const full = Buffer.alloc(6_000_000);
  expect(await sendUpload({ token, uploadId, path: 'big', body: full })).toMatchObject({ status: 507 });

  await fs.rm(ballast);
  for (const file of files) {
    const answer = await sendUpload({ token, uploadId, ...file });
    expect(answer.results).toMatchObject([{ outcome: 'taken' }]);
  }
  expect((await sendUpload({ token, uploadId, path: 'cd.zip', body: zip })).results).toMatchObject([
    { outcome: 'taken' },
  ]);
  const study = await db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } });
  expect(study.instanceCount).toBe(11);
  expect(await db().instance.count()).toBe(11);
});
