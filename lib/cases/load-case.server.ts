import type { CaseFacts } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';

type Reader = Pick<Tx, 'case'>;

/** What of a case the policy needs. Sessions that were cancelled and items that were removed no longer open it. */
export const caseFactsSelect = {
  id: true,
  centreId: true,
  patientId: true,
  requesterId: true,
  shares: { where: { revokedAt: null }, select: { personId: true, centreId: true } },
  agendaItems: {
    where: { removedAt: null, session: { cancelledAt: null } },
    select: {
      session: {
        select: {
          chairId: true,
          participants: { select: { personId: true } },
          board: { select: { centreId: true } },
        },
      },
    },
  },
} as const;

type Row = {
  centreId: string;
  requesterId: string;
  shares: { personId: string | null; centreId: string | null }[];
  agendaItems: {
    session: { chairId: string; participants: { personId: string }[]; board: { centreId: string } };
  }[];
};

export function toCaseFacts(row: Row): CaseFacts {
  const sessions = row.agendaItems.map((item) => item.session);
  return {
    kind: 'case',
    centreId: row.centreId,
    requesterId: row.requesterId,
    sharedPersonIds: row.shares.flatMap((share) => share.personId ?? []),
    sharedCentreIds: row.shares.flatMap((share) => share.centreId ?? []),
    sessionParticipantIds: sessions.flatMap((session) => [
      session.chairId,
      ...session.participants.map((one) => one.personId),
    ]),
    sessionCentreIds: sessions.map((session) => session.board.centreId),
  };
}

/** The policy's facts about a case. Throws `not_found`. */
export async function caseFacts(tx: Reader, caseId: string): Promise<CaseFacts> {
  const row = await tx.case.findUnique({ where: { id: caseId }, select: caseFactsSelect });
  if (!row) throw new AppError('not_found');
  return toCaseFacts(row);
}
