import http from 'node:http';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveBack, wholeBody } from './frame-memory.ts';

const LENGTH = 300_000;

/** A frame whose bytes tell which one it is. */
const frame = (number: number): Uint8Array => new Uint8Array(LENGTH).map((_, at) => (at * 7 + number) % 251);

const server = http.createServer((request, response) => {
  const number = Number(request.url?.slice(1).split('-')[0]);
  const body = frame(number);
  if (request.url?.endsWith('-packed')) {
    response.setHeader('content-encoding', 'gzip');
    response.end(zlib.gzipSync(body));
    return;
  }
  if (request.url?.endsWith('-chunked')) {
    response.write(body.subarray(0, 1000));
    response.end(body.subarray(1000));
    return;
  }
  response.setHeader('content-length', LENGTH);
  if (request.url?.endsWith('-cut')) response.write(body.subarray(0, 1000), () => response.destroy());
  else response.end(body);
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const read = async (name: string) => wholeBody(await fetch(`${origin}/${name}`));

test('a frame is read whole, into memory that another lay in as into its own', async () => {
  for (let number = 1; number <= 5; number += 1) {
    const memory = await read(String(number));
    expect(memory.byteLength).toBe(LENGTH);
    expect(Buffer.compare(new Uint8Array(memory), frame(number))).toBe(0);
    giveBack([memory]);
  }
});

test('two frames at once never lie in the same memory', async () => {
  giveBack([new ArrayBuffer(LENGTH)]);
  const [one, two] = await Promise.all([read('11'), read('12')]);
  expect(Buffer.compare(new Uint8Array(one), frame(11))).toBe(0);
  expect(Buffer.compare(new Uint8Array(two), frame(12))).toBe(0);
});

test('whoever still looks at what was given back sees nothing, and never the next frame', async () => {
  const memory = await read('21');
  const seen = new Uint8Array(memory);
  // Several images may be views of one memory.
  giveBack([memory, memory]);
  expect(seen).toHaveLength(0);
  const [next, other] = await Promise.all([read('22'), read('23')]);
  expect(next).not.toBe(other);
  expect(seen).toHaveLength(0);
});

test('an answer of no told length, or a packed one, is read as it comes', async () => {
  expect(Buffer.compare(new Uint8Array(await read('31-packed')), frame(31))).toBe(0);
  expect(Buffer.compare(new Uint8Array(await read('32-chunked')), frame(32))).toBe(0);
});

test('a line that is cut is an error, and no half frame', async () => {
  await expect(read('41-cut')).rejects.toThrow();
  expect(Buffer.compare(new Uint8Array(await read('42')), frame(42))).toBe(0);
});
