import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { type Action, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { CentreSummary } from './schema.ts';

/** The network's centres, to share with one of them: no secret to anybody who is signed in. */
export async function listCentres(_actor: AuthenticatedActor): Promise<CentreSummary[]> {
  return db().centre.findMany({
    orderBy: { code: 'asc' },
    select: { id: true, code: true, name: true },
  });
}

/** The centres for which the actor may do something; the actor's own choice where there are several. */
export async function centresWhere(actor: AuthenticatedActor, action: Action): Promise<CentreSummary[]> {
  const centres = await listCentres(actor);
  return centres.filter(({ id }) => can(actor, action, { kind: 'centre', centreId: id }));
}
