import fs from 'node:fs';
import os from 'node:os';

/** What a figure is worth depends on where it was measured. */
export type Machine = {
  date: string;
  /** Hash of the sources that the measured build was made of. */
  build: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  /** Processes ready to run, averaged over the last minute, as the run began and as it ended. */
  load: { before: number; after: number };
  versions: Record<string, string>;
};

export const loadNow = (): number => os.loadavg()[0] ?? Number.NaN;

export function machine(loadBefore: number, versions: Record<string, string>): Machine {
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    build: fs.readFileSync('dist/.build-stamp', 'utf8').slice(0, 12),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 1024 ** 3),
    load: { before: loadBefore, after: loadNow() },
    versions: { Node: process.versions.node, ...versions },
  };
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  const { version } = JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
    version: string;
  };
  return version;
}
