import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { COMMAND, decodeCommand, encodeCommand } from '@/lib/dimse/command-set.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { messagePdus } from '@/lib/dimse/message-pdus.ts';
import { APPLICATION_CONTEXT, encodeAssociateRequest, encodeRelease, PDU } from '@/lib/dimse/pdu.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld } from '../setup/world.ts';
import { CT_IMAGE, dataSetOf, EXPLICIT, openListener } from './support.ts';

let database: TestDatabase;
let listener: Listener;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createWorld();
  await openStore();
  listener = await openListener(world.centres);
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

/** An association of a program of that name, and everything that it is told from then on. */
async function associate(implementationVersion: string) {
  const socket = net.connect(listener.port, '127.0.0.1');
  socket.write(
    encodeAssociateRequest({
      calledAeTitle: 'CONSILIUM',
      callingAeTitle: 'IGR_RAW',
      applicationContext: APPLICATION_CONTEXT,
      contexts: [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT] }],
      user: { maxLength: 16384, implementationClassUid: '1.2.3', implementationVersion, roles: [] },
    }),
  );
  const [accepted] = (await once(socket, 'data')) as [Buffer];
  expect(accepted[0]).toBe(PDU.associateAc);
  const told: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => told.push(bytes));
  return { socket, told: () => Buffer.concat(told) };
}

function storeRequest(sopUid: string, messageId: number): Buffer {
  const command = encodeCommand({
    commandField: COMMAND.storeRq,
    messageId,
    affectedSopClassUid: CT_IMAGE,
    affectedSopInstanceUid: sopUid,
    priority: 0,
    hasDataSet: true,
  });
  const dataSet = dataSetOf(makeCt({ sopUid, rows: 64, columns: 64 }));
  return messagePdus(1, command, dataSet, { maxLength: 4096 });
}

/** The one answer that these bytes are. */
function answerIn(bytes: Buffer) {
  expect(bytes[0]).toBe(PDU.data);
  expect(bytes.readUInt32BE(2)).toBe(bytes.length - 6);
  return decodeCommand(bytes.subarray(12));
}

test('to a sender that does not read meanwhile, the answer begins when an object stands still, and ends when it is safe', async () => {
  const { socket, told } = await associate('OFFIS_DCMTK_367');
  for (const messageId of [1, 2]) {
    const before = told().length;
    const sopUid = newUid();
    const bytes = storeRequest(sopUid, messageId);
    socket.write(bytes.subarray(0, bytes.length - 1000));
    await expect.poll(() => told().length).toBe(before + 1);
    expect(await db().instance.count({ where: { sopInstanceUid: sopUid } })).toBe(0);
    socket.write(bytes.subarray(bytes.length - 1000));
    await expect.poll(() => told().length).toBeGreaterThan(before + 12);
    expect(answerIn(told().subarray(before))).toMatchObject({ status: 0, respondedTo: messageId });
    expect(await db().instance.count({ where: { sopInstanceUid: sopUid } })).toBe(1);
  }
  socket.write(encodeRelease(PDU.releaseRq));
  await once(socket, 'end');
  expect(told().at(-10)).toBe(PDU.releaseRp);
});

test('to any other, nothing is said before the answer', async () => {
  const { socket, told } = await associate('PYNETDICOM_230');
  const [first, second] = [newUid(), newUid()];
  const bytes = storeRequest(second, 2);
  socket.write(Buffer.concat([storeRequest(first, 1), bytes.subarray(0, bytes.length - 1000)]));
  // The whole answer to the first, and not a byte of one to the second, however long it stands still.
  await expect.poll(() => told().length).toBeGreaterThan(12);
  const one = told().length;
  expect(answerIn(told())).toMatchObject({ status: 0, respondedTo: 1 });
  socket.write(bytes.subarray(bytes.length - 1000));
  await expect.poll(() => told().length).toBeGreaterThan(one);
  expect(answerIn(told().subarray(one))).toMatchObject({ status: 0, respondedTo: 2 });
  socket.destroy();
});

test('a sender that goes away behind the beginning of an answer leaves nothing', async () => {
  const { socket, told } = await associate('OFFIS_DCMTK_367');
  const sopUid = newUid();
  const bytes = storeRequest(sopUid, 1);
  socket.write(bytes.subarray(0, bytes.length - 1000));
  await expect.poll(() => told().length).toBe(1);
  socket.destroy();
  await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  expect(await db().instance.count({ where: { sopInstanceUid: sopUid } })).toBe(0);
});
