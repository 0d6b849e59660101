import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { listSessions } from './list-sessions.server.ts';
import { boardFacts } from './load-session.server.ts';

const clinical = ['secretary', 'clinician', 'physicist'];

/** Boards of the actor's centres and those that the actor is a member of. */
export async function listBoards(actor: Actor) {
  const centres = actor.memberships
    .filter(({ role }) => clinical.includes(role))
    .map(({ centreId }) => centreId);
  const boards = await db().board.findMany({
    where: {
      archivedAt: null,
      OR: [{ centreId: { in: centres } }, { members: { some: { personId: actor.personId ?? '' } } }],
    },
    orderBy: { title: 'asc' },
    select: {
      id: true,
      title: true,
      type: true,
      centre: { select: { code: true } },
      _count: { select: { members: true, sessions: true } },
    },
  });
  return boards.map(({ _count, centre, ...board }) => ({
    ...board,
    centreCode: centre.code,
    memberCount: _count.members,
    sessionCount: _count.sessions,
  }));
}

/** One board with its members and sessions. */
export async function readBoard(actor: Actor, id: string) {
  const facts = await boardFacts(db(), id);
  authorise(actor, 'board.read', facts);
  const board = await db().board.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      title: true,
      type: true,
      requiredSpecialties: true,
      version: true,
      centreId: true,
      members: {
        select: {
          chair: true,
          person: {
            select: {
              id: true,
              displayName: true,
              memberships: { select: { role: true, specialty: true, centre: { select: { code: true } } } },
            },
          },
        },
      },
    },
  });
  return {
    ...board,
    members: board.members.map(({ chair, person }) => ({
      personId: person.id,
      displayName: person.displayName,
      chair,
      centreCode: person.memberships[0]?.centre.code ?? '',
      role: person.memberships[0]?.role ?? '',
      specialty: person.memberships[0]?.specialty ?? null,
    })),
    sessions: (await listSessions(actor, 'all')).filter((session) => session.boardId === id),
    may: { edit: can(actor, 'board.edit', facts) },
  };
}
