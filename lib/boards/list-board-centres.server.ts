import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';

/** The centres in which the actor may make a board. */
export async function listBoardCentres(actor: Actor): Promise<{ id: string; code: string; name: string }[]> {
  const ids = actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'board.create', { kind: 'centre', centreId }));
  if (ids.length === 0) return [];
  return db().centre.findMany({
    where: { id: { in: ids } },
    orderBy: { name: 'asc' },
    select: { id: true, code: true, name: true },
  });
}
