import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NewFile, suitsDirect } from './new-file.server.ts';
import { giveSlab, SLAB_BYTES, takeSlab } from './slabs.ts';

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-new-file-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

const bytesOf = (length: number) =>
  Buffer.from(Uint32Array.from({ length: length / 4 + 1 }, (_, i) => i).buffer, 0, length);

/** Written as the spool does, out of one slab that somebody else has used before. */
async function written(name: string, bytes: Buffer, direct: boolean): Promise<Buffer> {
  const slab = takeSlab().fill(0xee);
  const file = await NewFile.create(name, direct);
  for (let at = 0; at === 0 || at < bytes.length; at += SLAB_BYTES) {
    const length = bytes.copy(slab, 0, at, at + SLAB_BYTES);
    await file.write(slab, length);
  }
  await file.handle.sync();
  await file.handle.close();
  giveSlab(slab);
  return fs.readFile(name);
}

describe.each([true, false])('past the cache: %s', (direct) => {
  test.each([0, 1, 4095, 4096, 4097, 65_536, 525_312, SLAB_BYTES, SLAB_BYTES + 1, 3 * SLAB_BYTES - 5])(
    '%i bytes come out as they went in, and no byte more',
    async (length) => {
      const bytes = bytesOf(length);
      const got = await written(path.join(folder, `${direct} ${length}`), bytes, direct);
      expect(got.length).toBe(length);
      expect(got.equals(bytes)).toBe(true);
    },
  );

  test('a name that is taken is not written over', async () => {
    const name = path.join(folder, `taken ${direct}`);
    await fs.writeFile(name, 'there before');
    await expect(NewFile.create(name, direct)).rejects.toThrow('EEXIST');
    expect(await fs.readFile(name, 'utf8')).toBe('there before');
  });
});

test('memory that does not begin at a page is written through the cache', async () => {
  const bytes = bytesOf(200_000);
  const name = path.join(folder, 'oblique');
  const file = await NewFile.create(name, true);
  const oblique = Buffer.from(new ArrayBuffer(300_001), 1);
  bytes.copy(oblique);
  await file.write(oblique, bytes.length);
  await file.handle.close();
  expect((await fs.readFile(name)).equals(bytes)).toBe(true);
});

test('what is small, or lies in memory that is not a slab of ours, is not asked for', () => {
  const slab = takeSlab();
  expect(suitsDirect(slab, SLAB_BYTES)).toBe(true);
  expect(suitsDirect(slab, 2000)).toBe(false);
  expect(suitsDirect(Buffer.allocUnsafeSlow(SLAB_BYTES), SLAB_BYTES)).toBe(false);
  giveSlab(slab);
});
