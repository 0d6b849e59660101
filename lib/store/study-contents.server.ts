import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { ResolvedStudy } from './load-study.server.ts';

/** What is in a study that `resolveStudy` opened: the index only, no file. For the DICOMweb door. */

/** Series in the order of their number; only the one of that Series Instance UID when it is given. */
export function seriesOf(study: ResolvedStudy, seriesUid?: string | null) {
  return db().series.findMany({
    where: { studyId: study.id, ...(seriesUid && { seriesInstanceUid: seriesUid }) },
    orderBy: [{ seriesNumber: 'asc' }, { id: 'asc' }],
  });
}

/** Instances of one series in the order of their number. Throws `not_found` when it holds none. */
export async function instancesOf(study: ResolvedStudy, seriesUid: string) {
  const rows = await db().instance.findMany({
    where: { series: { studyId: study.id, seriesInstanceUid: seriesUid } },
    orderBy: [{ instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
  });
  if (rows.length === 0) throw new AppError('not_found');
  return rows;
}

/** Where one instance's bytes are. Throws `not_found` when it is not in that very series of that study. */
export async function instanceOf(
  study: ResolvedStudy,
  seriesUid: string,
  sopUid: string,
): Promise<{ sha256: string; transferSyntaxUid: string }> {
  const instance = await db().instance.findUnique({
    where: { centreId_sopInstanceUid: { centreId: study.centreId, sopInstanceUid: sopUid } },
    select: {
      sha256: true,
      transferSyntaxUid: true,
      series: { select: { seriesInstanceUid: true, studyId: true } },
    },
  });
  if (instance?.series.studyId !== study.id || instance.series.seriesInstanceUid !== seriesUid) {
    throw new AppError('not_found');
  }
  return instance;
}
