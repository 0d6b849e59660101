import type { Actor } from '@/lib/auth/policy.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';

/** The policy's `case.read` as a condition that a database can search by; see tests/api/visibility.test.ts. */
export function readableCases(actor: Actor): Prisma.CaseWhereInput {
  // A machine is nobody: an id that no person has.
  const me = actor.personId ?? '00000000-0000-0000-0000-000000000000';
  const of = (roles: string[]) =>
    actor.memberships.filter(({ role }) => roles.includes(role)).map(({ centreId }) => centreId);
  const clinical = of(['secretary', 'clinician', 'physicist']);
  const inSession = {
    OR: [
      { chairId: me },
      { participants: { some: { personId: me } } },
      { board: { centreId: { in: of(['secretary']) } } },
    ],
  };
  return {
    OR: [
      { centreId: { in: clinical } },
      // Not when they have left every centre.
      ...(actor.memberships.length > 0 ? [{ requesterId: me }] : []),
      { shares: { some: { revokedAt: null, OR: [{ personId: me }, { centreId: { in: clinical } }] } } },
      { agendaItems: { some: { removedAt: null, session: { cancelledAt: null, ...inSession } } } },
    ],
  };
}
