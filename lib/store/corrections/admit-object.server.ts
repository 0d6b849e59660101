import type { Actor } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { instanceHeader } from '@/lib/dicom/instance-header.ts';
import { AppError } from '@/lib/errors.ts';
import { type CommitItem, commitBatch } from '../commit-batch.ts';
import type { CommitOutcome } from '../commit-instances.server.ts';
import { indexFields } from '../index-fields.ts';
import { pixelSpan } from '../ingest-instance.server.ts';
import { blobPath } from '../paths.server.ts';
import { readBlobHeader } from '../read-header.server.ts';
import { lockStudies, recount } from './study-lock.server.ts';

export type Kept = { sha256: string; size: bigint; transferSyntaxUid: string };
export type Admitted = { outcome: CommitOutcome['outcome']; seriesId: string | null; replaced: Kept | null };

/**
 * Puts a kept blob into the index within the caller's transaction, as ingest would. With `replace` it takes the place
 * of what is stored under its SOP Instance UID, and `replaced` says which bytes those were: the caller names them.
 * `anyPatient`: into its study also when it names another patient. Throws `legal_hold` and `study_hidden` for a stored one that must not be touched.
 */
export async function admitObject(
  tx: Tx,
  actor: Actor,
  object: { centreId: string; sha256: string },
  { replace, anyPatient }: { replace: boolean; anyPatient: boolean },
): Promise<Admitted> {
  const { centreId, sha256 } = object;
  const parsed = await readBlobHeader(blobPath(sha256));
  const header = instanceHeader(parsed);
  const item: CommitItem = {
    actor: { personId: actor.personId, displayName: actor.displayName, door: actor.door },
    centreId,
    hidden: false,
    anyPatient,
    ...indexFields(header, { sha256, size: parsed.size, ...pixelSpan(parsed) }),
  };
  const where = { centreId_sopInstanceUid: { centreId, sopInstanceUid: header.sopInstanceUid } };
  const include = { series: { include: { study: true } } } as const;
  const before = await tx.instance.findUnique({ where, include });
  await lockStudies(tx, centreId, [
    header.studyInstanceUid,
    ...(before ? [before.series.study.studyInstanceUid] : []),
  ]);
  const stored = replace ? await tx.instance.findUnique({ where, include }) : null;
  if (stored) {
    if (stored.series.studyId !== before?.series.studyId) throw new AppError('state_conflict');
    if (stored.series.study.legalHoldAt) throw new AppError('legal_hold');
    if (stored.series.hiddenAt ?? stored.series.study.hiddenAt) throw new AppError('study_hidden');
    await tx.instance.delete({ where: { id: stored.id } });
    await tx.series.update({
      where: { id: stored.seriesId },
      data: { instanceCount: { decrement: 1 }, revision: { increment: 1 }, thumbnail: 'none' },
    });
  }
  const [row] = await tx.$queryRaw<{ outcome: Admitted['outcome']; series_id: string | null }[]>`
    SELECT outcome, series_id::text FROM consilium_store_batch(${commitBatch([item])}::jsonb)`;
  if (!row) throw new Error('The index gave no outcome');
  if (row.outcome === 'hidden') throw new AppError('study_hidden');
  if (stored) await tidy(tx, stored.series.studyId, stored.seriesId);
  return {
    outcome: row.outcome,
    seriesId: row.series_id,
    replaced: stored && {
      sha256: stored.sha256,
      size: stored.size,
      transferSyntaxUid: stored.transferSyntaxUid,
    },
  };
}

/** A series that lost its only object goes; the study's counts are those of what is left. */
async function tidy(tx: Tx, studyId: string, seriesId: string): Promise<void> {
  await tx.series.deleteMany({ where: { id: seriesId, instances: { none: {} } } });
  await recount(tx, studyId);
  await tx.study.deleteMany({
    where: { id: studyId, series: { none: {} }, cases: { none: {} }, shares: { none: {} } },
  });
}
