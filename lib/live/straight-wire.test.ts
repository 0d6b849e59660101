import { once } from 'node:events';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { goesStraight, StraightWire } from './straight-wire.server.ts';

/** A frame of `size` bytes, each of which is its number. */
const frame = (n: number, size = 1000) => Buffer.alloc(size, n % 256);
const MANY = 4096;

describe('frames written straight to a connection', () => {
  let server: net.Server;
  let here: net.Socket;
  let there: net.Socket;
  let wire: StraightWire;
  let heard: Buffer[];

  beforeEach(async () => {
    server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    const came = once(server, 'connection');
    there = net.connect(port, '127.0.0.1');
    [here] = (await came) as [net.Socket];
    wire = new StraightWire(here);
    heard = [];
    there.pause();
    there.on('data', (data) => heard.push(data));
  });
  afterEach(() => {
    for (const one of [here, there]) one.destroy();
    server.close();
  });

  const length = () => heard.reduce((sum, { length }) => sum + length, 0);
  const allOf = async (bytes: number) => {
    there.resume();
    while (length() < bytes) await once(there, 'data');
    return Buffer.concat(heard);
  };
  /** Writes until the kernel takes nothing more: how many frames. */
  const fill = () => {
    for (let n = 0; n < 100_000; n += 1) {
      if (!wire.take(frame(n, MANY))) return n;
    }
    throw new Error('never full');
  };

  test('go past the stream, on the Node that we run on', async () => {
    expect(goesStraight).toBe(true);
    wire.take(frame(1));
    expect(wire.ready).toBe(true);
    expect(await allOf(1000)).toEqual(frame(1));
  });

  test('L5: a reader that stalls makes the wire busy, holds one frame at most, and gets all whole and in order', async () => {
    const sent = fill();
    expect(sent).toBeGreaterThan(10);
    expect(here.writableLength).toBe(0);
    const free = new Promise<void>((resolve) => wire.onceReady(resolve));
    const all = await allOf(sent * MANY);
    await free;
    expect(wire.ready).toBe(true);
    for (let n = 0; n < sent; n += 1)
      expect(all.subarray(n * MANY, (n + 1) * MANY).equals(frame(n, MANY))).toBe(true);
  });

  test('keep their place among what the stream is given', async () => {
    const sent = fill();
    here.write(frame(201));
    const free = new Promise<void>((resolve) => wire.onceReady(resolve));
    there.resume();
    await free;
    wire.take(frame(202));
    here.write(frame(203));
    wire.take(frame(204));
    const all = await allOf(sent * MANY + 4000);
    const tail = [201, 202, 203, 204].map((n) => frame(n));
    expect(all.subarray(sent * MANY).equals(Buffer.concat(tail))).toBe(true);
  });

  test('those who wait are called when the connection ends, and nothing more is written', async () => {
    fill();
    const free = new Promise<void>((resolve) => wire.onceReady(resolve));
    here.destroy();
    await free;
    expect(() => wire.take(frame(1))).not.toThrow();
  });

  test('nothing comes after the last word of a connection that is being closed', async () => {
    here.end(frame(7));
    expect(here.destroyed).toBe(false);
    wire.take(frame(8));
    there.resume();
    await once(there, 'end');
    expect(Buffer.concat(heard)).toEqual(frame(7));
  });

  test('a peer that is gone ends the connection', async () => {
    here.resume();
    there.resetAndDestroy();
    const closed = new Promise<void>((resolve) => here.once('close', () => resolve()));
    here.on('error', () => undefined);
    await closed;
    expect(() => wire.take(frame(1))).not.toThrow();
  });
});
