import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { errorStatus } from '@/lib/errors.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath, storePaths } from '@/lib/store/paths.server.ts';
import { corpus } from '../fuzz/corpus.ts';
import { makeCase } from '../fuzz/mutate.ts';
import { random } from '../fuzz/random.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

const CASES = 400;
const drawn = Math.floor(Math.random() * 2 ** 31);
let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
});
afterAll(() => database.close());

test.each([1, drawn])('mutated objects through the one way in, seed %i', async (seed) => {
  const centreId = world.centres.IGR;
  const actor: Actor = {
    personId: null,
    displayName: 'AE FUZZ',
    memberships: [{ centreId, role: 'physicist', specialty: null }],
    locale: 'en',
    door: 'dimse',
  };
  const all = corpus();
  for (let number = 0; number < CASES; number++) {
    const bytes = makeCase(seed, number, all);
    const dice = random(number);
    const source = inPieces(bytes, 1 + dice.integer(70_000));
    const result = await ingestInstance({ actor, centreId, source, sourceName: `${seed}-${number}` });
    const label = `seed ${seed} case ${number}`;
    expect(result.size, label).toBe(bytes.length);
    if (result.outcome === 'taken') {
      // What is taken comes out byte for byte, and is to be seen as a whole.
      const row = await db().instance.findUniqueOrThrow({
        where: {
          centreId_sopInstanceUid: { centreId, sopInstanceUid: result.sopInstanceUid ?? '' },
        },
        include: { series: { include: { study: true } } },
      });
      expect(row.sha256, label).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(bytes.equals(await fs.readFile(blobPath(row.sha256))), label).toBe(true);
      expect(row.series.study.studyInstanceUid, label).toBe(result.studyUid);
    } else if (result.outcome !== 'known') {
      expect(Object.keys(errorStatus), label).toContain(result.reason);
    }
  }
  await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  // Nothing is half there: every instance has its bytes, every series and study its instances.
  const instances = await db().instance.findMany({ select: { sha256: true } });
  for (const { sha256 } of instances) await fs.access(blobPath(sha256));
  expect(await db().series.count({ where: { instances: { none: {} } } })).toBe(0);
  expect(await db().study.count({ where: { series: { none: {} } } })).toBe(0);
});

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
