import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../statistics.ts';

const CALM_MICROSECONDS = 40;
/** ext4 without a journal forgets a deleted inode after five minutes at the latest. */
const MOST_MS = 6 * 60_000;

/**
 * Waits until making a file costs no more than it does on a disk at rest: where thousands of files were deleted a moment
 * ago some file systems pass over each of them whenever one is made. Resolves with the cost in µs, calm or not.
 */
export async function calmDisk(say: (words: string) => void): Promise<number> {
  const until = performance.now() + MOST_MS;
  for (let told = false; ; told = true) {
    const cost = newFileMicroseconds();
    if (cost < CALM_MICROSECONDS || performance.now() > until) return Math.round(cost);
    if (!told) say(`a new file costs ${Math.round(cost)} µs: waiting until the disk is at rest`);
    await delay(15_000);
  }
}

function newFileMicroseconds(): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-calm-'));
  try {
    const costs = Array.from({ length: 100 }, (_, index) => {
      const started = performance.now();
      fs.closeSync(fs.openSync(path.join(folder, String(index)), 'wx'));
      return 1000 * (performance.now() - started);
    });
    return percentile(costs, 0.5);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
