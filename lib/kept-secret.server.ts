import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** A secret made once and kept in a file that only we read. */
export async function keptSecret(file: string): Promise<string> {
  try {
    const kept = (await fs.readFile(file, 'utf8')).trim();
    if (kept) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = randomBytes(32).toString('hex');
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await fs.writeFile(`${file}.new`, made, { mode: 0o600, flush: true });
  await fs.rename(`${file}.new`, file);
  return made;
}
