import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env.ts';

/** Of the folder that was asked for last: each object asks a few times, and it changes in tests only. */
let known = { dataDir: '', paths: pathsUnder('') };

/** Where the store keeps its files under DATA_DIR. Blobs are named by their SHA-256; the rest can be made again. */
export function storePaths() {
  const dataDir = process.env.DATA_DIR || env().DATA_DIR;
  if (known.dataDir !== dataDir) known = { dataDir, paths: pathsUnder(path.resolve(dataDir)) };
  return known.paths;
}

function pathsUnder(dataDir: string) {
  const root = path.join(dataDir, 'store');
  return {
    root,
    spool: path.join(root, 'spool'),
    blobs: path.join(root, 'blobs'),
    derived: path.join(root, 'derived'),
  };
}

/**
 * 256 folders, all made before the first blob: none is made, and its name synced, while somebody waits for an answer.
 * Ten million objects are 40,000 in each, which the file systems in use look up by hash or tree.
 */
export const blobFolders: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);

export function blobPath(sha256: string): string {
  return path.join(storePaths().blobs, sha256.slice(0, 2), sha256);
}

/** Makes a folder and its parents durable: a file renamed into it survives a power cut only if its name does. */
export async function durableFolder(folder: string): Promise<void> {
  const made = await fs.mkdir(folder, { recursive: true });
  if (made) {
    for (
      let at = folder;
      at.length >= path.dirname(made).length && at !== path.dirname(at);
      at = path.dirname(at)
    ) {
      await syncFolder(at);
    }
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Folders of the blob store that were flushed before stay open: each object flushes one. There are 256 at most. */
const openFolders = new Map<string, Promise<FileHandle>>();

/** As `syncFolder`, for a folder that is flushed again and again and never removed while the process runs. */
export async function syncBlobFolder(folder: string): Promise<void> {
  let opening = openFolders.get(folder);
  if (!opening) {
    opening = fs.open(folder, 'r');
    opening.catch(() => openFolders.delete(folder));
    openFolders.set(folder, opening);
  }
  await (await opening).sync();
}

/** For tests, whose stores come and go within one process. */
export async function closeBlobFolders(): Promise<void> {
  const handles = [...openFolders.values()];
  openFolders.clear();
  for (const handle of handles) await (await handle).close();
}
