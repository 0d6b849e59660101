import { loadActor } from '@/lib/auth/actor.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { type ErrorCode, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { type LoadedCorrection, loadCorrection } from './load-correction.server.ts';
import { swapStudies } from './swap-studies.server.ts';
import { writeCopies } from './write-copies.server.ts';

/** A scanner that goes on sending while its study is corrected will have to be waited for. */
const MAX_ROUNDS = 20;

/**
 * The work of a correction: write the new objects, then swap. May be cut at any moment and begun again: the new
 * objects are the same, and nothing is shown before all is. A failure is kept as its code; what was written of the new
 * studies then goes.
 */
export async function runCorrection(id: string): Promise<void> {
  const correction = await loadCorrection(id);
  if (correction.state !== 'running') return;
  try {
    const actor = await actorOf(correction);
    for (let round = 0; ; round += 1) {
      await writeCopies(actor, correction);
      if ((await swapStudies(actor, id)) !== 'more') return;
      if (round === MAX_ROUNDS) throw new Error('Objects of the original keep arriving');
    }
  } catch (error) {
    const failure = codeOf(error);
    // A full disk passes; so does a database that went away. It is taken up again by the next sweep.
    if (failure === 'storage_full' || failure === 'unavailable') throw error;
    log.warn({ err: error, correction: id }, 'A correction failed');
    await fail(correction, failure);
  }
}

function codeOf(error: unknown): ErrorCode {
  if (isAppError(error)) return error.code;
  return error instanceof DicomError ? error.code : 'internal';
}

/** Who asked for it, with the rights they have by now; the machine for what no person asked for. */
async function actorOf({ requestedById, centreId }: LoadedCorrection): Promise<Actor> {
  if (requestedById) return loadActor(requestedById, 'system');
  const memberships = [{ centreId, role: 'admin' as const, specialty: null }];
  return { personId: null, displayName: 'Consilium', memberships, locale: 'en', door: 'system' };
}

async function fail({ id, centreId, requestedById }: LoadedCorrection, failure: ErrorCode): Promise<void> {
  const system: Actor = {
    personId: requestedById,
    displayName: 'Consilium',
    memberships: [],
    locale: 'en',
    door: 'system',
  };
  await withAudit(system, async (tx, audit) => {
    const { count } = await tx.correction.updateMany({
      where: { id, state: 'running' },
      data: { state: 'failed', failure, finishedAt: new Date() },
    });
    if (count > 0) {
      const made = await tx.correctionStudy.findMany({ where: { correctionId: id } });
      await tx.study.updateMany({
        where: {
          centreId,
          hiddenBecause: 'pending',
          studyInstanceUid: { in: made.map(({ newStudyUid }) => newStudyUid) },
        },
        data: { purgeAt: new Date(), hiddenReason: id },
      });
    }
    audit({
      action: 'correction.fail',
      resourceType: 'correction',
      resourceId: id,
      centreId,
      details: { failure },
    });
  });
}

/** Corrections that wait or were cut, oldest first. */
export async function waitingCorrections(): Promise<string[]> {
  const rows = await db().correction.findMany({
    where: { state: 'running' },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ id }) => id);
}
