import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { GET } from '@/app/api/studies/[studyId]/export/route.ts';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { hodgkinFiles, hodgkinPatient, hodgkinPlanes } from '@/lib/phantom/hodgkin.ts';
import { exportQuerySchema } from '@/lib/store/export-schema.ts';
import { previewExport } from '@/lib/store/export-studies.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { part10 } from '../fixtures/dicom-writer.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let phantomStudy: string;
let hostileStudy: string;
let riskyStudy: string;
const patient = hodgkinPatient(1);
const phantom = [
  ...hodgkinFiles(1, { planes: { ...hodgkinPlanes, count: 4 }, pet: { first: 100, last: 102 } }),
];
const polyglot = makeCt({
  patientId: '../../etc/passwd',
  patientName: '..\\..\\EVIL^NAME',
  seriesUid: newUid(),
});
polyglot.write('MZ this is a program', 0);

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  phantomStudy = await study(phantom);
  hostileStudy = await study([{ path: '1', bytes: polyglot }]);
  const uids = { studyUid: newUid(), seriesUid: newUid() };
  const capture = part10({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
    sopInstanceUid: newUid(),
    elements: [
      [0x00080060, 'CS', 'OT'],
      [0x00100020, 'LO', 'R1'],
      [0x0020000d, 'UI', uids.studyUid],
      [0x0020000e, 'UI', newUid()],
      [0x00280010, 'US', 1],
      [0x00280011, 'US', 2],
      [0x00280100, 'US', 8],
      [0x7fe00010, 'OB', Buffer.from([1, 2])],
    ],
  });
  riskyStudy = await study([
    { path: '1', bytes: makeCt({ ...uids, patientId: 'R1' }) },
    { path: '2', bytes: capture },
  ]);
});
afterAll(() => database.close());

async function study(files: { path: string; bytes: Uint8Array }[]): Promise<string> {
  const known = new Set((await db().study.findMany({ select: { id: true } })).map(({ id }) => id));
  await ingestFiles(world.actors.secretary, world.centres.IGR, files);
  const made = await db().study.findFirstOrThrow({ where: { id: { notIn: [...known] } } });
  return made.id;
}

async function ask(actor: AuthenticatedActor, studyId: string, query = ''): Promise<Response> {
  const { token } = await createToken(actor, { label: '', days: 1 });
  const request = new Request(`http://localhost/api/studies/${studyId}/export?${query}`, {
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
  });
  return GET(request, { params: Promise.resolve({ studyId }) });
}

/** The zip unpacked into a folder; its names and bytes. */
async function unpacked(response: Response): Promise<{ folder: string; files: Map<string, Buffer> }> {
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBe(Number(response.headers.get('content-length')));
  const folder = await fs.mkdtemp(path.join(database.dataDir, 'export-'));
  const files = new Map<string, Buffer>();
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true });
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    files.set(entry.fileName, Buffer.concat(parts));
    await fs.mkdir(path.join(folder, path.dirname(entry.fileName)), { recursive: true });
    await fs.writeFile(path.join(folder, entry.fileName), Buffer.concat(parts));
  }
  return { folder, files };
}

const objects = (files: Map<string, Buffer>) => [...files].filter(([name]) => name !== 'DICOMDIR');
const auditRows = (studyId: string) =>
  db().auditEvent.findMany({
    where: { action: 'study.export', resourceId: studyId },
    orderBy: { id: 'asc' },
  });

/** What DCMTK reads of a directory: record types and File IDs, in their order. */
function directory(file: string): { types: string[]; files: string[] } {
  const dump = execFileSync('dcmdump', ['+P', '0004,1430', '+P', '0004,1500', '-q', file]).toString('latin1');
  const values = (tag: string) =>
    [...dump.matchAll(new RegExp(`^\\s*\\(${tag}\\) CS \\[([^\\]]*)\\]`, 'gm'))].map(
      ([, value]) => value?.trim() ?? '',
    );
  return { types: values('0004,1430'), files: values('0004,1500') };
}

describe('a de-identified export', () => {
  test('is the default, has all objects, and nothing in it names the patient', async () => {
    const { files } = await unpacked(await ask(world.actors.chair, phantomStudy));
    expect(objects(files)).toHaveLength(phantom.length);
    for (const [, bytes] of files)
      for (const secret of [
        patient.name,
        patient.id,
        patient.birthDate,
        patient.accessionNumber,
        patient.studyDate,
      ])
        expect(bytes.includes(secret)).toBe(false);
  });

  test('has a DICOMDIR that DCMTK reads as it would have made it', async () => {
    const { folder, files } = await unpacked(await ask(world.actors.chair, phantomStudy));
    const ours = directory(path.join(folder, 'DICOMDIR'));
    const names = objects(files).map(([name]) => name);
    expect(ours.files.map((id) => id.replaceAll('\\', '/')).sort()).toEqual([...names].sort());
    for (const name of names) expect(name).toMatch(/^([A-Z0-9_]{1,8}\/){3}[A-Z0-9_]{1,8}$/);
    const theirs = path.join(folder, 'THEIRS');
    execFileSync('dcmmkdir', ['+r', '+D', theirs, '--general-purpose', '+id', folder, 'PT000001'], {
      env: { ...process.env, DCMDICTPATH: process.env.DCMDICTPATH ?? '' },
    });
    const made = directory(theirs);
    expect(count(ours.types)).toEqual(count(made.types));
    expect(ours.files.sort()).toEqual(made.files.sort());
  });

  test('leaves one audit row per study with what was chosen, before the first byte', async () => {
    const before = (await auditRows(phantomStudy)).length;
    const response = await ask(world.actors.chair, phantomStudy, 'keep=patient&clean=descriptors');
    expect((await auditRows(phantomStudy)).slice(before)).toMatchObject([
      {
        details: {
          form: 'deidentified',
          dates: 'shifted',
          keep: 'patient',
          clean: 'descriptors',
          objects: phantom.length,
          leftOut: 0,
        },
      },
    ]);
    await response.body?.cancel();
  });

  test('twice the same: what goes to a colleague today fits what went last year', async () => {
    const one = await unpacked(await ask(world.actors.chair, phantomStudy));
    const two = await unpacked(await ask(world.actors.chair, phantomStudy));
    expect(objects(one.files).map(([name, bytes]) => [name, bytes.toString('base64')])).toEqual(
      objects(two.files).map(([name, bytes]) => [name, bytes.toString('base64')]),
    );
  });
});

test('who stops downloading leaves no file open', async () => {
  const large = await study(
    Array.from({ length: 4 }, (_, index) => ({
      path: String(index),
      bytes: makeCt({
        studyUid: '2.25.77',
        seriesUid: '2.25.78',
        rows: 1024,
        columns: 1024,
        instanceNumber: index,
      }),
    })),
  );
  const open = async () => {
    const links = await Promise.all(
      (await fs.readdir('/proc/self/fd')).map((fd) => fs.readlink(`/proc/self/fd/${fd}`).catch(() => '')),
    );
    // The files: folders that are flushed often stay open.
    return links.filter((link) => /\/store\/blobs\/..\/[0-9a-f]{64}$/.test(link)).length;
  };
  const response = await ask(world.actors.chair, large);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(open).toBe(0);
});

describe('an export as stored', () => {
  test('has the very bytes, but for the preamble', async () => {
    const { files } = await unpacked(await ask(world.actors.chair, phantomStudy, 'form=as-stored'));
    const stored = new Set(phantom.map(({ bytes }) => Buffer.from(bytes).subarray(128).toString('base64')));
    for (const [, bytes] of objects(files))
      expect(stored.has(bytes.subarray(128).toString('base64'))).toBe(true);
    expect(objects(files)).toHaveLength(stored.size);
  });

  test('takes no name or path from the object, and hands out no program in a preamble', async () => {
    const { files } = await unpacked(await ask(world.actors.chair, hostileStudy, 'form=as-stored'));
    expect([...files.keys()]).toEqual(['DICOMDIR', 'PT000001/ST000001/SE000001/IM000001']);
    const [[, bytes] = ['', Buffer.alloc(0)]] = objects(files);
    expect(bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
  });

  test('of several studies has all of them in one directory', async () => {
    const { folder, files } = await unpacked(
      await ask(world.actors.chair, phantomStudy, `form=as-stored&also=${hostileStudy}`),
    );
    expect(objects(files)).toHaveLength(phantom.length + 1);
    expect(count(directory(path.join(folder, 'DICOMDIR')).types)).toMatchObject({ PATIENT: 2, STUDY: 2 });
  });
});

describe('what cannot be cleaned by rule', () => {
  test('is listed, and refused until somebody says what to do with it', async () => {
    const preview = await previewExport(world.actors.chair, {
      studyId: riskyStudy,
      query: exportQuerySchema.parse({}),
    });
    expect(preview.risks).toEqual([{ series: '', modality: 'OT', risk: 'burned_in_unknown', objects: 1 }]);
    const looks = { action: 'study.read', resourceId: riskyStudy, actorId: world.actors.chair.personId };
    expect(await db().auditEvent.count({ where: looks }), 'what is in it was looked at').toBe(1);
    const refused = await ask(world.actors.chair, riskyStudy);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'export_risks' });
    expect(await auditRows(riskyStudy)).toEqual([]);
  });

  test.each([
    ['leave-out', 1],
    ['include', 2],
  ])('%s: %i objects', async (risks, expected) => {
    const { files } = await unpacked(await ask(world.actors.chair, riskyStudy, `risks=${risks}`));
    expect(objects(files)).toHaveLength(expected);
  });
});

test('who may not export cannot, and who may not see does not learn that there is a study', async () => {
  expect((await ask(world.actors.outsider, phantomStudy)).status).toBe(404);
  expect((await ask(world.actors.admin, phantomStudy)).status).toBe(403);
  expect((await ask(world.actors.chair, phantomStudy, 'form=anything')).status).toBe(422);
});

const count = (words: readonly string[]) =>
  Object.fromEntries(
    [...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]),
  );
