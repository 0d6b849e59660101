import fs from 'node:fs/promises';
import { log } from '@/lib/log.server.ts';
import { forgetSpooled, keepOnDisk } from './disk-threads.server.ts';
import { keepBlob } from './keep-blob.server.ts';
import { suitsDirect } from './new-file.server.ts';
import { storePaths } from './paths.server.ts';
import { giveSlab } from './slabs.ts';
import { gather, type InSlab, type OpenSpooled } from './spool.server.ts';

/** An object that has come in, and is not on the disk for sure before `keep` has resolved. */
export type Received = {
  size: number;
  /** The first bytes of the file, enough for the header of nearly every object. Not to be read after `keep`. */
  head: Uint8Array;
  /** Where the rest can be read when the head is not the whole. */
  file: string;
  /** Brings bytes and name into the blob store; resolves with the SHA-256. To be called once, or never. */
  keep: () => Promise<string>;
  /** To be called in the end. `inTheIndex`: nobody needs to wait for the tidying up. */
  dispose: (inTheIndex: boolean) => Promise<void>;
};

/** Takes an object in as it streams. Throws `storage_full` or `storage_error`. */
export async function receive(source: AsyncIterable<Uint8Array>): Promise<Received> {
  const gathered = await gather(source);
  return 'slab' in gathered ? inSlab(gathered) : spilled(gathered);
}

/** An ordinary image: a thread of the store does all of its way to the disk. */
function inSlab({ slab, size, file }: InSlab): Received {
  let state: 'held' | 'written' | 'gone' = 'held';
  const release = (now: 'written' | 'gone') => {
    state = now;
    giveSlab(slab);
  };
  return {
    size,
    head: slab.subarray(0, size),
    file,
    keep: async () => {
      const { buffer: memory, byteOffset: offset } = slab;
      const job = { memory, offset, size, direct: suitsDirect(slab, size), spoolFile: file };
      try {
        const sha256 = await keepOnDisk({ ...job, blobs: storePaths().blobs });
        release('written');
        return sha256;
      } catch (error) {
        release('gone');
        throw error;
      }
    },
    dispose: async (inTheIndex) => {
      if (state === 'held') release('gone');
      else if (state === 'written' && inTheIndex) forgetSpooled(file);
      else if (state === 'written') await tidied(fs.rm(file, { force: true }));
    },
  };
}

function spilled(open: OpenSpooled): Received {
  const { size, head, file } = open;
  return {
    size,
    head,
    file,
    keep: async () => {
      await keepBlob(open);
      return open.sha256;
    },
    dispose: async (inTheIndex) => {
      // The name is gone already where the file system has no second ones.
      const disposed = tidied(Promise.all([open.handle.close(), fs.rm(file, { force: true })]));
      if (!inTheIndex) await disposed;
    },
  };
}

/** A sender need not hear of it: what stays in the spool, the next start clears. */
async function tidied(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ err: error }, 'The spool keeps a file that is done with');
  }
}
