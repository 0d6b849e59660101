import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { isToday } from './rules.ts';
import type { SessionSummary } from './schema.ts';

export const summaryInclude = {
  board: {
    select: { title: true, centreId: true, requiredSpecialties: true, centre: { select: { code: true } } },
  },
  _count: { select: { agenda: { where: { removedAt: null } } } },
} as const;

type Row = {
  id: string;
  boardId: string;
  startsAt: Date;
  timeZone: string;
  durationMinutes: number;
  place: string;
  meetingUrl: string;
  state: SessionSummary['state'];
  cancelledAt: Date | null;
  chairId: string;
  board: { title: string; centre: { code: string } };
  _count: { agenda: number };
};

export function toSessionSummary(row: Row, chairName: string): SessionSummary {
  return {
    id: row.id,
    boardId: row.boardId,
    boardTitle: row.board.title,
    centreCode: row.board.centre.code,
    startsAt: row.startsAt.toISOString(),
    timeZone: row.timeZone,
    durationMinutes: row.durationMinutes,
    place: row.place,
    meetingUrl: row.meetingUrl,
    state: row.state,
    cancelled: row.cancelledAt !== null,
    chairName,
    caseCount: row._count.agenda,
  };
}

/**
 * Sessions that the actor is invited to, chairs, or prepares as a secretary, of one board or of all; `today` by each
 * session's own zone.
 */
export async function listSessions(
  actor: Actor,
  day: 'today' | 'coming' | 'all',
  boardId?: string,
): Promise<SessionSummary[]> {
  const me = actor.personId ?? '';
  const secretaryOf = actor.memberships
    .filter(({ role }) => role === 'secretary')
    .map(({ centreId }) => centreId);
  const dayAgo = new Date(Date.now() - 36 * 3_600_000);
  const rows = await db().boardSession.findMany({
    where: {
      ...(boardId && { boardId }),
      ...(day === 'all' ? {} : { startsAt: { gte: dayAgo }, cancelledAt: null }),
      OR: [
        { chairId: me },
        { participants: { some: { personId: me } } },
        { board: { centreId: { in: secretaryOf } } },
      ],
    },
    include: summaryInclude,
    orderBy: [{ startsAt: day === 'all' ? 'desc' : 'asc' }, { id: 'asc' }],
    take: 200,
  });
  const wanted = rows.filter((row) => {
    const today = isToday(row.startsAt, row.timeZone);
    return day === 'all' || (day === 'today' ? today : !today && row.startsAt > new Date());
  });
  const chairs = await db().person.findMany({
    where: { id: { in: wanted.map((row) => row.chairId) } },
    select: { id: true, displayName: true },
  });
  const names = new Map(chairs.map((chair) => [chair.id, chair.displayName]));
  return wanted.map((row) => toSessionSummary(row, names.get(row.chairId) ?? ''));
}
