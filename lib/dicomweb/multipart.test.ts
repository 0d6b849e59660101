import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { random } from '@/lib/phantom/random.ts';
import { readParts } from './multipart.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size: number, boundary = 'b'): Promise<{ type?: string; body: Buffer }[]> {
  const parts: { type?: string; body: Buffer }[] = [];
  for await (const { headers, body } of readParts(pieces(bytes, size), boundary)) {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    parts.push({ type: headers.get('content-type'), body: Buffer.concat(chunks) });
  }
  return parts;
}

const message = (bodies: readonly Buffer[], boundary = 'b') =>
  Buffer.concat([
    ...bodies.flatMap((body) => [
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

describe('parts of RFC 2046 5.1, wherever the stream is cut', () => {
  const tricky = [
    Buffer.from('plain'),
    Buffer.from('\r\n--bx looks like one\r\n-\r\n--'),
    Buffer.from('\r\r\n\r\n'),
    Buffer.alloc(0),
    Buffer.from('\r\n--'),
  ];
  test.each([1, 2, 3, 5, 7, 64, 1000])('in pieces of %i bytes', async (size) => {
    const parts = await read(message(tricky), size);
    expect(parts.map(({ body }) => body.toString())).toEqual(tricky.map(String));
    expect(new Set(parts.map(({ type }) => type))).toEqual(new Set(['application/dicom']));
  });

  test('preamble, padding behind a boundary and an epilogue are no content', async () => {
    const bytes = Buffer.from('preamble\r\n--b  \r\nX: 1\r\n\r\nbody\r\n--b--\r\nepilogue');
    expect((await read(bytes, 4)).map(({ body }) => body.toString())).toEqual(['body']);
  });

  const seed = Number(process.env.MULTIPART_SEED ?? randomInt(2 ** 31));
  test(`random bodies and cuts come out as they went in (MULTIPART_SEED=${seed})`, async () => {
    const next = random(seed);
    const upTo = (most: number) => Math.floor(next() * most);
    // Mostly the very bytes that boundaries are made of.
    const letters = Buffer.from('\r\n--zz x');
    const body = () =>
      Buffer.from(Array.from({ length: upTo(3000) }, () => letters[upTo(letters.length)] ?? 0));
    for (let round = 0; round < 50; round += 1) {
      const bodies = Array.from({ length: 1 + upTo(4) }, body).map((one) =>
        one.includes('\r\n--zz') ? one.subarray(0, one.indexOf('\r\n--zz')) : one,
      );
      const size = 1 + upTo(700);
      const parts = await read(message(bodies, 'zz'), size, 'zz');
      expect(parts.map((part) => part.body.toString('hex'))).toEqual(
        bodies.map((one) => one.toString('hex')),
      );
    }
  });
});

describe('damage is said', () => {
  test.each([
    ['no boundary at all', 'x'.repeat(40_000)],
    ['the end is missing', '--b\r\nX: 1\r\n\r\nbody'],
    ['cut within a header', '--b\r\nX: 1\r\n'],
    ['a header without end', `--b\r\n${'X: 1\r\n'.repeat(6000)}`],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    await expect(read(Buffer.from(text), 1000)).rejects.toMatchObject({ code: 'multipart_damaged' });
  });
});

test('what the consumer leaves of a part does not reach the next', async () => {
  const seen: string[] = [];
  for await (const { body } of readParts(
    pieces(message([Buffer.alloc(5000), Buffer.from('two')]), 100),
    'b',
  )) {
    const first = await body.next();
    seen.push(first.done ? '' : first.value.toString('latin1').slice(0, 3));
  }
  expect(seen[1]).toBe('two');
});
