/**
 * Loaded before the server (`node --import`), it writes down what the server has made durable: which files' bytes were
 * flushed, and which folders' names. After a kill, power-cut.ts takes away everything that was not, as a power cut may.
 * With VOLATILE_DISK=no-flush nothing is flushed, whatever the server asks for: then a power cut must lose something,
 * or this simulation shows nothing.
 *
 * It stands for the file system's cache, at the level of the calls that the server makes. It says nothing of disks that
 * lie about their flushes, nor of PostgreSQL, whose own flushes go past it.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

const log = fs.openSync(process.env.VOLATILE_DISK_LOG, 'a');
const flushes = process.env.VOLATILE_DISK !== 'no-flush';
const note = (...words) => fs.writeSync(log, `${JSON.stringify(words)}\n`);

const { open, link, rename } = fs.promises;
const names = new WeakMap();
let patched = false;

fs.promises.open = async (name, flags, mode) => {
  const handle = await open(name, flags, mode);
  names.set(handle, path.resolve(String(name)));
  if (!patched) {
    patched = true;
    patch(Object.getPrototypeOf(handle));
  }
  return handle;
};

function patch(prototype) {
  for (const method of ['sync', 'datasync']) {
    const flush = prototype[method];
    prototype[method] = async function () {
      const name = names.get(this);
      if (!flushes) return;
      await flush.call(this);
      if (name) note('flush', name);
    };
  }
}

fs.promises.link = async (from, to) => {
  await link(from, to);
  note('name', path.resolve(to), path.resolve(from));
};
fs.promises.rename = async (from, to) => {
  await rename(from, to);
  note('name', path.resolve(to), path.resolve(from));
};

// The store's threads call the disk without promises; each of them loads this too.
const { openSync, fsyncSync, linkSync, renameSync, closeSync } = fs;
const openNames = new Map();
fs.openSync = (name, ...rest) => {
  const file = openSync(name, ...rest);
  openNames.set(file, path.resolve(String(name)));
  return file;
};
fs.closeSync = (file) => {
  openNames.delete(file);
  closeSync(file);
};
fs.fsyncSync = (file) => {
  if (!flushes) return;
  fsyncSync(file);
  if (openNames.has(file)) note('flush', openNames.get(file));
};
fs.linkSync = (from, to) => {
  linkSync(from, to);
  note('name', path.resolve(to), path.resolve(from));
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  note('name', path.resolve(to), path.resolve(from));
};
syncBuiltinESMExports();
