import type { WaitingFacts } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

const ofBoard = {
  centreId: true,
  members: { select: { person: { select: { memberships: { select: { centreId: true } } } } } },
} as const;

/** The policy's facts about a session's waiting room. Throws `not_found`. */
export async function waitingFacts(tx: Pick<Tx, 'boardSession'>, sessionId: string): Promise<WaitingFacts> {
  const row = await tx.boardSession.findUnique({
    where: { id: sessionId },
    select: {
      board: { select: ofBoard },
      agenda: {
        where: { removedAt: null },
        select: { case: { select: { centreId: true, requesterId: true } } },
      },
    },
  });
  if (!row) throw new AppError('not_found');
  const cases = row.agenda.map((item) => item.case);
  const ofMembers = row.board.members.flatMap(({ person }) => person.memberships);
  return {
    kind: 'waiting',
    centreIds: [
      ...new Set([row.board.centreId, ...[...ofMembers, ...cases].map(({ centreId }) => centreId)]),
    ],
    requesterIds: cases.map(({ requesterId }) => requesterId),
  };
}
