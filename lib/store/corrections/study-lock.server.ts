import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

/**
 * Holds studies against arriving objects until the transaction ends: the lock that `consilium_store_batch` takes
 * before it writes into a study, in the same order.
 */
export async function lockStudies(tx: Tx, centreId: string, studyUids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(${centreId} || ' ' || uid, 0) AS key
      FROM unnest(${[...studyUids]}::text[]) AS uid ORDER BY 1
    ) AS keys`;
}

/** The same for one study, shown or not, by its id. Throws `not_found` when it was purged. */
export async function lockStudy(tx: Tx, studyId: string): Promise<void> {
  const study = await tx.study.findUnique({
    where: { id: studyId },
    select: { centreId: true, studyInstanceUid: true },
  });
  if (!study) throw new AppError('not_found');
  await lockStudies(tx, study.centreId, [study.studyInstanceUid]);
}

/** How long a change of whole studies may hold its transaction, in ms: thousands of rows, not people who wait. */
export const LONG_TRANSACTION_MS = 120_000;

/** Counts and modalities of a study from what it shows now. */
export async function recount(tx: Tx, studyId: string): Promise<void> {
  const series = await tx.series.findMany({
    where: { studyId, hiddenAt: null },
    select: { id: true, modality: true, instanceCount: true },
  });
  const modalities = [...new Set(series.map(({ modality }) => modality).filter(Boolean))].sort();
  await tx.study.update({
    where: { id: studyId },
    data: {
      modalities,
      seriesCount: series.length,
      instanceCount: series.reduce((sum, one) => sum + one.instanceCount, 0),
    },
  });
}
