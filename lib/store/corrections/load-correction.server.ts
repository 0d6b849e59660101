import { db, type Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { type CorrectionState, type CorrectionView, type Identity, identitySchema } from './schema.ts';

export type LoadedCorrection = {
  id: string;
  centreId: string;
  kind: CorrectionView['kind'];
  state: CorrectionState;
  identity: Identity;
  reason: string;
  /** Does any of the studies get another Patient ID? */
  changesId: boolean;
  requestedById: string | null;
  createdAt: Date;
  patients: unknown;
  total: number;
  studies: {
    studyId: string;
    newStudyUid: string;
    newStudyId: string | null;
    seriesIds: string[];
    caseIds: string[];
  }[];
};

/** A correction with its studies in one order. Throws `not_found`. */
export async function loadCorrection(
  id: string,
  tx: Pick<Tx, 'correction' | 'study'> = db(),
): Promise<LoadedCorrection> {
  const row = await tx.correction.findUnique({
    where: { id },
    include: { studies: { orderBy: { studyId: 'asc' } } },
  });
  if (!row) throw new AppError('not_found');
  const identity = identitySchema.parse(row.identity);
  const others = await tx.study.count({
    where: {
      id: { in: row.studies.map(({ studyId }) => studyId) },
      patientId: { not: identity.patientId },
    },
  });
  return {
    ...row,
    kind: row.kind as LoadedCorrection['kind'],
    state: row.state as CorrectionState,
    identity,
    changesId: others > 0,
  };
}
