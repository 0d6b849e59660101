import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { bodyChunks } from './body-chunks.ts';

const piece = (value: number, length = 64 * 1024) => Buffer.alloc(length, value);

test('hands on the pieces themselves, in order, also when they come quicker than they are read', async () => {
  const pieces = Array.from({ length: 40 }, (_, index) => piece(index));
  const got: Buffer[] = [];
  for await (const chunk of bodyChunks(Readable.from(pieces, { objectMode: false, highWaterMark: 1 })))
    got.push(chunk);
  expect(Buffer.concat(got).equals(Buffer.concat(pieces))).toBe(true);
});

test('a reader that is slow stops the sender', async () => {
  const stream = new PassThrough({ highWaterMark: 64 * 1024 });
  const reader = bodyChunks(stream);
  stream.write(piece(0));
  expect((await reader.next()).value).toHaveLength(64 * 1024);
  let sent = 1;
  while (sent < 100 && stream.write(piece(sent))) {
    sent += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stream.isPaused()).toBe(true);
  expect(sent).toBeLessThan(20);
  stream.end();
  let bytes = 64 * 1024;
  for await (const chunk of reader) bytes += chunk.length;
  expect(bytes).toBe((sent + 1) * 64 * 1024);
});

test('a stream that breaks off throws, behind what had come', async () => {
  const stream = new PassThrough();
  const reader = bodyChunks(stream);
  stream.write(piece(1));
  expect((await reader.next()).value?.[0]).toBe(1);
  stream.destroy();
  await expect(reader.next()).rejects.toThrow('before its end');
});

test('an error is the stream’s own, and a stream that is gone already is no empty body', async () => {
  const broken = new PassThrough();
  const reader = bodyChunks(broken);
  const first = reader.next();
  broken.destroy(new Error('reset'));
  await expect(first).rejects.toThrow('reset');
  await expect(bodyChunks(broken).next()).rejects.toThrow('before its end');
});

test('a reader that stops early leaves the rest unread', async () => {
  const stream = new PassThrough();
  stream.write(piece(1));
  stream.write(piece(2));
  for await (const chunk of bodyChunks(stream)) {
    expect(chunk[0]).toBe(1);
    break;
  }
  expect(stream.isPaused()).toBe(true);
  stream.destroy();
});
