import fs from 'node:fs';
import { blobPath } from './paths.server.ts';

/**
 * Open blobs, kept open for a while: a multi-frame object is read frame by frame, a slice again by everybody in the
 * room. A blob never changes, so an open one is as good as a new look.
 */
type Open = { descriptor: Promise<number>; fd: number | undefined; users: number; evicted: boolean };

const opened = new Map<string, Open>();
/** A long series stays open as a whole; well within the 1024 files that a process may have open anywhere. */
const MOST_OPEN = 640;

function close(entry: Open): void {
  entry.descriptor.then(
    (fd) => fs.close(fd, () => undefined),
    () => undefined,
  );
}

function openBlob(sha256: string): Open {
  const known = opened.get(sha256);
  if (known) return known;
  const entry: Open = {
    descriptor: new Promise((resolve, reject) => {
      fs.open(blobPath(sha256), 'r', (error, fd) => (error ? reject(error) : resolve(fd)));
    }),
    fd: undefined,
    users: 0,
    evicted: false,
  };
  entry.descriptor.then(
    (fd) => {
      entry.fd = fd;
    },
    () => opened.delete(sha256),
  );
  opened.set(sha256, entry);
  for (const [oldest, candidate] of opened) {
    if (opened.size <= MOST_OPEN) break;
    opened.delete(oldest);
    candidate.evicted = true;
    if (candidate.users === 0) close(candidate);
  }
  return entry;
}

/**
 * Reads `length` bytes of a stored blob at `offset` into `target` at `at`. Throws when the file ends before.
 * @returns the same target
 */
export async function readBlobInto(
  sha256: string,
  target: Buffer,
  at: number,
  offset: number,
  length: number,
): Promise<Buffer> {
  const entry = openBlob(sha256);
  entry.users += 1;
  try {
    const fd = entry.fd ?? (await entry.descriptor);
    for (let done = 0; done < length; ) {
      const read = await readOnce(fd, target, at + done, length - done, offset + done);
      if (read === 0) throw new Error(`blob ${sha256} ends before ${offset + length}`);
      done += read;
    }
    return target;
  } finally {
    entry.users -= 1;
    if (entry.evicted && entry.users === 0) close(entry);
  }
}

function readOnce(fd: number, target: Buffer, at: number, length: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.read(fd, target, at, length, position, (error, read) => (error ? reject(error) : resolve(read)));
  });
}
