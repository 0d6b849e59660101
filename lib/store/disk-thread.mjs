/**
 * A thread that brings objects to the disk (disk-threads.server.ts): what one needs is a row of short calls, and each
 * by itself, on a pool of threads, would cost two wakes. It waits for the disk, so that nobody else does. Plain
 * JavaScript: it is loaded as it lies here, by a built server and by a test alike.
 */
import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';

/** What a write past the system's cache begins at, and is a multiple of: no disk has longer blocks. */
const BLOCK_BYTES = 4096;
const { O_CREAT, O_EXCL, O_WRONLY, O_DIRECT } = fs.constants;
/** A file system without second names says one of these. */
const NO_SECOND_NAMES = ['EPERM', 'ENOTSUP', 'ENOSYS'];

/** Folders of the blob store stay open: each object flushes one. */
const folders = new Map();
/** Where objects lie, until another is named. */
let memory;

parentPort?.on('message', ({ keep, forget }) => {
  for (const name of forget ?? []) remove(name);
  if (!keep) return;
  memory = keep.memory ?? memory;
  try {
    parentPort?.postMessage({ id: keep.id, sha256: kept(keep) });
  } catch (error) {
    parentPort?.postMessage({ id: keep.id, failure: { code: error.code, message: error.message } });
  }
});

/**
 * Writes the first `size` bytes of a slab into the spool, gives them their second name in the blob store, and flushes
 * both. A name that is there already is the same object again, or what a power cut left of one, which must not be
 * trusted: whole bytes take its place.
 */
function kept({ offset, size, direct, spoolFile, blobs }) {
  const sha256 = hash('sha256', new Uint8Array(memory, offset, size), 'hex');
  const folder = path.join(blobs, sha256.slice(0, 2));
  const target = path.join(folder, sha256);
  const file = written({ offset, size, direct, spoolFile });
  try {
    try {
      fs.linkSync(spoolFile, target);
    } catch (error) {
      if (error.code !== 'EEXIST' && !NO_SECOND_NAMES.includes(error.code)) throw error;
      fs.fsyncSync(file);
      fs.renameSync(spoolFile, target);
    }
    fs.fsyncSync(file);
    fs.fsyncSync(opened(folder));
    return sha256;
  } catch (error) {
    remove(spoolFile);
    throw error;
  } finally {
    fs.closeSync(file);
  }
}

/**
 * A new file with these bytes, past the cache if it is wanted and the file system can. Returns it open. What is left
 * after the last whole block goes through the cache: to pad that block and cut it, the system would read it first.
 */
function written({ offset, size, direct, spoolFile }) {
  if (direct && O_DIRECT !== undefined) {
    const whole = size - (size % BLOCK_BYTES);
    try {
      return made(spoolFile, O_CREAT | O_EXCL | O_WRONLY | O_DIRECT, (file) => {
        writeAll(file, new Uint8Array(memory, offset, whole), 0);
        if (whole < size) writeEnd(spoolFile, new Uint8Array(memory, offset + whole, size - whole), whole);
      });
    } catch (error) {
      // The file system has no such writing, its blocks are longer, or a disk that is nearly full took a part of one.
      if (error.code !== 'EINVAL') throw error;
      remove(spoolFile);
    }
  }
  return made(spoolFile, 'wx', (file) => writeAll(file, new Uint8Array(memory, offset, size), 0));
}

/** Flushed with the rest: a flush is of a file, whoever wrote to it. */
function writeEnd(name, bytes, at) {
  const file = fs.openSync(name, 'r+');
  try {
    writeAll(file, bytes, at);
  } finally {
    fs.closeSync(file);
  }
}

/** A new file that is filled, and not there when that fails. */
function made(name, flags, fill) {
  const file = fs.openSync(name, flags, 0o666);
  try {
    fill(file);
    return file;
  } catch (error) {
    fs.closeSync(file);
    remove(name);
    throw error;
  }
}

/** A write may take only a part, on a disk that is nearly full: this one goes on or throws. */
function writeAll(file, bytes, at) {
  for (let done = 0; done < bytes.length; )
    done += fs.writeSync(file, bytes, done, bytes.length - done, at + done);
}

function opened(folder) {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const file = fs.openSync(folder, 'r');
  folders.set(folder, file);
  return file;
}

/** What stays in the spool, the next start clears. */
function remove(name) {
  try {
    fs.unlinkSync(name);
  } catch {
    // Gone already, or a disk in trouble, of which the next object tells.
  }
}
