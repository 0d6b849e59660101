import { describe, expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { COMMAND, decodeCommand, encodeCommand } from './command-set.ts';
import { DimseError } from './errors.ts';
import { messagePdus } from './message-pdus.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateRequest,
  decodeAssociateAccept,
  decodeAssociateRequest,
  decodeReject,
  encodeAbort,
  encodeAssociateAccept,
  encodeAssociateRequest,
  encodeReject,
  encodeRelease,
  PDU,
} from './pdu.ts';
import { DEFAULT_LIMITS, PduReader } from './pdu-reader.ts';

const request: AssociateRequest = {
  calledAeTitle: 'CONSILIUM',
  callingAeTitle: 'PACS',
  applicationContext: APPLICATION_CONTEXT,
  contexts: [
    { id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] },
    { id: 3, abstractSyntax: '1.2.3', transferSyntaxes: ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'] },
  ],
  user: {
    maxLength: 16384,
    implementationClassUid: '1.2.3.4',
    implementationVersion: 'TEST',
    roles: [{ sopClassUid: '1.2.3', scu: false, scp: true }],
  },
};

type Seen = {
  pdus: { type: number; body: Buffer }[];
  fragments: { id: number; command: boolean; bytes: Buffer; last: boolean }[];
};

function reader(): { reader: PduReader; seen: Seen } {
  const seen: Seen = { pdus: [], fragments: [] };
  return {
    seen,
    reader: new PduReader({
      onPdu: (type, body) => seen.pdus.push({ type, body: Buffer.from(body) }),
      onFragment: (id, command, bytes, last) =>
        seen.fragments.push({ id, command, bytes: Buffer.from(bytes), last }),
    }),
  };
}

/** Pieces of one byte, of seven, and the whole: the network cuts where it likes. */
const cuts = [1, 7, Number.MAX_SAFE_INTEGER];
function feed(target: PduReader, bytes: Buffer, size: number): void {
  for (let at = 0; at < bytes.length; at += size)
    target.push(bytes.subarray(at, Math.min(bytes.length, at + size)));
}

describe('PDUs of PS3.8 9.3 come out as they went in', () => {
  test('A-ASSOCIATE-RQ and -AC, with roles', () => {
    expect(decodeAssociateRequest(encodeAssociateRequest(request).subarray(6))).toEqual(request);
    const accept = { ...request, contexts: [{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }] };
    expect(decodeAssociateAccept(encodeAssociateAccept(accept).subarray(6))).toEqual(accept);
  });

  test('A-ASSOCIATE-RJ', () => {
    const reason = { result: 2, source: 3, reason: 2 };
    expect(decodeReject(encodeReject(reason).subarray(6))).toEqual(reason);
  });

  test.each(cuts)('a stream in pieces of %s bytes', (size) => {
    const command = encodeCommand({ commandField: COMMAND.echoRq, messageId: 7, hasDataSet: false });
    const dataSet = Buffer.from('0123456789');
    const stream = Buffer.concat([
      encodeAssociateRequest(request),
      messagePdus(3, command, dataSet, { maxLength: 26 }),
      encodeRelease(PDU.releaseRq),
      encodeAbort(2, 1),
    ]);
    const { reader: target, seen } = reader();
    feed(target, stream, size);
    expect(seen.pdus.map(({ type }) => type)).toEqual([PDU.associateRq, PDU.releaseRq, PDU.abort]);
    const of = (kind: boolean) => seen.fragments.filter((one) => one.command === kind);
    expect(decodeCommand(Buffer.concat(of(true).map(({ bytes }) => bytes)))).toEqual({
      commandField: COMMAND.echoRq,
      messageId: 7,
      hasDataSet: false,
    });
    expect(Buffer.concat(of(false).map(({ bytes }) => bytes))).toEqual(dataSet);
    expect(seen.fragments.filter(({ last }) => last)).toHaveLength(2);
    expect(target.midway).toBe(false);
  });

  test('no PDU that is sent is longer than the other side takes (PS3.8 D.1)', () => {
    const command = encodeCommand({ commandField: COMMAND.storeRq, messageId: 1, hasDataSet: true });
    const bytes = messagePdus(1, command, Buffer.alloc(1000), { maxLength: 100 });
    for (let at = 0; at < bytes.length; at += 6 + bytes.readUInt32BE(at + 2)) {
      expect(bytes.readUInt32BE(at + 2)).toBeLessThanOrEqual(100);
    }
  });
});

describe('what is no PDU is a protocol error, and nothing is allocated for it', () => {
  test.each([
    ['a P-DATA-TF that claims 4 GB', Buffer.from([4, 0, 0xff, 0xff, 0xff, 0xff])],
    ['an A-ASSOCIATE-RQ that claims 4 GB', Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff])],
    ['a data value longer than its PDU', Buffer.from([4, 0, 0, 0, 0, 8, 0, 0, 0, 99, 1, 3, 0, 0])],
    ['a data value without a context', Buffer.from([4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3])],
    ['a PDU that ends in the head of a value', Buffer.from([4, 0, 0, 0, 0, 3, 0, 0, 0])],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['TLS', Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
    ['type 0', Buffer.alloc(6)],
  ])('%s', (_, bytes) => {
    const before = process.memoryUsage().arrayBuffers;
    for (const size of cuts) expect(() => feed(reader().reader, bytes, size)).toThrow(DimseError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('the same context twice, an even one, more than 128', () => {
    const wrong = (ids: number[]) =>
      encodeAssociateRequest({
        ...request,
        contexts: ids.map((id) => ({ id, abstractSyntax: '1.2', transferSyntaxes: ['1.2'] })),
      }).subarray(6);
    for (const ids of [[1, 1], [2], Array.from({ length: 129 }, (_, index) => (index * 2 + 1) % 256)])
      expect(() => decodeAssociateRequest(wrong(ids))).toThrow(DimseError);
  });
});

test('ten thousand mutations: own errors only, whatever the bytes', () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20261125);
  const next = random(seed).integer;
  const command = encodeCommand({
    commandField: COMMAND.storeRq,
    affectedSopClassUid: '1.2.3',
    affectedSopInstanceUid: '1.2.3.4',
    messageId: 1,
    hasDataSet: true,
  });
  const originals = [
    encodeAssociateRequest(request),
    encodeAssociateAccept({ ...request, contexts: [{ id: 1, result: 0, transferSyntax: '1.2' }] }),
    messagePdus(1, command, Buffer.alloc(64), { maxLength: 64 }),
    Buffer.concat([encodeRelease(PDU.releaseRq), encodeAbort(0, 0)]),
  ];
  for (let round = 0; round < 10_000; round += 1) {
    const bytes = Buffer.from(originals[next(originals.length)] ?? []);
    for (let times = 1 + next(6); times > 0; times -= 1) bytes[next(bytes.length)] = next(256);
    const cut = bytes.subarray(0, next(4) === 0 ? next(bytes.length) : bytes.length);
    const commands: Buffer[] = [];
    let handed = 0;
    const target = new PduReader(
      {
        onPdu: (type, body) => {
          handed += body.length;
          if (type === PDU.associateRq) decodeAssociateRequest(body);
          if (type === PDU.associateAc) decodeAssociateAccept(body);
          if (type === PDU.associateRj) decodeReject(body);
        },
        onFragment: (_id, isCommand, piece, last) => {
          handed += piece.length;
          if (!isCommand) return;
          commands.push(piece);
          if (last) decodeCommand(Buffer.concat(commands.splice(0)));
        },
      },
      DEFAULT_LIMITS,
    );
    try {
      feed(target, cut, 1 + next(100));
    } catch (error) {
      expect(error, `FUZZ_SEED=${seed}, round ${round}`).toBeInstanceOf(DimseError);
    }
    expect(handed, `FUZZ_SEED=${seed}, round ${round}`).toBeLessThanOrEqual(cut.length);
  }
});
