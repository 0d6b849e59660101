import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { planExport } from '@/lib/store/export-plan.server.ts';
import { exportQuerySchema } from '@/lib/store/export-schema.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
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

/** Record types and their counts, as DCMTK reads a directory. */
function types(file: string): Record<string, number> {
  const dump = execFileSync('dcmdump', ['+P', '0004,1430', '-q', file]).toString('latin1');
  const counts: Record<string, number> = {};
  for (const [, type = ''] of dump.matchAll(/CS \[([^\]]*?)\s*\]/g)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

async function* filesOf(folder: string): AsyncGenerator<{ path: string; bytes: Buffer }> {
  for (const name of await fs.readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (/\.dcm$/i.test(name)) yield { path: name, bytes: await fs.readFile(file) };
  }
}

test.each([
  ['rt_breast_dicompyler', ['IMAGE', 'RT STRUCTURE SET', 'RT PLAN', 'RT DOSE']],
  ['mr_prostatex_0207', ['IMAGE', 'SR DOCUMENT']],
  ['seg_misc/highdicom', ['IMAGE', 'SR DOCUMENT']],
])('the directory of %s is what DCMTK makes of the same files', async (set, expected) => {
  const before = new Set((await db().study.findMany({ select: { id: true } })).map(({ id }) => id));
  const files: { path: string; bytes: Buffer }[] = [];
  for await (const file of filesOf(`../shared/data/${set}`)) files.push(file);
  await ingestFiles(world.actors.secretary, world.centres.IGR, files);
  const studies = await db().study.findMany({ where: { id: { notIn: [...before] } }, select: { id: true } });
  const plan = await planExport(
    studies.map(({ id }) => id),
    exportQuerySchema.parse({ form: 'as-stored' }),
  );
  const folder = await fs.mkdtemp(path.join(database.dataDir, 'export-'));
  for (const { name, size, open } of plan.objects) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, await open());
    expect((await fs.stat(file)).size).toBe(size);
  }
  await fs.writeFile(path.join(folder, 'DICOMDIR'), plan.dicomdir);
  const ours = types(path.join(folder, 'DICOMDIR'));
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(expected));
  const patients = (await fs.readdir(folder)).filter((name) => name.startsWith('PT'));
  const theirs = path.join(folder, 'THEIRS');
  // Invents what these anonymised files lack, such as a Study ID.
  execFileSync('dcmmkdir', [
    '-q',
    '+r',
    '+I',
    '+D',
    theirs,
    '--general-purpose',
    '-Nxc',
    '+id',
    folder,
    ...patients,
  ]);
  expect(ours).toEqual(types(theirs));
});
