import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { getStudy, move } from '@/lib/dimse/client.server.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { freePort } from '../setup/server-process.ts';
import { createWorld, type World } from '../setup/world.ts';
import { dataSetOf, openListener, peerOf, run, sha256, toListener } from './support.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;
let scp: ChildProcess;
let scpPort: number;
let scpFolder: string;
let implicitPort = 0;
const study = newUid();
const files = new Map<string, Buffer>();

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  scpPort = await freePort();
  scpFolder = path.join(database.dataDir, 'scp');
  await fs.mkdir(scpFolder);
  listener = await openListener(world.centres, {
    destination: (aeTitle, centreId) => {
      const port = { STORESCP: scpPort, DEAD: 1, IMPLICIT: implicitPort }[aeTitle];
      if (port === undefined || centreId !== world.centres.IGR) return undefined;
      return { aeTitle, host: '127.0.0.1', port, tls: null, callingAeTitle: 'CONSILIUM' };
    },
  });
  for (let number = 1; number <= 5; number += 1) {
    const sopUid = newUid();
    const file = makeCt({
      sopUid,
      studyUid: study,
      instanceNumber: number,
      patientId: 'P-1',
      rows: 128,
      columns: 128,
    });
    files.set(sopUid, file);
    await take(file);
  }
  // Bit-preserving: what comes is written as it comes.
  scp = spawn('storescp', ['-v', '+B', '-od', scpFolder, String(scpPort)]);
  await Promise.race([until(() => run('echoscu', ['127.0.0.1', String(scpPort)])), once(scp, 'exit')]);
});
afterAll(async () => {
  scp.kill();
  await listener.close();
  await database.close();
});

async function take(file: Buffer): Promise<void> {
  const { outcome } = await ingestInstance({
    actor: world.actors.secretary,
    centreId: world.centres.IGR,
    source: (async function* () {
      yield file;
    })(),
    sourceName: 'test',
  });
  expect(outcome).toBe('taken');
}

/** Asks until the answer is yes. */
async function until(ask: () => Promise<{ code: number | null }>): Promise<void> {
  while ((await ask()).code !== 0);
}

const studyKeys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${study}`];
const hashes = async (folder: string) => {
  const names = await fs.readdir(folder);
  const all = await Promise.all(names.map((name) => fs.readFile(path.join(folder, name))));
  return all.map((file) => sha256(dataSetOf(file))).sort();
};
const stored = () => [...files.values()].map((file) => sha256(dataSetOf(file))).sort();
const identifier = {
  '00080052': { vr: 'CS', Value: ['STUDY'] },
  '0020000D': { vr: 'UI', Value: [study] },
};

describe('C-GET', () => {
  test('getscu takes a study, byte for byte', async () => {
    const folder = path.join(database.dataDir, 'get');
    await fs.mkdir(folder);
    const got = await run('getscu', [
      '-v',
      '-S',
      '+B',
      '-od',
      folder,
      ...studyKeys,
      ...toListener(listener.port),
    ]);
    expect(got.code, got.output).toBe(0);
    expect(await hashes(folder)).toEqual(stored());
  });

  test('a patient’s node may take one image in the patient root', async () => {
    const folder = path.join(database.dataDir, 'image');
    await fs.mkdir(folder);
    const [row] = await db().instance.findMany({ include: { series: true }, take: 1 });
    const keys = [
      'QueryRetrieveLevel=IMAGE',
      'PatientID=P-1',
      `StudyInstanceUID=${study}`,
      `SeriesInstanceUID=${row?.series.seriesInstanceUid}`,
      `SOPInstanceUID=${row?.sopInstanceUid}`,
    ].flatMap((key) => ['-k', key]);
    const got = await run('getscu', ['-P', '+B', '-od', folder, ...keys, ...toListener(listener.port)]);
    expect(got.code, got.output).toBe(0);
    expect(await hashes(folder)).toEqual([sha256(dataSetOf(files.get(row?.sopInstanceUid ?? '') as Buffer))]);
  });

  test('another centre’s node gets nothing of it', async () => {
    const counts = await getStudy(peerOf(listener.port, 'CLB_US'), { identifier, onObject: async () => 0 });
    expect(counts).toEqual({ completed: 0, failed: 0, warning: 0 });
  });

  test('objects that the caller fails to keep are counted and the rest goes on', async () => {
    let count = 0;
    const counts = await getStudy(peerOf(listener.port), {
      identifier,
      onObject: async () => {
        count += 1;
        return count === 2 ? 0xa700 : count === 3 ? 0xb000 : 0;
      },
    });
    expect(counts).toEqual({ completed: 3, failed: 1, warning: 1 });
  });

  test('a retrieval is one row per study and node in the audit trail', async () => {
    const rows = await db().auditEvent.findMany({ where: { action: 'study.read', actorName: 'AE IGR_US' } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ door: 'dimse', centreId: world.centres.IGR });
  });
});

/** Who took how much of the study, and where to, since so many rows ago. */
const retrievals = async (actorName: string) =>
  (
    await db().auditEvent.findMany({
      where: { action: 'study.retrieve', actorName },
      orderBy: { id: 'asc' },
    })
  ).map(({ details, centreId, door }) => ({ ...(details as object), centreId, door }));

describe('the audit of a retrieval', () => {
  const audited = (to: string, more = {}) => ({
    study,
    to,
    count: 5,
    nodeOf: 'IGR',
    centreId: world.centres.IGR,
    door: 'dimse',
    ...more,
  });

  test('is a row for each C-GET, with the count', async () => {
    for (let time = 0; time < 2; time += 1)
      await getStudy(peerOf(listener.port, 'IGR_TWICE'), { identifier, onObject: async () => 0 });
    expect(await retrievals('AE IGR_TWICE')).toEqual([audited('IGR_TWICE'), audited('IGR_TWICE')]);
  });

  test('is a row for a C-MOVE, with its destination', async () => {
    await move(peerOf(listener.port, 'IGR_MOVER'), { identifier, destination: 'STORESCP' });
    expect(await retrievals('AE IGR_MOVER')).toEqual([audited('STORESCP')]);
  });

  test('tells two centres’ nodes of one AE title apart, in what was looked at too', async () => {
    const { id } = await db().study.findFirstOrThrow({ where: { studyInstanceUid: study } });
    await db().studyShare.create({ data: { studyId: id, centreId: world.centres.CLB } });
    let centre: 'IGR' | 'CLB' = 'IGR';
    const shared = await openListener(world.centres, {
      admit: (aeTitle) => ({
        kind: 'node',
        node: {
          centreId: world.centres[centre],
          aeTitle,
          mayStore: false,
          mayQuery: true,
          mayRetrieve: true,
        },
      }),
    });
    for (centre of ['IGR', 'CLB'] as const)
      await getStudy(peerOf(shared.port, 'SAME'), { identifier, onObject: async () => 0 });
    await shared.close();
    await db().studyShare.deleteMany({ where: { studyId: id } });
    expect(await retrievals('AE SAME')).toEqual([audited('SAME'), audited('SAME', { nodeOf: 'CLB' })]);
    expect(await db().auditEvent.count({ where: { action: 'study.read', actorName: 'AE SAME' } })).toBe(2);
  });
});

describe('C-MOVE', () => {
  test('movescu has a study sent to a storescp, byte for byte', async () => {
    const args = ['-v', '-S', '-aem', 'STORESCP', ...studyKeys, ...toListener(listener.port)];
    const moved = await run('movescu', args);
    expect(moved.code, moved.output).toBe(0);
    expect(await hashes(scpFolder)).toEqual(stored());
  });

  test('a storescp that takes only implicit little endian gets the same values in it', async () => {
    const port = await freePort();
    const folder = path.join(database.dataDir, 'implicit');
    await fs.mkdir(folder);
    const only = spawn('storescp', ['+B', '+xi', '-od', folder, String(port)]);
    implicitPort = port;
    try {
      await until(() => run('echoscu', ['127.0.0.1', String(port)]));
      const moved = await move(peerOf(listener.port), { identifier, destination: 'IMPLICIT' });
      expect(moved).toEqual({ completed: 5, failed: 0, warning: 0 });
      for (const name of await fs.readdir(folder)) {
        const file = path.join(folder, name);
        const dump = await run('dcmdump', ['+P', '0002,0010', '+P', '0028,0010', file]);
        expect(dump.output).toContain('LittleEndianImplicit');
        expect(dump.output).toContain('US 128');
        // Back in the encoding it is stored in, it is what is stored.
        const uid = name.slice(name.indexOf('2.25'));
        const back = path.join(database.dataDir, 'back.dcm');
        expect(await run('dcmconv', ['+te', file, back])).toMatchObject({ code: 0 });
        const there = dataSetOf(await fs.readFile(back));
        expect(there.equals(dataSetOf(files.get(uid) as Buffer)), name).toBe(true);
      }
    } finally {
      only.kill();
    }
  });

  test('what is compressed is not decompressed for it: it counts as failed, by its UID, and the rest goes (B000)', async () => {
    const studyUid = newUid();
    const compressed = newUid();
    const plain = path.join(database.dataDir, 'plain.dcm');
    const rle = path.join(database.dataDir, 'rle.dcm');
    await fs.writeFile(plain, makeCt({ studyUid, sopUid: compressed, rows: 16, columns: 16 }));
    expect(await run('dcmcrle', [plain, rle])).toMatchObject({ code: 0 });
    await take(await fs.readFile(rle));
    await take(makeCt({ studyUid, rows: 16, columns: 16 }));
    implicitPort = await freePort();
    const only = spawn('storescp', ['+xi', '-od', database.dataDir, String(implicitPort)]);
    try {
      await until(() => run('echoscu', ['127.0.0.1', String(implicitPort)]));
      const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${studyUid}`];
      const args = ['-d', '-S', '-aem', 'IMPLICIT', ...keys, ...toListener(listener.port)];
      const { output } = await run('movescu', args);
      expect(output).toMatch(/Completed Suboperations +: 1\n/);
      expect(output).toMatch(/Failed Suboperations +: 1\n/);
      expect(output).toMatch(/0xb000/i);
      expect(output).toContain(`[${compressed}`);
    } finally {
      only.kill();
    }
  });

  test('our own SCU sees the counts', async () => {
    const seen: number[] = [];
    const counts = await move(peerOf(listener.port), {
      identifier,
      destination: 'STORESCP',
      onProgress: ({ remaining }) => seen.push(remaining),
    });
    expect(counts).toEqual({ completed: 5, failed: 0, warning: 0 });
    expect(seen.slice(0, 4)).toEqual([4, 3, 2, 1]);
  });

  test('an unknown destination, or another centre’s, is A801', async () => {
    const to = (destination: string, title = 'IGR_US') =>
      move(peerOf(listener.port, title), { identifier, destination });
    await expect(to('NOBODY')).rejects.toMatchObject({ code: 'failed_status', status: 0xa801 });
    await expect(to('STORESCP', 'CLB_US')).rejects.toMatchObject({ status: 0xa801 });
  });

  test('a destination that does not answer: every object counts as failed (A702)', async () => {
    const moved = move(peerOf(listener.port), { identifier, destination: 'DEAD' });
    await expect(moved).rejects.toMatchObject({ status: 0xa702 });
  });

  test('a study without its UID is A900', async () => {
    const moved = move(peerOf(listener.port), {
      identifier: { '00080052': { vr: 'CS', Value: ['STUDY'] } },
      destination: 'STORESCP',
    });
    await expect(moved).rejects.toMatchObject({ status: 0xa900 });
  });
});
