import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { listSessions } from './list-sessions.server.ts';
import { loadBoard } from './load-board.server.ts';
import { boardFacts } from './load-session.server.ts';
import type { BoardSummary, BoardView } from './schema.ts';

const clinical = ['secretary', 'clinician', 'physicist'];

/** Boards of the actor's centres and those that the actor is a member of. */
export async function listBoards(actor: Actor): Promise<BoardSummary[]> {
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

/** One board with its members, and those of its sessions that the actor sees. */
export async function readBoard(actor: Actor, id: string): Promise<BoardView> {
  const facts = await boardFacts(db(), id);
  authorise(actor, 'board.read', facts);
  return {
    ...(await loadBoard(db(), id)),
    sessions: await listSessions(actor, 'all', id),
    may: { edit: can(actor, 'board.edit', facts) },
  };
}
