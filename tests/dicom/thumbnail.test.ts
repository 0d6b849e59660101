import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { makeThumbnail } from '@/lib/store/make-thumbnail.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import { readThumbnail } from '@/lib/store/read-study.server.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
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

test('a picture that a restore left out is made again, and its absence is no failure', async () => {
  const { secretary, outsider } = world.actors;
  const seriesUid = newUid();
  await ingestFiles(secretary, world.centres.IGR, [
    { path: 'one.dcm', bytes: makeCt({ seriesUid, rows: 64, columns: 64 }) },
  ]);
  const { id, studyId } = await db().series.findFirstOrThrow({ where: { seriesInstanceUid: seriesUid } });
  expect(await makeThumbnail(id)).toBe('ready');
  const picture = await readThumbnail(secretary, studyId, id);
  expect(Buffer.from(picture.subarray(8, 12)).toString()).toBe('WEBP');

  const looks = { action: 'study.read', actorId: secretary.personId, resourceId: studyId };
  await readThumbnail(secretary, studyId, id);
  expect(await db().auditEvent.count({ where: looks }), 'one row an hour').toBe(1);

  await fs.rm(path.join(storePaths().derived, 'thumbnails'), { recursive: true });
  await expect(readThumbnail(secretary, studyId, id)).rejects.toMatchObject({ code: 'not_found' });
  const { thumbnail } = await db().series.findUniqueOrThrow({ where: { id } });
  expect(thumbnail, 'what the sweep of the jobs looks for').toBe('none');
  await makeThumbnail(id);
  expect(await readThumbnail(secretary, studyId, id)).toEqual(picture);
  await expect(readThumbnail(outsider, studyId, id)).rejects.toMatchObject({ code: 'not_found' });
});
