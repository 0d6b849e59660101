import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

/**
 * Which centre takes what an actor brings: the one of that code, else the first of theirs that lets them import.
 * Throws `forbidden` where there is none, `not_found` for a centre that is not theirs to know.
 */
export async function importCentre(actor: Actor, code: string | null): Promise<string> {
  if (code !== null) {
    const centre = await db().centre.findUnique({ where: { code }, select: { id: true } });
    if (!centre) throw new AppError('not_found');
    authorise(actor, 'study.import', { kind: 'centre', centreId: centre.id });
    return centre.id;
  }
  const own = actor.memberships.find(({ centreId }) =>
    can(actor, 'study.import', { kind: 'centre', centreId }),
  );
  if (!own) throw new AppError('forbidden');
  return own.centreId;
}
