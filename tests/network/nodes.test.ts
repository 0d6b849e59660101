import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { admit, destination } from '@/lib/network/callers.server.ts';
import { cancelTransfer } from '@/lib/network/cancel-transfer.server.ts';
import { createNode } from '@/lib/network/create-node.server.ts';
import { disableNode } from '@/lib/network/disable-node.server.ts';
import { editNode } from '@/lib/network/edit-node.server.ts';
import { listNodes } from '@/lib/network/list-nodes.server.ts';
import { listTransfers } from '@/lib/network/list-transfers.server.ts';
import { editListener, readListener } from '@/lib/network/listener.server.ts';
import { pullStudy } from '@/lib/network/pull-study.server.ts';
import { queryNode } from '@/lib/network/query-node.server.ts';
import { retryTransfer } from '@/lib/network/retry-transfer.server.ts';
import { createNodeSchema, editNodeSchema, pullStudySchema, queryNodeSchema } from '@/lib/network/schema.ts';
import { sendStudy } from '@/lib/network/send-study.server.ts';
import { testNode } from '@/lib/network/test-node.server.ts';
import { addPerson } from '@/lib/people/people.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { freePort } from '../setup/server-process.ts';
import { createWorld, type World } from '../setup/world.ts';
import { startStorescp } from './dcmtk.ts';
import { addNode, plain, storeStudy } from './support.ts';

let database: TestDatabase;
let world: World;
let otherAdmin: Awaited<ReturnType<typeof loadActor>>;

beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
  world = await createWorld();
  // An administrator of Centre B, as the shell would make one.
  const { id } = await addPerson(world.actors.admin, {
    centreId: world.centres.IGR,
    email: 'admin@clb.demo',
    displayName: 'Admin B',
    role: 'admin',
    specialty: null,
    password: 'a long enough one',
  });
  await db().membership.updateMany({ where: { personId: id }, data: { centreId: world.centres.CLB } });
  otherAdmin = await loadActor(id, 'web');
});
afterAll(() => database.close());

const description = (changes: object = {}) =>
  createNodeSchema.parse({
    centreId: world.centres.IGR,
    name: 'Archive',
    aeTitle: 'PACS',
    host: '127.0.0.1',
    port: 104,
    ...changes,
  });
const edited = (changes: object = {}) =>
  editNodeSchema.parse({ ...description(changes), version: 1, ...changes });

describe('a centre’s nodes', () => {
  test('are described by its own administrator alone', async () => {
    const { admin, chair, secretary, outsider } = world.actors;
    for (const actor of [chair, secretary])
      await expect(createNode(actor, description())).rejects.toMatchObject({ code: 'forbidden' });
    for (const actor of [otherAdmin, outsider])
      await expect(createNode(actor, description())).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await createNode(admin, description({ name: 'Own' }));
    await expect(createNode(admin, description({ name: 'Own' }))).rejects.toMatchObject({
      code: 'already_exists',
    });
    expect(
      await db().auditEvent.findFirst({ where: { action: 'node.create', resourceId: id } }),
    ).toMatchObject({
      centreId: world.centres.IGR,
      actorId: admin.personId,
    });
  });

  test('do not exist for another centre, whoever asks and whatever for', async () => {
    const id = await addNode(world, 104);
    const study = await storeStudy(world.centres.CLB, 1);
    for (const actor of [otherAdmin, world.actors.outsider, world.actors.nuclear]) {
      expect((await listNodes(actor)).map((node) => node.id)).not.toContain(id);
      await expect(editNode(actor, id, edited())).rejects.toMatchObject({ code: 'not_found' });
      await expect(disableNode(actor, id, { disabled: true, version: 1 })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(testNode(actor, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(queryNode(actor, id, queryNodeSchema.parse({ patientId: 'x' }))).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(
        pullStudy(actor, id, pullStudySchema.parse({ studyInstanceUid: '1.2' })),
      ).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(
      sendStudy(world.actors.nuclear, study.id, plain(id)),
      'a study of B by a node of A',
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are seen by clinical staff without addresses, and not by a referrer of the centre', async () => {
    const id = await addNode(world, 104);
    const seen = (await listNodes(world.actors.chair)).find((node) => node.id === id);
    expect(seen).toMatchObject({ settings: null, may: { edit: false, query: true } });
    expect((await listNodes(world.actors.admin)).find((node) => node.id === id)).toMatchObject({
      settings: { host: '127.0.0.1', port: 104 },
      may: { edit: true, query: false },
    });
    expect(await listNodes(world.actors.referrer)).toEqual([]);
    await expect(testNode(world.actors.chair, id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('are changed by version, and forget their last echo with it', async () => {
    const id = await addNode(world, await freePort());
    await testNode(world.actors.admin, id);
    await editNode(world.actors.admin, id, edited({ name: 'Renamed' }));
    await expect(editNode(world.actors.admin, id, edited({ name: 'Late' }))).rejects.toMatchObject({
      code: 'version_conflict',
    });
    expect(await db().remoteNode.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: 'Renamed',
      version: 2,
      lastEchoAt: null,
      lastEchoProblem: '',
    });
  });

  test('are tested by C-ECHO, and what came of it is kept and audited', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-echo-'));
    const peer = await startStorescp(folder);
    const id = await addNode(world, peer.port);
    expect(await testNode(world.actors.admin, id)).toEqual({ problem: null, detail: '' });
    await peer.kill();
    expect(await testNode(world.actors.admin, id)).toMatchObject({ problem: 'connection_refused' });
    const [row] = (await listNodes(world.actors.chair)).filter((node) => node.id === id);
    expect(row).toMatchObject({ lastEchoProblem: 'connection_refused', lastEchoAt: expect.any(String) });
    expect(await db().auditEvent.count({ where: { action: 'node.test', resourceId: id } })).toBe(2);
    await fs.rm(folder, { recursive: true });
  });
});

describe('transfers', () => {
  test('are seen and steered by the centre’s staff; for others they do not exist', async () => {
    const study = await storeStudy(world.centres.IGR, 1);
    const node = await addNode(world, 104);
    const { chair, surgeon, outsider, referrer } = world.actors;
    for (const actor of [outsider, referrer, otherAdmin])
      await expect(sendStudy(actor, study.id, plain(node))).rejects.toMatchObject({ code: 'not_found' });
    await expect(sendStudy(world.actors.admin, study.id, plain(node))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { id } = await sendStudy(chair, study.id, plain(node));
    expect((await listTransfers(surgeon, {})).map((one) => one.id)).toContain(id);
    expect((await listTransfers(surgeon, { studyId: study.id }))[0]).toMatchObject({
      direction: 'push',
      state: 'waiting',
      total: 1,
    });
    for (const actor of [outsider, otherAdmin]) {
      expect((await listTransfers(actor, {})).map((one) => one.id)).not.toContain(id);
      await expect(cancelTransfer(actor, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(retryTransfer(actor, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(listTransfers(referrer, {})).rejects.toMatchObject({ code: 'forbidden' });
    await cancelTransfer(surgeon, id);
  });

  test('are listed under one audit row an hour, however often a page asks', async () => {
    const count = () =>
      db().auditEvent.count({
        where: { action: 'transfer.list', actorId: world.actors.oncologist.personId },
      });
    for (let n = 0; n < 5; n += 1) await listTransfers(world.actors.oncologist, {});
    expect(await count()).toBe(1);
  });
});

describe('unknown callers', () => {
  test('are refused, or kept aside for a centre that its own administrator chose', async () => {
    const { admin, chair } = world.actors;
    const mine = { unknownCallers: 'quarantine', centreId: world.centres.IGR } as const;
    await expect(readListener(chair)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(editListener(chair, mine)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(editListener(otherAdmin, mine)).rejects.toMatchObject({ code: 'not_found' });
    expect(await admit('STRANGER', 'CONSILIUM', '192.0.2.1', null)).toEqual({ kind: 'refuse' });
    await editListener(admin, mine);
    expect(await admit('STRANGER', 'CONSILIUM', '192.0.2.1', null)).toEqual({
      kind: 'quarantine',
      centreId: world.centres.IGR,
    });
    expect(await readListener(otherAdmin)).toMatchObject({ mayEdit: false, centreName: 'Institut A' });
    await expect(
      editListener(otherAdmin, { unknownCallers: 'refuse', centreId: null }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await editListener(admin, { unknownCallers: 'refuse', centreId: null });
    expect(await admit('STRANGER', 'CONSILIUM', '192.0.2.1', null)).toEqual({ kind: 'refuse' });
  });
});

describe('a caller is a node', () => {
  const FINGERPRINT = 'ab'.repeat(32);
  const call = (title: string, address: string, fingerprint: string | null = null, called = 'CONSILIUM') =>
    admit(title, called, address, fingerprint);
  beforeEach(async () => {
    await db().transferItem.deleteMany();
    await db().transfer.deleteMany();
    await db().remoteNode.deleteMany();
  });

  test('by its AE title and its address, also inside IPv6; a title alone is easily forged', async () => {
    const id = await addNode(world, 104, { aeTitle: 'CT1', host: '192.0.2.7', mayStore: true });
    const node = {
      id,
      centreId: world.centres.IGR,
      aeTitle: 'CT1',
      mayStore: true,
      mayQuery: false,
      mayRetrieve: false,
    };
    expect(await call('CT1', '192.0.2.7')).toEqual({ kind: 'node', node });
    expect(await call(' CT1 ', '::ffff:192.0.2.7')).toEqual({ kind: 'node', node });
    expect(await call('CT1', '192.0.2.8')).toEqual({ kind: 'refuse' });
    expect(await call('ct1', '192.0.2.7'), 'titles are told apart by case').toEqual({ kind: 'refuse' });
    expect(await call('CT1', '192.0.2.7', null, 'SOMEBODY')).toEqual({ kind: 'refuse' });
  });

  test('by a name that resolves to its address, and not by one that does not', async () => {
    await addNode(world, 104, { aeTitle: 'LOCAL', host: 'localhost' });
    await addNode(world, 104, { aeTitle: 'LOST', host: 'no-such-host.invalid' });
    expect(await call('LOCAL', '127.0.0.1')).toMatchObject({ kind: 'node' });
    expect(await call('LOST', '127.0.0.1')).toEqual({ kind: 'refuse' });
  });

  test('by its certificate where one is agreed, from whatever address, and by nothing less', async () => {
    await addNode(world, 104, {
      aeTitle: 'SAFE',
      host: '192.0.2.7',
      tls: true,
      certificateFingerprint: FINGERPRINT,
    });
    expect(await call('SAFE', '198.51.100.1', FINGERPRINT.toUpperCase())).toMatchObject({ kind: 'node' });
    expect(await call('SAFE', '192.0.2.7', null)).toEqual({ kind: 'refuse' });
    expect(await call('SAFE', '192.0.2.7', 'cd'.repeat(32))).toEqual({ kind: 'refuse' });
  });

  test('with TLS and no agreed certificate: by any that an authority signed, and the address', async () => {
    await addNode(world, 104, { aeTitle: 'TLS', host: '192.0.2.7', tls: true });
    expect(await call('TLS', '192.0.2.7', FINGERPRINT)).toMatchObject({ kind: 'node' });
    expect(await call('TLS', '192.0.2.7', null), 'without TLS').toEqual({ kind: 'refuse' });
    expect(await call('TLS', '192.0.2.8', FINGERPRINT)).toEqual({ kind: 'refuse' });
  });

  test('not when it is switched off', async () => {
    const id = await addNode(world, 104, { aeTitle: 'OFF', host: '192.0.2.7' });
    await disableNode(world.actors.admin, id, { disabled: true, version: 1 });
    expect(await call('OFF', '192.0.2.7')).toEqual({ kind: 'refuse' });
  });

  test('of the centre that described it first: nobody takes it over by describing it again', async () => {
    await addNode(world, 104, { aeTitle: 'SHARED', host: '192.0.2.7' });
    await createNode(
      otherAdmin,
      description({ centreId: world.centres.CLB, aeTitle: 'SHARED', host: '192.0.2.7', mayStore: true }),
    );
    expect(await call('SHARED', '192.0.2.7')).toMatchObject({
      node: { centreId: world.centres.IGR, mayStore: false },
    });
  });

  test('and a C-MOVE goes to nodes of the asking centre alone', async () => {
    await addNode(world, 11113, { aeTitle: 'WS', host: '192.0.2.9' });
    expect(await destination('WS ', world.centres.IGR)).toMatchObject({
      host: '192.0.2.9',
      port: 11113,
      callingAeTitle: 'CONSILIUM',
      tls: null,
    });
    expect(await destination('WS', world.centres.CLB)).toBeUndefined();
    expect(await destination('OTHER', world.centres.IGR)).toBeUndefined();
  });
});
