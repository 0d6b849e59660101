import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTransfers } from '@/lib/network/run-transfers.server.ts';
import { sendStudy } from '@/lib/network/send-study.server.ts';
import { testNode } from '@/lib/network/test-node.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { type Peer, startStorescp, storedUids } from './dcmtk.ts';
import { addNode, plain, storeStudy, untilState } from './support.ts';

let database: TestDatabase;
let world: World;
let folder: string;
let peer: Peer;
let fingerprint: string;

const at = (name: string) => path.join(folder, name);
/** A key and a certificate that is its own authority. */
async function certificate(name: string): Promise<void> {
  const subject = ['-subj', `/CN=${name}`, '-days', '2'];
  const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...subject,
    ...files,
  ]);
}

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
  // Where the operator puts ours.
  folder = path.join(database.dataDir, 'tls');
  await fs.mkdir(folder);
  await certificate('server');
  await certificate('archive');
  await fs.copyFile(at('archive.crt'), at('ca.crt'));
  fingerprint = new X509Certificate(await fs.readFile(at('archive.crt'))).fingerprint256;
  peer = await startStorescp(path.join(database.dataDir, 'received'), {
    args: ['+tls', at('archive.key'), at('archive.crt'), '+cf', at('server.crt')],
  });
});
afterAll(async () => {
  await peer.kill();
  await database.close();
});

describe('a node with TLS (PS3.15 B.9), which demands our certificate', () => {
  test('is reached where an authority signed its certificate, or that very one is agreed', async () => {
    for (const certificateFingerprint of ['', fingerprint]) {
      const id = await addNode(world, peer.port, { tls: true, certificateFingerprint });
      expect(await testNode(world.actors.admin, id)).toEqual({ problem: null, detail: '' });
    }
  });

  test('gets nothing when it shows another certificate, and it is not tried again', async () => {
    const certificateFingerprint = 'ab'.repeat(32);
    const id = await addNode(world, peer.port, { tls: true, certificateFingerprint });
    expect(await testNode(world.actors.admin, id)).toMatchObject({ problem: 'tls_failed' });
    const study = await storeStudy(world.centres.IGR, 1);
    const transfers = await startTransfers();
    const sent = await sendStudy(world.actors.chair, study.id, plain(id));
    expect(await untilState(sent.id, 'failed')).toMatchObject({ reason: 'tls_failed', attempts: 1, sent: 0 });
    await transfers.stop();
  });

  test('is not talked to in clear', async () => {
    const id = await addNode(world, peer.port);
    expect((await testNode(world.actors.admin, id)).problem).not.toBeNull();
  });

  test('gets a study', async () => {
    const study = await storeStudy(world.centres.IGR, 3);
    const id = await addNode(world, peer.port, { tls: true, certificateFingerprint: fingerprint });
    const transfers = await startTransfers();
    const sent = await sendStudy(world.actors.chair, study.id, plain(id));
    expect(await untilState(sent.id, 'done', 'failed')).toMatchObject({ state: 'done', sent: 3 });
    expect(await storedUids(path.join(database.dataDir, 'received'))).toEqual(new Set(study.sopUids));
    await transfers.stop();
  });
});
