import type { BoardFacts, SessionFacts } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

export const sessionFactsSelect = {
  chairId: true,
  cancelledAt: true,
  participants: { select: { personId: true } },
  board: { select: { centreId: true } },
} as const;

type Row = { chairId: string; participants: { personId: string }[]; board: { centreId: string } };

export function toSessionFacts(row: Row): SessionFacts {
  return {
    kind: 'session',
    centreId: row.board.centreId,
    chairId: row.chairId,
    participantIds: row.participants.map((participant) => participant.personId),
  };
}

/** The policy's facts about a session. Throws `not_found`. */
export async function sessionFacts(tx: Pick<Tx, 'boardSession'>, sessionId: string): Promise<SessionFacts> {
  const row = await tx.boardSession.findUnique({ where: { id: sessionId }, select: sessionFactsSelect });
  if (!row) throw new AppError('not_found');
  return toSessionFacts(row);
}

/** The policy's facts about a board. Throws `not_found`. */
export async function boardFacts(tx: Pick<Tx, 'board'>, boardId: string): Promise<BoardFacts> {
  const row = await tx.board.findUnique({
    where: { id: boardId },
    select: { centreId: true, members: { select: { personId: true, chair: true } } },
  });
  if (!row) throw new AppError('not_found');
  return {
    kind: 'board',
    centreId: row.centreId,
    memberIds: row.members.map((member) => member.personId),
    chairIds: row.members.filter((member) => member.chair).map((member) => member.personId),
  };
}
