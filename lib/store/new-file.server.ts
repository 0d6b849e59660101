import fs, { constants, type FileHandle } from 'node:fs/promises';
import { isAligned } from './slabs.ts';

/** What a write past the cache begins at, and is a multiple of: no disk has longer blocks. */
const BLOCK_BYTES = 4096;
/** Below this the cache costs less than the block that has to be cut. */
const MIN_DIRECT_BYTES = 64 * 1024;
const { O_CREAT, O_EXCL, O_WRONLY } = constants;
/** Absent outside of Linux. */
const O_DIRECT: number | undefined = constants.O_DIRECT;

/** Set when the file system refuses it (some in memory, some over a network). */
let refused = false;

/**
 * A new file that is written once, from its beginning to its end, out of slabs. What comes in seldom is read within the
 * next seconds, and memory for it in the system's cache costs more than all the rest of its way, so images go to the
 * disk past the cache (O_DIRECT) where the file system can. That says nothing of durability: `handle.sync()` does.
 */
export class NewFile {
  handle: FileHandle;
  readonly #name: string;
  #direct: boolean;
  #at = 0;

  private constructor(name: string, handle: FileHandle, direct: boolean) {
    this.#name = name;
    this.handle = handle;
    this.#direct = direct;
  }

  /** `direct`: past the cache, if the file system can. Throws EEXIST and whatever else the disk has to say. */
  static async create(name: string, direct: boolean): Promise<NewFile> {
    if (direct && O_DIRECT !== undefined && !refused) {
      try {
        const handle = await fs.open(name, O_CREAT | O_EXCL | O_WRONLY | O_DIRECT, 0o666);
        return new NewFile(name, handle, true);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // The name may have been made before the flag was refused.
        refused = true;
        await fs.rm(name, { force: true });
      }
    }
    return new NewFile(name, await fs.open(name, 'wx', 0o666), false);
  }

  /** The next `length` bytes, from the slab's beginning. Only the last ones of a file may fill less than the slab. */
  async write(slab: Buffer, length: number): Promise<void> {
    const whole = this.#direct ? Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES : length;
    // What was in the slab before is somebody else's.
    slab.fill(0, length, whole);
    // A write may take only a part, on a disk that is nearly full: this one goes on or throws.
    for (let done = 0; done < whole; ) done += await this.#put(slab, done, whole - done);
    this.#at += length;
    if (whole > length) await this.handle.truncate(this.#at);
  }

  async #put(slab: Buffer, from: number, length: number): Promise<number> {
    try {
      return (await this.handle.write(slab, from, length, this.#at + from)).bytesWritten;
    } catch (error) {
      if (!this.#direct || !isRefusal(error)) throw error;
      // Longer blocks than ours, or a disk that is nearly full took a part of one.
      this.#direct = false;
      await this.handle.close();
      this.handle = await fs.open(this.#name, 'r+');
      return 0;
    }
  }
}

/** Whether a file that begins with so many bytes of a slab is better written past the cache. */
export const suitsDirect = (slab: Buffer, first: number): boolean =>
  first >= MIN_DIRECT_BYTES && isAligned(slab);

const isRefusal = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EINVAL';
