import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { ResolvedStudy } from './load-study.server.ts';

/** What is in a study that `resolveStudy` opened: the index only, no file. Hidden series are left out. */

/** Series in the order of their number; only the one of that Series Instance UID when it is given. */
export function seriesOf(study: Pick<ResolvedStudy, 'id'>, seriesUid?: string | null) {
  return db().series.findMany({
    where: { studyId: study.id, hiddenAt: null, ...(seriesUid && { seriesInstanceUid: seriesUid }) },
    orderBy: [{ seriesNumber: 'asc' }, { id: 'asc' }],
  });
}

/** Where one instance's bytes are, and what of them need not be read from the file. */
export type StoredInstance = {
  sopInstanceUid: string;
  sha256: string;
  size: number;
  transferSyntaxUid: string;
  frames: number;
  /** Where the pixel data's value lies in the file; null where that is not known (then the header tells). */
  pixelOffset: number | null;
  pixelLength: number | null;
};

const select = {
  sopInstanceUid: true,
  sha256: true,
  size: true,
  transferSyntaxUid: true,
  frames: true,
  pixelOffset: true,
  pixelLength: true,
} as const;

type Row = Omit<StoredInstance, 'size' | 'pixelOffset' | 'pixelLength'> & {
  size: bigint;
  pixelOffset: bigint | null;
  pixelLength: bigint | null;
};

const toStored = (row: Row): StoredInstance => ({
  ...row,
  size: Number(row.size),
  pixelOffset: row.pixelOffset === null ? null : Number(row.pixelOffset),
  pixelLength: row.pixelLength === null ? null : Number(row.pixelLength),
});

/** Instances of a series in the order of their number. */
export async function instancesOf(seriesId: string): Promise<StoredInstance[]> {
  const rows = await db().instance.findMany({
    where: { seriesId },
    orderBy: [{ instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
    select,
  });
  return rows.map(toStored);
}

export type SeriesTable = ReadonlyMap<string, StoredInstance>;
type Kept = { checkedAt: number; revision: number; table: SeriesTable };

/** A viewer reads a series frame by frame: its instances are looked up once, and whether they changed now and then. */
const tables = new Map<string, Kept>();
const underway = new Map<string, Promise<SeriesTable>>();
const CHECK_MS = 3000;
const MOST_TABLES = 200;

/**
 * The instances of one series by SOP Instance UID, kept in memory. One that lacks the wanted instance is read anew.
 * Throws `not_found` when the study has no such series, or it is hidden.
 */
export function seriesTable(
  study: ResolvedStudy,
  seriesUid: string,
  wanted: string,
): SeriesTable | Promise<SeriesTable> {
  const key = `${study.id} ${seriesUid}`;
  const kept = tables.get(key);
  const fresh = kept && Date.now() - kept.checkedAt < CHECK_MS;
  if (fresh && kept.table.has(wanted)) return kept.table;
  const pending = underway.get(key) ?? refresh(study, seriesUid, key).finally(() => underway.delete(key));
  underway.set(key, pending);
  return pending;
}

async function refresh(study: ResolvedStudy, seriesUid: string, key: string): Promise<SeriesTable> {
  const kept = tables.get(key);
  const checkedAt = Date.now();
  const [series] = await seriesOf(study, seriesUid);
  if (!series) {
    tables.delete(key);
    throw new AppError('not_found');
  }
  if (kept && kept.revision === series.revision && kept.table.size === series.instanceCount) {
    kept.checkedAt = checkedAt;
    return kept.table;
  }
  const rows = await instancesOf(series.id);
  const table = new Map(rows.map((row) => [row.sopInstanceUid, row]));
  tables.delete(key);
  tables.set(key, { checkedAt, revision: series.revision, table });
  for (const oldest of tables.keys()) {
    if (tables.size <= MOST_TABLES) break;
    tables.delete(oldest);
  }
  return table;
}
