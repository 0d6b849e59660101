import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { seriesMetadata } from '@/lib/store/series-metadata.server.ts';
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

test('everybody in a room asks for a series at the same time, for the first time, and all get it', async () => {
  const uids = { studyUid: newUid(), seriesUid: newUid() };
  const files = Array.from({ length: 12 }, (_, index) => ({
    path: `${index}.dcm`,
    bytes: makeCt({ ...uids, instanceNumber: 12 - index, z: index }),
  }));
  await ingestFiles(world.actors.secretary, world.centres.IGR, files);
  const { id } = await db().series.findFirstOrThrow({ where: { seriesInstanceUid: uids.seriesUid } });
  const ask = () => seriesMetadata(id, 'http://consilium.example/dicomweb');

  const answers = await Promise.all(Array.from({ length: 8 }, ask));
  const kept = await ask();
  for (const { gzipped, etag } of answers) {
    expect(etag).toBe(kept.etag);
    expect(gzipped.equals(kept.gzipped)).toBe(true);
  }
  const instances = JSON.parse(gunzipSync(kept.gzipped).toString()) as Record<string, { Value: number[] }>[];
  expect(instances.map((instance) => instance['00200013']?.Value[0])).toEqual(
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
});
