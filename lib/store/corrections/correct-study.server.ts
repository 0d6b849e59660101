import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { studyFacts } from '../load-study.server.ts';
import type { CorrectStudy } from './schema.ts';
import { startCorrection } from './start-correction.server.ts';

/**
 * Makes a study, or for `split` some of its series, one of another identity: new objects with new UIDs are written
 * beside the originals, then take their place at once. Answers at once; `readCorrection` tells how far it is.
 * Throws `legal_hold`, `state_conflict` when it is being corrected, `invalid_input` for series that are not the
 * study's, or are all of it.
 */
export async function correctStudy(
  actor: Actor,
  studyId: string,
  input: CorrectStudy,
): Promise<{ id: string }> {
  const facts = await studyFacts(db(), studyId);
  authorise(actor, 'study.correct', facts);
  const { kind, identity, reason, seriesIds } = input;
  if (kind === 'split') await requirePart(studyId, seriesIds);
  return startCorrection(actor, {
    kind,
    centreId: facts.centreId,
    identity,
    reason,
    studies: [{ id: studyId, seriesIds }],
  });
}

async function requirePart(studyId: string, seriesIds: readonly string[]): Promise<void> {
  const series = await db().series.findMany({ where: { studyId, hiddenAt: null }, select: { id: true } });
  const own = new Set(series.map(({ id }) => id));
  const chosen = new Set(seriesIds);
  if ([...chosen].some((id) => !own.has(id)) || chosen.size >= own.size)
    throw new AppError('invalid_input', { fields: [{ path: 'seriesIds', code: 'invalid_input' }] });
}
