import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore as connect, echo } from '@/lib/dimse/client.server.ts';
import { COMMAND, encodeCommand } from '@/lib/dimse/command-set.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { messagePdus } from '@/lib/dimse/message-pdus.ts';
import { APPLICATION_CONTEXT, encodeAssociateRequest, encodeRelease, PDU } from '@/lib/dimse/pdu.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import { random } from '@/tests/fuzz/random.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { CT_IMAGE, dataSetOf, EXPLICIT, openListener, peerOf, run, toListener } from './support.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;
const LIMIT = 4;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  listener = await openListener(world.centres, {
    maxAssociations: LIMIT,
    times: { artim: 400, stall: 400, idle: 60_000 },
  });
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

/** A bare connection: what it was sent, and when it was closed. */
async function knock(): Promise<{ socket: net.Socket; closed: Promise<Buffer> }> {
  const socket = net.connect(listener.port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => undefined);
  const closed = new Promise<Buffer>((resolve) => socket.once('close', () => resolve(Buffer.concat(parts))));
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, closed };
}

/** As our own SCU asks for one context for CT images; `dataSet` follows its C-STORE-RQ. */
const association = () =>
  encodeAssociateRequest({
    calledAeTitle: 'CONSILIUM',
    callingAeTitle: 'IGR_RAW',
    applicationContext: APPLICATION_CONTEXT,
    contexts: [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT] }],
    user: { maxLength: 16384, implementationClassUid: '1.2.3', implementationVersion: 'RAW', roles: [] },
  });
const answers = async () => (await run('echoscu', toListener(listener.port))).code === 0;
const spooled = () => fs.readdir(storePaths().spool);
const pieces = async function* (bytes: Buffer, then: () => void) {
  yield bytes.subarray(0, bytes.length / 2);
  then();
  yield bytes.subarray(bytes.length / 2);
};

test('a caller that dies in the middle of an object: nothing of it is visible, nothing is left in the spool', async () => {
  const studyUid = newUid();
  const sopInstanceUid = newUid();
  const dataSet = dataSetOf(makeCt({ studyUid, sopUid: sopInstanceUid, rows: 1024, columns: 1024 }));
  const contexts = [{ sopClassUid: CT_IMAGE, transferSyntaxUid: EXPLICIT }];
  const connection = await connect(peerOf(listener.port), contexts);
  const died = connection.store({
    ...{ sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT },
    dataSet: pieces(dataSet, () => connection.abort()),
  });
  await expect(died).rejects.toMatchObject({ code: 'aborted' });
  await expect.poll(spooled).toEqual([]);
  expect(await db().study.count({ where: { studyInstanceUid: studyUid } })).toBe(0);
  expect(await db().quarantinedObject.count()).toBe(0);

  const again = await connect(peerOf(listener.port), contexts);
  const whole = { sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT };
  expect(await again.store({ ...whole, dataSet: pieces(dataSet, () => undefined) })).toMatchObject({
    status: 0,
  });
  await again.release();
  expect(await db().study.count({ where: { studyInstanceUid: studyUid } })).toBe(1);
});

test.each([
  ['a PDU that claims 4 GB', Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff, 0, 0])],
  ['a P-DATA-TF that claims 4 GB', Buffer.from([4, 0, 0xff, 0xff, 0xff, 0xff, 0, 0])],
  ['garbage', Buffer.from('GET / HTTP/1.1\r\nHost: pacs\r\n\r\n')],
  ['a TLS greeting', Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])],
  ['data before an association', Buffer.from([4, 0, 0, 0, 0, 8, 0, 0, 0, 4, 1, 3, 0, 0])],
])('%s is answered by A-ABORT, and the next caller is served', async (_, bytes) => {
  const { socket, closed } = await knock();
  socket.write(bytes);
  const said = await closed;
  expect(said[0]).toBe(PDU.abort);
  expect(await answers()).toBe(true);
});

test('a P-DATA-TF over 1 MiB within an association is A-ABORT', async () => {
  const { socket, closed } = await knock();
  socket.write(association());
  await new Promise((resolve) => socket.once('data', resolve));
  socket.write(Buffer.from([4, 0, 0, 0x20, 0, 0, 0, 0]));
  const said = await closed;
  expect(said[0]).toBe(PDU.associateAc);
  expect(said.at(-10)).toBe(PDU.abort);
});

test('slow loris before the association: the clock is of the whole request, not of each byte', async () => {
  const { socket, closed } = await knock();
  const request = association();
  let at = 0;
  const drip = setInterval(() => socket.write(request.subarray(at, ++at)), 40);
  const said = await closed;
  clearInterval(drip);
  expect(said[0]).toBe(PDU.abort);
  expect(at).toBeLessThan(request.length);
});

test('slow loris within an object: a byte now and then is no sending', async () => {
  const { socket, closed } = await knock();
  socket.write(association());
  await new Promise((resolve) => socket.once('data', resolve));
  // The head of a P-DATA-TF, then its body byte by byte.
  socket.write(Buffer.from([4, 0, 0, 0, 0xff, 0, 0, 0, 0xfe, 0xfc, 1, 3]));
  const drip = setInterval(() => socket.write(Buffer.alloc(1)), 40);
  const said = await closed;
  clearInterval(drip);
  expect(said.at(-10)).toBe(PDU.abort);
});

test('as many associations as allowed: one more is told to come later, and may when there is room', async () => {
  const contexts = [{ sopClassUid: CT_IMAGE, transferSyntaxUid: EXPLICIT }];
  const open = await Promise.all(
    Array.from({ length: LIMIT }, () => connect(peerOf(listener.port), contexts)),
  );
  await expect(echo(peerOf(listener.port))).rejects.toMatchObject({
    code: 'association_rejected',
    detail: 'local limit exceeded, transient',
  });
  await Promise.all(open.map((one) => one.release()));
  await expect.poll(answers).toBe(true);
});

test('300 mutations of a whole association: each comes to an end, and the next caller is served', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20261125);
  const next = random(seed).integer;
  const sopInstanceUid = newUid();
  const command = encodeCommand({
    commandField: COMMAND.storeRq,
    affectedSopClassUid: CT_IMAGE,
    affectedSopInstanceUid: sopInstanceUid,
    messageId: 1,
    priority: 0,
    hasDataSet: true,
  });
  const dataSet = dataSetOf(makeCt({ sopUid: sopInstanceUid }));
  const request = association().length;
  const whole = Buffer.concat([
    association(),
    messagePdus(1, command, dataSet, { maxLength: 512 }),
    encodeRelease(PDU.releaseRq),
  ]);
  for (let round = 0; round < 300; round += 1) {
    const bytes = Buffer.from(whole);
    for (let times = next(5); times > 0; times -= 1) bytes[next(bytes.length)] = next(256);
    const { socket, closed } = await knock();
    // The request, and when it was answered all the rest; half of the callers hang up at once then.
    socket.write(bytes.subarray(0, request));
    await Promise.race([closed, new Promise((resolve) => socket.once('data', resolve))]);
    socket.write(
      bytes.subarray(request, next(5) === 0 ? request + next(bytes.length - request) : bytes.length),
    );
    if (next(2) === 0) socket.end();
    await closed;
  }
  expect(await answers(), `FUZZ_SEED=${seed}`).toBe(true);
  await expect.poll(spooled).toEqual([]);
});

test('a flood of silent connections passes', async () => {
  const flood = await Promise.all(Array.from({ length: 200 }, knock));
  await Promise.all(flood.map(({ closed }) => closed));
  await expect.poll(answers).toBe(true);
});

test('an unknown sender that may be kept aside may do that and nothing else', async () => {
  const aside = await openListener(world.centres, {
    admit: () => ({ kind: 'quarantine', centreId: world.centres.CLB }),
  });
  const file = path.join(database.dataDir, 'stranger.dcm');
  const sopUid = newUid();
  await fs.writeFile(file, makeCt({ sopUid }));
  expect(await run('echoscu', toListener(aside.port, 'STRANGER'))).toMatchObject({ code: 0 });
  expect(await run('storescu', [...toListener(aside.port, 'STRANGER'), file])).toMatchObject({ code: 0 });
  const query = [
    '-S',
    '-k',
    'QueryRetrieveLevel=STUDY',
    '-k',
    'PatientID',
    ...toListener(aside.port, 'STRANGER'),
  ];
  expect((await run('findscu', query)).code).not.toBe(0);
  expect(await db().instance.count({ where: { sopInstanceUid: sopUid } })).toBe(0);
  const kept = await db().quarantinedObject.findMany({ where: { sopInstanceUid: sopUid } });
  expect(kept).toMatchObject([
    { centreId: world.centres.CLB, reason: 'unknown_sender', sourceName: 'STRANGER' },
  ]);
  await aside.close();
});
