import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { ingestInstance } from '../ingest-instance.server.ts';
import { blobPath } from '../paths.server.ts';
import { rewriteBlob } from '../rewrite-blob.server.ts';
import { type Correcting, identityEdits } from './identity-edits.ts';
import type { LoadedCorrection } from './load-correction.server.ts';
import { newUid } from './new-uid.ts';

const PARALLEL = 4;
const TOLD_EVERY = 20;

/** One original object: where its bytes are and what it becomes. */
type Original = { sopInstanceUid: string; sha256: string };

/**
 * Writes the new objects of a correction into studies that nobody is shown yet, by the one way in: what this returns
 * from is on the disk. Done again, it writes the same bytes again, which are known. Returns the number of objects.
 */
export async function writeCopies(actor: Actor, correction: LoadedCorrection): Promise<number> {
  const { originals, uids } = await whatIsWritten(correction);
  await db().correction.update({ where: { id: correction.id }, data: { total: originals.length } });
  const correcting: Correcting = {
    identity: correction.identity,
    otherPerson: correction.kind !== 'corrected' || correction.changesId,
    uids,
    at: correction.createdAt,
    system: 'Consilium',
  };
  const queue = originals.values();
  let written = 0;
  const worker = async () => {
    for (const original of queue) {
      await writeCopy(actor, correction, original, correcting);
      written += 1;
      if (written % TOLD_EVERY === 0)
        await db().correction.update({ where: { id: correction.id }, data: { written } });
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  for (const one of workers) if (one.status === 'rejected') throw one.reason;
  await db().correction.update({ where: { id: correction.id }, data: { written } });
  return written;
}

async function writeCopy(
  actor: Actor,
  { id, centreId }: LoadedCorrection,
  original: Original,
  correcting: Correcting,
): Promise<void> {
  const copy = await rewriteBlob(blobPath(original.sha256), (parsed) => identityEdits(parsed, correcting));
  const { outcome, reason } = await ingestInstance({
    actor,
    centreId,
    source: copy.part10(),
    sourceName: `correction ${id}`,
    hidden: true,
  });
  if (outcome !== 'taken' && outcome !== 'known') throw new AppError(reason ?? 'internal');
}

/** The objects of the correction's studies or chosen series, and a new UID for each of theirs. */
async function whatIsWritten(correction: LoadedCorrection) {
  const originals: Original[] = [];
  const uids = new Map<string, string>();
  const take = (uid: string) => uids.set(uid, newUid(correction.id, uid));
  for (const { studyId, seriesIds } of correction.studies) {
    const study = await db().study.findUniqueOrThrow({
      where: { id: studyId },
      select: {
        studyInstanceUid: true,
        series: {
          where: { hiddenAt: null, ...(seriesIds.length > 0 && { id: { in: seriesIds } }) },
          select: {
            seriesInstanceUid: true,
            instances: { select: { sopInstanceUid: true, sha256: true }, orderBy: { id: 'asc' } },
          },
        },
      },
    });
    take(study.studyInstanceUid);
    for (const { seriesInstanceUid, instances } of study.series) {
      take(seriesInstanceUid);
      for (const instance of instances) take(instance.sopInstanceUid);
      originals.push(...instances);
    }
  }
  return { originals, uids };
}
