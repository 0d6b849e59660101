import fs from 'node:fs/promises';
import path from 'node:path';
import { storePaths } from './paths.server.ts';

/** What is kept of a series beside its objects; each file is called by the series' id, then something or nothing. */
const folders = ['metadata', 'thumbnails'] as const;

export type DerivedFile = { seriesId: string; file: string };

/** All derived files, or those of some series; half-written ones too. */
export async function derivedFiles(ofSeries?: readonly string[]): Promise<DerivedFile[]> {
  const wanted = ofSeries && new Set(ofSeries);
  const found: DerivedFile[] = [];
  for (const folder of folders) {
    const full = path.join(storePaths().derived, folder);
    for (const name of await fs.readdir(full).catch((): string[] => [])) {
      const seriesId = name.slice(0, UUID_LENGTH);
      if (UUID.test(seriesId) && (!wanted || wanted.has(seriesId)))
        found.push({ seriesId, file: path.join(full, name) });
    }
  }
  return found;
}

const UUID_LENGTH = 36;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes whatever was derived from these series: the headers in it name the patient as the objects did. */
export async function removeDerived(seriesIds: readonly string[]): Promise<void> {
  if (seriesIds.length === 0) return;
  for (const { file } of await derivedFiles(seriesIds)) await fs.rm(file, { force: true });
}
