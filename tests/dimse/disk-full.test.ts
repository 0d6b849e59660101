import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore as connect } from '@/lib/dimse/client.server.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { type SmallDisk, smallDisk } from '../setup/small-disk.ts';
import { createWorld } from '../setup/world.ts';
import { CT_IMAGE, dataSetOf, EXPLICIT, openListener, peerOf } from './support.ts';

let database: TestDatabase;
let disk: SmallDisk;
let listener: Listener;
let ballast: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createWorld();
  const folder = path.join(database.dataDir, 'disk');
  await fs.mkdir(folder);
  disk = await smallDisk(folder, 8);
  process.env.DATA_DIR = disk.path;
  await openStore();
  ballast = path.join(disk.path, 'ballast');
  await fs.writeFile(ballast, Buffer.alloc(5_000_000));
  listener = await openListener(world.centres);
});
afterAll(async () => {
  await listener.close();
  await disk.remove();
  await database.close();
});

test('a full disk is A700 on an association that goes on, and success again when there is space', async () => {
  const connection = await connect(peerOf(listener.port), [
    { sopClassUid: CT_IMAGE, transferSyntaxUid: EXPLICIT },
  ]);
  const send = (sopInstanceUid: string, file: Buffer) =>
    connection.store({
      ...{ sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT },
      dataSet: (async function* () {
        yield dataSetOf(file);
      })(),
    });
  const studyUid = newUid();
  // Half a megabyte each: ten do not fit beside the ballast.
  const files = Array.from({ length: 10 }, (_, value) => {
    const sopUid = newUid();
    return { sopUid, file: makeCt({ sopUid, studyUid, rows: 512, columns: 512, value }) };
  });
  const statuses: number[] = [];
  for (const { sopUid, file } of files) statuses.push((await send(sopUid, file)).status);
  expect(statuses[0]).toBe(0);
  expect(statuses).toContain(0xa700);
  expect(statuses.every((status) => status === 0 || status === 0xa700)).toBe(true);
  expect(await db().instance.count()).toBe(statuses.filter((status) => status === 0).length);

  await fs.rm(ballast);
  for (const { sopUid, file } of files) expect(await send(sopUid, file)).toMatchObject({ status: 0 });
  expect(await db().instance.count()).toBe(files.length);
  await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  await connection.release();
});
