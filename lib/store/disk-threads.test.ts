import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetSpooled, keepOnDisk, stopDiskThreads } from './disk-threads.server.ts';
import { giveSlab, SLAB_BYTES, type Slab, takeSlab } from './slabs.ts';

let blobs: string;
const at = (name: string) => path.join(blobs, name);
beforeAll(async () => {
  blobs = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-disk-threads-'));
  for (let folder = 0; folder < 256; folder += 1) await fs.mkdir(at(folder.toString(16).padStart(2, '0')));
});
afterAll(async () => {
  await stopDiskThreads();
  await fs.rm(blobs, { recursive: true });
});

function keep(slab: Slab, size: number, direct: boolean, spoolFile: string): Promise<string> {
  return keepOnDisk({ memory: slab.buffer, offset: slab.byteOffset, size, direct, spoolFile, blobs });
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A slab that somebody else has used before, with bytes of its own at its beginning. */
function filled(size: number, seed: number): { slab: Slab; bytes: Buffer } {
  const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8) + seed) % 256));
  const slab = takeSlab();
  slab.fill(0xee).set(bytes);
  return { slab, bytes };
}

test.each([true, false])(
  'bytes come out as they went in, named by their hash; past the cache: %s',
  async (direct) => {
    const sizes = [1, 4095, 4096, 4097, 525_920, SLAB_BYTES - 1, SLAB_BYTES];
    await Promise.all(
      sizes.map(async (size, seed) => {
        const { slab, bytes } = filled(size, seed + (direct ? 0 : 50));
        const spoolFile = at(`spooled ${direct} ${size}`);
        const hash = await keep(slab, size, direct, spoolFile);
        giveSlab(slab);
        expect(hash).toBe(sha256(bytes));
        expect((await fs.readFile(path.join(blobs, hash.slice(0, 2), hash))).equals(bytes)).toBe(true);
        expect((await fs.stat(spoolFile)).nlink).toBeGreaterThan(1);
      }),
    );
  },
);

test('memory that does not begin at a page goes through the cache', async () => {
  const oblique = Buffer.from(new SharedArrayBuffer(SLAB_BYTES), 1) as Slab;
  oblique.fill(7, 0, 200_001);
  const hash = await keep(oblique, 200_001, true, at('oblique'));
  expect(hash).toBe(sha256(Buffer.alloc(200_001, 7)));
  expect(await fs.readFile(path.join(blobs, hash.slice(0, 2), hash))).toEqual(Buffer.alloc(200_001, 7));
});

test('of what a power cut left under the name, whole bytes take the place', async () => {
  const { slab, bytes } = filled(100_000, 99);
  const target = path.join(blobs, sha256(bytes).slice(0, 2), sha256(bytes));
  await fs.writeFile(target, 'half of it');
  await keep(slab, bytes.length, true, at('again'));
  giveSlab(slab);
  expect((await fs.readFile(target)).equals(bytes)).toBe(true);
  await expect(fs.stat(at('again'))).rejects.toThrow('ENOENT');
});

test('what the disk says is said, and nothing stays in the spool', async () => {
  const { slab } = filled(10, 1);
  await expect(keep(slab, 10, false, at('no folder/x'))).rejects.toMatchObject({ code: 'ENOENT' });
  const elsewhere = {
    memory: slab.buffer,
    offset: slab.byteOffset,
    size: 10,
    direct: false,
    spoolFile: at('lone'),
  };
  await expect(keepOnDisk({ ...elsewhere, blobs: at('none') })).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(fs.stat(at('lone'))).rejects.toThrow('ENOENT');
  giveSlab(slab);
});

test('a name in the spool that is taken is left alone', async () => {
  await fs.writeFile(at('taken'), 'there before');
  const { slab } = filled(70_000, 2);
  await expect(keep(slab, 70_000, true, at('taken'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await fs.readFile(at('taken'), 'utf8')).toBe('there before');
  giveSlab(slab);
});

test('what is forgotten goes, all the same whether it is there', async () => {
  await fs.writeFile(at('done with'), 'x');
  forgetSpooled(at('never was'));
  forgetSpooled(at('done with'));
  await expect.poll(() => fs.stat(at('done with')).catch(() => 'gone')).toBe('gone');
});

test('a thread that ends fails what waits for it, and the next object has another', async () => {
  const { slab, bytes } = filled(90_000, 3);
  const lost = expect(keep(slab, bytes.length, true, at('lost'))).rejects.toThrow('has ended');
  await stopDiskThreads();
  await lost;
  await fs.rm(at('lost'), { force: true });
  expect(await keep(slab, bytes.length, true, at('found'))).toBe(sha256(bytes));
  giveSlab(slab);
});
