import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { defaultDeidentifyOptions } from '@/lib/deidentify/schema.ts';
import { cancelTransfer } from '@/lib/network/cancel-transfer.server.ts';
import { disableNode } from '@/lib/network/disable-node.server.ts';
import { retryTransfer } from '@/lib/network/retry-transfer.server.ts';
import { startTransfers } from '@/lib/network/run-transfers.server.ts';
import { sendStudy } from '@/lib/network/send-study.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { part10 } from '../fixtures/dicom-writer.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { freePort } from '../setup/server-process.ts';
import { createWorld, type World } from '../setup/world.ts';
import { type Peer, profileOf, startStorescp, storedUids } from './dcmtk.ts';
import { type Line, openLine } from './line.ts';
import { addNode, ingest, itemsIn, plain, storeStudy, transferOf, until, untilState } from './support.ts';

/** Real times are seconds to hours; what is tested is that they pass, not how long they are. */
const QUICK = { backOff: () => 50 };

let database: TestDatabase;
let world: World;
let folder: string;
let transfers: { stop: () => Promise<void> };
const open: { kill?: () => Promise<void>; close?: () => Promise<void> }[] = [];
const keep = <T extends Peer | Line>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-network-'));
});
afterAll(async () => {
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

const send = (study: { id: string }, node: string) => sendStudy(world.actors.chair, study.id, plain(node));
const here = (name: string) => path.join(folder, name);
const sorted = (uids: Iterable<string>) => [...uids].sort();

describe('a push to a storescp', () => {
  test('sends each object once and says so in the audit', async () => {
    const peer = keep(await startStorescp(here('plain')));
    const study = await storeStudy(world.centres.IGR, 5);
    const { id } = await send(study, await addNode(world, peer.port));
    const ended = await untilState(id, 'done', 'failed');
    expect(ended).toMatchObject({ state: 'done', sent: 5, failed: 0, total: 5, reason: null, attempts: 1 });
    expect(sorted(await storedUids(here('plain')))).toEqual(sorted(study.sopUids));
    expect(peer.output().match(/Received Store Request/g)).toHaveLength(5);
    expect(await db().auditEvent.count({ where: { action: 'study.send', resourceId: study.id } })).toBe(1);
    expect(
      await db().auditEvent.findMany({ where: { action: 'transfer.finish', resourceId: id } }),
    ).toMatchObject([{ centreId: world.centres.IGR, details: { sent: 5, total: 5, study: study.studyUid } }]);
  });

  test('asked for twice at once is one transfer', async () => {
    const study = await storeStudy(world.centres.IGR, 1);
    const node = await addNode(world, await freePort());
    const asked = await Promise.all([send(study, node), send(study, node), send(study, node)]);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    await cancelTransfer(world.actors.chair, asked[0]?.id ?? '');
  });

  test('that is killed in mid-transfer and started again resumes behind what was acknowledged, and ends once', async () => {
    const study = await storeStudy(world.centres.IGR, 30, { rows: 64, columns: 64 });
    const first = keep(await startStorescp(here('before')));
    const line = keep(await openLine(first.port, 100_000));
    const { id } = await send(study, await addNode(world, line.port));

    await line.held;
    // Answers that are on their way back arrive; then nothing moves any more.
    const answered = async () => first.output().match(/Received Store Request/g)?.length ?? 0;
    await until(
      async () => (await answered()) - (await transferOf(id)).sent,
      (ahead) => ahead === 1,
    );
    await first.kill();
    line.cut();
    const acknowledged = await itemsIn(id, 'sent');
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(acknowledged.length).toBeLessThan(30);
    await until(
      () => transferOf(id),
      ({ attempts }) => attempts > 0,
    );

    keep(await startStorescp(here('after'), { port: first.port }));
    const ended = await untilState(id, 'done', 'failed');
    expect(ended).toMatchObject({ state: 'done', sent: 30, failed: 0, total: 30 });
    const after = await storedUids(here('after'));
    expect(
      acknowledged.filter((uid) => after.has(uid)),
      'acknowledged and sent again',
    ).toEqual([]);
    expect(sorted([...acknowledged, ...after])).toEqual(sorted(study.sopUids));
    expect(await itemsIn(id, 'sent')).toHaveLength(30);
    expect(await db().auditEvent.count({ where: { action: 'transfer.finish', resourceId: id } })).toBe(1);
  });

  test('goes on behind what was acknowledged when it is we who stop and start', async () => {
    const study = await storeStudy(world.centres.IGR, 20, { rows: 64, columns: 64 });
    const peer = keep(await startStorescp(here('restart')));
    const line = keep(await openLine(peer.port, 60_000));
    const { id } = await send(study, await addNode(world, line.port));
    await line.held;
    await transfers.stop();
    const acknowledged = await itemsIn(id, 'sent');
    // As a killed process leaves it.
    await db().transfer.update({ where: { id }, data: { state: 'running' } });
    line.cut();
    transfers = await startTransfers(QUICK);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 20 });
    const requests = peer.output().match(/Received Store Request/g)?.length ?? 0;
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(requests, 'all, and once more what was in flight').toBeLessThanOrEqual(21);
    expect(sorted(await storedUids(here('restart')))).toEqual(sorted(study.sopUids));
  });

  test('that is slow gets everything in one attempt', async () => {
    const peer = keep(await startStorescp(here('slow'), { args: ['--sleep-during', '1'] }));
    const study = await storeStudy(world.centres.IGR, 3);
    const { id } = await send(study, await addNode(world, peer.port));
    await until(
      () => transferOf(id),
      ({ sent }) => sent >= 1,
    );
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 3, attempts: 1 });
  });

  test('that refuses a class takes the others; those that failed say why, and Retry sends only them', async () => {
    const study = await storeStudy(world.centres.IGR, 3);
    const dose = newUid();
    await ingest(world.centres.IGR, rtDose(study.studyUid, dose));
    const peer = keep(
      await startStorescp(here('refuses'), {
        args: await profileOf(folder, ['VerificationSOPClass', 'CTImageStorage']),
      }),
    );
    const { id } = await send(study, await addNode(world, peer.port));
    const ended = await untilState(id, 'done', 'failed');
    expect(ended).toMatchObject({ state: 'failed', sent: 3, failed: 1, total: 4, reason: 'objects_refused' });
    expect(ended.detail).toBe('RT Dose Storage: no_context × 1');
    expect(await itemsIn(id, 'failed')).toEqual([dose]);

    await peer.kill();
    const all = keep(await startStorescp(here('refuses-no-more'), { port: peer.port }));
    await retryTransfer(world.actors.chair, id);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 4, failed: 0 });
    expect(all.output().match(/Received Store Request/g)).toHaveLength(1);
  });

  test('that knows only implicit VR gets native objects written anew (PS3.5 A.1)', async () => {
    const peer = keep(await startStorescp(here('implicit'), { args: ['+xi'] }));
    const study = await storeStudy(world.centres.IGR, 2);
    const { id } = await send(study, await addNode(world, peer.port));
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 2 });
    expect(sorted(await storedUids(here('implicit')))).toEqual(sorted(study.sopUids));
  });

  test('out of room (A700) is asked again later, and goes on by itself', async () => {
    const peer = keep(await startStorescp(here('full')));
    const study = await storeStudy(world.centres.IGR, 3);
    await fs.rm(here('full'), { recursive: true });
    const { id } = await send(study, await addNode(world, peer.port));
    await until(
      () => transferOf(id),
      ({ reason }) => reason === 'peer_out_of_resources',
    );
    expect(await itemsIn(id, 'sent')).toEqual([]);
    await fs.mkdir(here('full'));
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 3, failed: 0 });
  });

  test('that never answers fails after the agreed number of attempts, and Retry begins anew', async () => {
    await transfers.stop();
    transfers = await startTransfers({ ...QUICK, maxAttempts: 3 });
    const study = await storeStudy(world.centres.IGR, 2);
    const port = await freePort();
    const { id } = await send(study, await addNode(world, port));
    const ended = await untilState(id, 'failed');
    expect(ended).toMatchObject({ reason: 'connection_refused', attempts: 3, sent: 0 });
    expect(await db().auditEvent.count({ where: { action: 'transfer.fail', resourceId: id } })).toBe(1);
    keep(await startStorescp(here('late'), { port }));
    await retryTransfer(world.actors.secretary, id);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 2 });
    await expect(retryTransfer(world.actors.chair, id)).rejects.toMatchObject({ code: 'state_conflict' });
  });

  test('is cancelled in the middle: nothing more goes out, and what was acknowledged stays noted', async () => {
    const study = await storeStudy(world.centres.IGR, 20, { rows: 64, columns: 64 });
    const peer = keep(await startStorescp(here('cancelled')));
    const line = keep(await openLine(peer.port, 60_000));
    const { id } = await send(study, await addNode(world, line.port));
    await line.held;
    await cancelTransfer(world.actors.chair, id);
    await transfers.stop();
    line.cut();
    transfers = await startTransfers(QUICK);
    const ended = await transferOf(id);
    expect(ended).toMatchObject({ state: 'cancelled' });
    expect(ended.sent).toBe((await itemsIn(id, 'sent')).length);
    expect(ended.sent).toBeLessThan(20);
    await expect(cancelTransfer(world.actors.chair, id)).rejects.toMatchObject({ code: 'state_conflict' });
  });

  test('to a node that was switched off meanwhile fails at once and says so', async () => {
    const study = await storeStudy(world.centres.IGR, 1);
    const node = await addNode(world, await freePort());
    await transfers.stop();
    const { id } = await send(study, node);
    await disableNode(world.actors.admin, node, { disabled: true, version: 1 });
    transfers = await startTransfers(QUICK);
    expect(await untilState(id, 'failed')).toMatchObject({ reason: 'node_disabled' });
    await expect(send(study, node)).rejects.toMatchObject({ code: 'state_conflict' });
  });

  test('leaves out what was deleted since', async () => {
    const study = await storeStudy(world.centres.IGR, 1);
    const peer = keep(await startStorescp(here('hidden')));
    await transfers.stop();
    const { id } = await send(study, await addNode(world, peer.port));
    await db().study.update({ where: { id: study.id }, data: { hiddenAt: new Date() } });
    transfers = await startTransfers(QUICK);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'failed', sent: 0, failed: 1 });
    expect(await fs.readdir(here('hidden'))).toEqual([]);
  });
});

describe('a push without the patient’s identity', () => {
  const contents = async (name: string) =>
    Promise.all((await fs.readdir(here(name))).map((file) => fs.readFile(path.join(here(name), file))));

  test('replaces it in every object, the same way each time; what is risky stays here', async () => {
    const study = await storeStudy(world.centres.IGR, 3, {
      patientName: 'GEHEIM^Anna',
      patientId: 'SECRET-7',
    });
    const burnedIn = makeCt({
      studyUid: study.studyUid,
      patientId: 'SECRET-7',
      extra: [[0x00280301, 'CS', 'YES']],
    });
    await ingest(world.centres.IGR, burnedIn);
    for (const name of ['anonymous', 'anonymous-again']) {
      const peer = keep(await startStorescp(here(name)));
      const node = await addNode(world, peer.port);
      const { id } = await sendStudy(world.actors.chair, study.id, { nodeId: node, deidentify: true });
      const ended = await untilState(id, 'done', 'failed');
      expect(ended).toMatchObject({ state: 'failed', sent: 3, failed: 1, reason: 'objects_refused' });
      expect(ended.detail).toBe('CT Image Storage: burned_in × 1');
    }
    const objects = await contents('anonymous');
    expect(objects).toHaveLength(3);
    for (const bytes of objects)
      for (const secret of ['GEHEIM', 'SECRET-7', study.studyUid, ...study.sopUids])
        expect(bytes.includes(secret), secret).toBe(false);
    expect(await storedUids(here('anonymous'))).toEqual(await storedUids(here('anonymous-again')));
  });

  test('is how a node gets everything that is described so, and another transfer than the plain one', async () => {
    const study = await storeStudy(world.centres.IGR, 1, { patientName: 'GEHEIM^Anna' });
    const peer = keep(await startStorescp(here('always')));
    const node = await addNode(world, peer.port, { deidentify: true });
    const { id } = await send(study, node);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 1 });
    expect((await contents('always'))[0]?.includes('GEHEIM')).toBe(false);
    const [row] = await db().auditEvent.findMany({ where: { action: 'study.send', resourceId: study.id } });
    expect(row?.details).toMatchObject({ deidentified: true });

    await transfers.stop();
    const free = await addNode(world, peer.port);
    const asIs = await send(study, free);
    const without = await sendStudy(world.actors.chair, study.id, { nodeId: free, deidentify: true });
    expect(without.id).not.toBe(asIs.id);
    for (const one of [asIs, without]) await cancelTransfer(world.actors.chair, one.id);
  });

  const markDeidentified = (id: string) =>
    db().remoteNode.update({ where: { id }, data: { deidentify: defaultDeidentifyOptions } });
  const withName = async (name: string) => (await contents(name)).filter((one) => one.includes('GEHEIM'));

  test.each(['waits', 'failed'])(
    'is what a push that %s becomes when its node is to get no identities',
    async (state) => {
      const study = await storeStudy(world.centres.IGR, 1, { patientName: 'GEHEIM^Anna' });
      const port = await freePort();
      const node = await addNode(world, port);
      await transfers.stop();
      if (state === 'failed') transfers = await startTransfers({ ...QUICK, maxAttempts: 1 });
      const { id } = await send(study, node);
      if (state === 'failed') {
        await untilState(id, 'failed');
        await transfers.stop();
      }
      await markDeidentified(node);
      const folderName = `marked-${state}`;
      keep(await startStorescp(here(folderName), { port }));
      if (state === 'failed') await retryTransfer(world.actors.chair, id);
      transfers = await startTransfers(QUICK);
      expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 1 });
      expect(await contents(folderName)).toHaveLength(1);
      expect(await withName(folderName)).toEqual([]);
      const [row] = await db().auditEvent.findMany({ where: { action: 'transfer.finish', resourceId: id } });
      expect(row?.details).toMatchObject({ deidentified: true });
    },
  );

  test('is what the rest of a running push becomes', async () => {
    const study = await storeStudy(world.centres.IGR, 6, { patientName: 'GEHEIM^Anna' });
    const peer = keep(await startStorescp(here('marked-running'), { args: ['--sleep-during', '1'] }));
    const node = await addNode(world, peer.port);
    const { id } = await send(study, node);
    await until(
      () => transferOf(id),
      ({ sent }) => sent >= 1,
    );
    await markDeidentified(node);
    expect(await untilState(id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 6 });
    // One was on its way at that moment.
    expect((await withName('marked-running')).length).toBeLessThan(4);
  });

  test('is what is asked for while the administrator’s change is not committed yet', async () => {
    const study = await storeStudy(world.centres.IGR, 1);
    await transfers.stop();
    const node = await addNode(world, await freePort());
    const { asked } = await db().$transaction(async (tx) => {
      await tx.remoteNode.update({ where: { id: node }, data: { deidentify: defaultDeidentifyOptions } });
      const asked = send(study, node);
      await until(
        () => db().$queryRaw<{ waiting: number }[]>`
          SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ([row]) => row?.waiting === 1,
      );
      return { asked };
    });
    const { options } = await transferOf((await asked).id);
    expect(options).toHaveProperty('deidentify');
  });
});

function rtDose(studyUid: string, sopInstanceUid: string): Buffer {
  return part10({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.481.2',
    sopInstanceUid,
    elements: [
      [0x00080060, 'CS', 'RTDOSE'],
      [0x00100010, 'PN', 'TEST^PATIENT'],
      [0x00100020, 'LO', 'TEST-1'],
      [0x0020000d, 'UI', studyUid],
      [0x0020000e, 'UI', newUid()],
      [0x00200013, 'IS', '1'],
    ],
  });
}
