import fs from 'node:fs/promises';
import { AppError } from '@/lib/errors.ts';
import { storePaths } from './paths.server.ts';

/** Kept free for the database beside the store: without room for its log it stops, and everything else with it. */
const RESERVE_BYTES = 256 * 1024 * 1024;
/** Of a small disk no more than this share. */
const RESERVE_SHARE = 0.05;
const FRESH_MS = 500;

let looked = { at: 0, root: '', enough: true };

/** Throws `storage_full` when what is left of the disk is kept for the database. Looks twice a second at most, while there is enough. */
export async function requireSpace(): Promise<void> {
  const { root, spool } = storePaths();
  if (!looked.enough || looked.root !== root || Date.now() - looked.at > FRESH_MS) {
    const { bavail, blocks, bsize } = await fs.statfs(spool);
    const reserve = Math.min(RESERVE_BYTES, RESERVE_SHARE * blocks * bsize);
    looked = { at: Date.now(), root, enough: bavail * bsize > reserve };
  }
  if (!looked.enough) throw new AppError('storage_full');
}
