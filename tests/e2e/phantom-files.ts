import fs from 'node:fs/promises';
import path from 'node:path';
import { thoraxFiles } from '../../lib/phantom/thorax.ts';

/** Writes a small synthetic patient that no other test brings in; returns its files. */
export async function writePhantom(folder: string, seed = 77): Promise<string[]> {
  const files: string[] = [];
  for (const { path: name, bytes } of thoraxFiles(seed)) {
    const target = path.join(folder, name.replaceAll('/', '-'));
    await fs.writeFile(target, bytes);
    files.push(target);
  }
  return files;
}
