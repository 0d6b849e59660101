import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore as openSender } from '@/lib/dimse/client.server.ts';
import { type Listener, startListener } from '@/lib/dimse/listener.server.ts';
import { admit, destination } from '@/lib/network/callers.server.ts';
import { listTransfers } from '@/lib/network/list-transfers.server.ts';
import { pullStudy } from '@/lib/network/pull-study.server.ts';
import { queryNode } from '@/lib/network/query-node.server.ts';
import { startTransfers } from '@/lib/network/run-transfers.server.ts';
import { pullStudySchema, queryNodeSchema } from '@/lib/network/schema.ts';
import { sendStudy } from '@/lib/network/send-study.server.ts';
import { dataSetOffset } from '@/lib/store/open-data-set.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { part10 } from '../fixtures/dicom-writer.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { type Peer, startArchive } from './dcmtk.ts';
import { type Line, openLine } from './line.ts';
import { addNode, ingest, plain, storeStudy, transferOf, until, untilState } from './support.ts';

const QUICK = { backOff: () => 50 };

let database: TestDatabase;
let world: World;
let folder: string;
let transfers: { stop: () => Promise<void> };
let archive: Peer;
let node: string;
const open: { kill?: () => Promise<void>; close?: () => Promise<void> }[] = [];
const keep = <T extends Peer | Line | Listener>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-network-'));
  archive = await startArchive(folder);
  node = await addNode(world, archive.port);
});
afterAll(async () => {
  await archive.kill();
  await database.close();
  await fs.rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  transfers = await startTransfers(QUICK);
});
afterEach(async () => {
  await transfers.stop();
  for (const one of open.splice(0)) await (one.kill ?? one.close)?.();
});

const query = (keys: object) => queryNode(world.actors.chair, node, queryNodeSchema.parse(keys));
const pull = (studyUid: string, from = node) =>
  pullStudy(
    world.actors.chair,
    from,
    pullStudySchema.parse({ studyInstanceUid: studyUid, label: 'DOE John' }),
  );

/** A study that the archive holds and we do not any more: sent there, then forgotten here. */
async function onlyInTheArchive(count: number, options: Parameters<typeof storeStudy>[2] = {}, to = node) {
  const study = await storeStudy(world.centres.IGR, count, options);
  const bytes = await dataSets(study.sopUids);
  const { id } = await sendStudy(world.actors.chair, study.id, plain(to));
  expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: count });
  await db().instance.deleteMany({ where: { series: { studyId: study.id } } });
  await db().series.deleteMany({ where: { studyId: study.id } });
  await db().study.delete({ where: { id: study.id } });
  return { ...study, bytes };
}

/** What is stored, without the file meta group, by SOP Instance UID. */
async function dataSets(sopUids: readonly string[]): Promise<Record<string, string>> {
  const rows = await db().instance.findMany({ where: { sopInstanceUid: { in: [...sopUids] } } });
  const pairs = rows.map(async ({ sopInstanceUid, sha256 }) => {
    const file = await fs.readFile(blobPath(sha256));
    return [
      sopInstanceUid,
      file.subarray(dataSetOffset(file.subarray(0, 16384))).toString('base64'),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

describe('a query', () => {
  test('finds studies by name, identifier, date and modality, and knows which are here', async () => {
    const own = { patientName: 'MÜLLER^Zoé', patientId: 'Q-1', studyDate: '20240229' };
    const gone = await onlyInTheArchive(2, own);
    const held = await storeStudy(world.centres.IGR, 1, { ...own, studyDate: '20250301' });
    const { id } = await sendStudy(world.actors.chair, held.id, plain(node));
    await untilState(id, 'done');

    const all = await query({ patientId: 'Q-1' });
    expect(all.truncated).toBe(false);
    expect(all.studies.map(({ studyInstanceUid }) => studyInstanceUid).sort()).toEqual(
      [gone.studyUid, held.studyUid].sort(),
    );
    const found = all.studies.find(({ studyInstanceUid }) => studyInstanceUid === held.studyUid);
    expect(found).toMatchObject({
      patientId: 'Q-1',
      studyDate: '20250301',
      description: 'Thorax',
      here: { id: held.id, instanceCount: 1 },
    });
    const uids = async (keys: object) => (await query(keys)).studies.map((study) => study.studyInstanceUid);
    expect(await uids({ patientId: 'Q-1', from: '20240101', to: '20241231' })).toEqual([gone.studyUid]);
    expect(await uids({ patientId: 'Q-1', from: '20250101' })).toEqual([held.studyUid]);
    expect(await uids({ patientId: 'nobody' })).toEqual([]);
    expect(await uids({ patientId: 'Q-?', patientName: 'M*' })).toHaveLength(2);
  });

  test('is audited with the node, the keys’ names and the count, without what was typed', async () => {
    await query({ patientName: 'SECRET' });
    const row = await db().auditEvent.findFirstOrThrow({
      where: { action: 'node.query', resourceId: node },
      orderBy: { id: 'desc' },
    });
    expect(row).toMatchObject({ centreId: world.centres.IGR, details: { keys: ['patientName'], count: 0 } });
    expect(JSON.stringify(row.details)).not.toContain('SECRET');
  });

  test('of a node that is not there says so', async () => {
    const nowhere = await addNode(world, 1);
    await expect(
      queryNode(world.actors.chair, nowhere, queryNodeSchema.parse({ patientId: 'x' })),
    ).rejects.toMatchObject({ code: 'node_unreachable', status: 502 });
  });
});

describe('a pull', () => {
  test('by C-GET brings a study in, value for value, and twice changes nothing', async () => {
    const { studyUid, bytes } = await onlyInTheArchive(6, { patientName: 'DOE^John' });
    const { id } = await pull(studyUid);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({
      state: 'done',
      sent: 6,
      total: 6,
      failed: 0,
    });
    expect(archive.output()).toMatch(/C-GET|Get/i);
    const study = await db().study.findFirstOrThrow({
      where: { centreId: world.centres.IGR, studyInstanceUid: studyUid },
    });
    expect(study).toMatchObject({ instanceCount: 6, patientName: 'DOE^John' });
    expect(await dataSets(Object.keys(bytes))).toEqual(bytes);
    const [listed] = (await listTransfers(world.actors.chair, {})).filter((one) => one.id === id);
    expect(listed, 'leads to the study').toMatchObject({
      studyId: study.id,
      direction: 'pull',
      label: 'DOE John',
    });
    expect(
      await db().auditEvent.count({
        where: { action: 'instance.store', centreId: world.centres.IGR, actorName: 'AE ARCHIVE' },
      }),
    ).toBe(6);

    const again = await pull(studyUid);
    expect(again.id).not.toBe(id);
    expect(await untilState(again.id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 6 });
    expect(await db().quarantinedObject.count()).toBe(0);
    expect(await db().study.findUniqueOrThrow({ where: { id: study.id } })).toMatchObject({
      instanceCount: 6,
    });
  });

  test('asked for twice at once is one transfer', async () => {
    await transfers.stop();
    const asked = await Promise.all(['1.2.3', '1.2.3', '1.2.3'].map((uid) => pull(uid)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    await db().transfer.deleteMany({ where: { studyInstanceUid: '1.2.3' } });
  });

  test('that is cut in the middle goes on by itself and ends with everything, each object once', async () => {
    const { studyUid, sopUids } = await onlyInTheArchive(20, { rows: 64, columns: 64 });
    const line = keep(await openLine(archive.port, 3000));
    const { id } = await pull(studyUid, await addNode(world, line.port));
    await line.held;
    line.cut();
    const ended = await untilState(id, 'done', 'failed');
    expect(ended).toMatchObject({ state: 'done', sent: 20 });
    expect(ended.attempts).toBeGreaterThan(1);
    expect(await db().instance.count({ where: { sopInstanceUid: { in: sopUids } } })).toBe(20);
  });

  test('from a node without C-GET comes by C-MOVE to our listener', async () => {
    const listener = keep(
      await startListener({ host: '127.0.0.1', port: 0, aeTitle: 'CONSILIUM', admit, destination }),
    );
    const mover = keep(
      await startArchive(path.join(folder, 'mover'), {
        aeTitle: 'MOVER',
        destinations: [{ aeTitle: 'CONSILIUM', port: listener.port }],
        args: ['--disable-get'],
      }),
    );
    // It may bring nothing by itself: only what we ask it for.
    const from = await addNode(world, mover.port, { aeTitle: 'MOVER', mayStore: false });
    const { studyUid, bytes } = await onlyInTheArchive(4, {}, from);
    const { id } = await pull(studyUid, from);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 4 });
    expect(await dataSets(Object.keys(bytes))).toEqual(bytes);
  });

  test('lets a node that may store nothing bring that study, and keeps aside what it brings of another', async () => {
    await transfers.stop();
    const listener = keep(
      await startListener({ host: '127.0.0.1', port: 0, aeTitle: 'CONSILIUM', admit, destination }),
    );
    const from = await addNode(world, 104, { aeTitle: 'BRINGER', mayStore: false });
    const { id } = await pull(newUid(), from);
    const { studyInstanceUid } = await db().transfer.update({ where: { id }, data: { state: 'running' } });
    const sopClassUid = '1.2.840.10008.5.1.4.1.1.2';
    const transferSyntaxUid = '1.2.840.10008.1.2.1';
    const store = await openSender(
      {
        aeTitle: 'CONSILIUM',
        host: '127.0.0.1',
        port: listener.port,
        tls: null,
        callingAeTitle: 'BRINGER',
      },
      [{ sopClassUid, transferSyntaxUid }],
    );
    const bring = async (studyUid: string) => {
      const sopInstanceUid = newUid();
      const file = makeCt({ studyUid, sopUid: sopInstanceUid });
      const dataSet = Readable.from([file.subarray(dataSetOffset(file.subarray(0, 16384)))]);
      const { status } = await store.store({ sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet });
      expect(status).toBe(0);
      const where = { sopInstanceUid };
      const aside = await db().quarantinedObject.findMany({ where, select: { reason: true } });
      return { stored: await db().instance.count({ where }), aside };
    };
    const kept = { stored: 0, aside: [{ reason: 'study_not_asked' }] };
    expect(await bring(studyInstanceUid)).toEqual({ stored: 1, aside: [] });
    expect(await bring(newUid())).toEqual(kept);
    await db().transfer.update({ where: { id }, data: { state: 'done' } });
    expect(await bring(studyInstanceUid), 'after the end').toEqual(kept);
    await store.release();
    await db().quarantinedObject.deleteMany();
  });

  test('of a class that no C-GET context is left for comes by C-MOVE; without that, it says what is missing', async () => {
    const listener = keep(
      await startListener({ host: '127.0.0.1', port: 0, aeTitle: 'CONSILIUM', admit, destination }),
    );
    for (const [aeTitle, destinations, expected] of [
      ['BOTH', [{ aeTitle: 'CONSILIUM', port: listener.port }], { state: 'done', sent: 3, reason: null }],
      ['GETONLY', [], { state: 'failed', sent: 2, reason: 'incomplete', attempts: 1 }],
    ] as const) {
      const both = keep(
        await startArchive(path.join(folder, aeTitle), { aeTitle, destinations: [...destinations] }),
      );
      const from = await addNode(world, both.port, { aeTitle });
      const study = await storeStudy(world.centres.IGR, 2);
      await ingest(world.centres.IGR, treatmentSummary(study.studyUid));
      const sent = await sendStudy(world.actors.chair, study.id, plain(from));
      expect(await untilState(sent.id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 3 });
      const { id } = await pull(study.studyUid, from);
      expect(await untilState(id, 'done', 'failed'), aeTitle).toMatchObject(expected);
    }
  });

  test('of an object that differs from the stored one keeps both, and says so', async () => {
    const { studyUid, sopUids } = await onlyInTheArchive(2);
    await ingest(world.centres.IGR, makeCt({ studyUid, sopUid: sopUids[0], patientName: 'OTHER^NAME' }));
    const { id } = await pull(studyUid);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({
      state: 'failed',
      reason: 'objects_kept_aside',
      sent: 1,
      failed: 1,
    });
    expect(await db().quarantinedObject.count({ where: { sopInstanceUid: sopUids[0] } })).toBe(1);
  });

  test('of what the node does not have fails with that reason, and is not tried again', async () => {
    const { id } = await pull('1.2.3.4.5.6');
    expect(
      await until(
        () => transferOf(id),
        ({ state }) => state === 'failed',
      ),
    ).toMatchObject({
      reason: 'study_gone',
      attempts: 1,
    });
  });
});

/** RT Treatment Summary Record Storage: one of the classes beyond those that a C-GET offers. */
function treatmentSummary(studyUid: string): Buffer {
  return part10({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.481.6',
    sopInstanceUid: newUid(),
    elements: [
      [0x00080060, 'CS', 'RTRECORD'],
      [0x00100010, 'PN', 'TEST^PATIENT'],
      [0x00100020, 'LO', 'TEST-1'],
      [0x0020000d, 'UI', studyUid],
      [0x0020000e, 'UI', newUid()],
      [0x00200013, 'IS', '1'],
    ],
  });
}
