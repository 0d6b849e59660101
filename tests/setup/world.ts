import { type AuthenticatedActor, loadActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { createCentres, createPeople, DEMO_PASSWORD, demoCentres, demoPeople } from '@/prisma/seed/people.ts';

export type World = {
  /** Centre ids by code: IGR, CLB, CTY, CGFL. */
  centres: Record<'IGR' | 'CLB' | 'CTY' | 'CGFL', string>;
  /** Actors of the demonstration's people by the word before the @: chair, secretary, outsider… */
  actors: Record<
    | 'secretary'
    | 'chair'
    | 'oncologist'
    | 'surgeon'
    | 'nuclear'
    | 'radiologist'
    | 'physicist'
    | 'referrer'
    | 'outsider'
    | 'admin',
    AuthenticatedActor
  >;
};

/** The demonstration's centres and people in an empty test database. */
export async function createWorld(): Promise<World> {
  const { centres, people } = await db().$transaction(async (tx) => {
    const centreIds = await createCentres(tx, demoCentres);
    return { centres: centreIds, people: await createPeople(tx, demoPeople, centreIds, DEMO_PASSWORD) };
  });
  const actors = await Promise.all(
    Object.entries(people).map(
      async ([email, id]) => [email.split('@')[0], await loadActor(id, 'web')] as const,
    ),
  );
  return { centres, actors: Object.fromEntries(actors) } as World;
}
