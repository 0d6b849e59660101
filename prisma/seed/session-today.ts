import { DateTime } from 'luxon';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';

export const DEMO_TIME_ZONE = 'Europe/Paris';

export type SessionSeed = {
  boardId: string;
  items: readonly { caseId: string; plannedMinutes: number }[];
};

/** The next half hour, not before nine, and never tomorrow: what starts today can be joined today. */
export function startOfToday(now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: DEMO_TIME_ZONE });
  const nine = local.startOf('day').set({ hour: 9 });
  const half = local.startOf('hour').plus({ minutes: local.minute < 30 ? 30 : 60 });
  const last = local.startOf('day').set({ hour: 23, minute: 30 });
  return DateTime.min(DateTime.max(half, nine), last).toJSDate();
}

/**
 * Sees to it that the board meets today, by the calendar of Paris, with its members invited and the cases on the
 * agenda. Says whether a session was made; one that is there, in whatever state, stays the only one.
 */
export async function ensureSessionToday(
  machine: Actor,
  seed: SessionSeed,
  now = new Date(),
): Promise<boolean> {
  const day = DateTime.fromJSDate(now, { zone: DEMO_TIME_ZONE }).startOf('day');
  const today = {
    boardId: seed.boardId,
    startsAt: { gte: day.toJSDate(), lt: day.plus({ days: 1 }).toJSDate() },
  };
  if ((await db().boardSession.count({ where: today })) > 0) return false;
  return withAudit(machine, async (tx, audit) => {
    // Two processes at one midnight make one session.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`session today ${seed.boardId}`}, 0))`;
    const board = await tx.board.findUniqueOrThrow({
      where: { id: seed.boardId },
      select: { centreId: true, members: true },
    });
    const entry = { resourceType: 'session', centreId: board.centreId };
    const present = await tx.boardSession.findFirst({ where: today, select: { id: true } });
    if (present) {
      audit({ ...entry, centreId: null, action: 'demonstration.today', resourceId: present.id });
      return false;
    }
    const chair = board.members.find((member) => member.chair);
    if (!chair) throw new Error('The demonstration board has no chair');
    // Not through the use case: that one refuses a time that has passed, and the last half hour of a day has.
    const session = await tx.boardSession.create({
      data: {
        boardId: seed.boardId,
        startsAt: startOfToday(now),
        timeZone: DEMO_TIME_ZONE,
        chairId: chair.personId,
        place: 'Salle de concertation, bâtiment principal',
        participants: { create: board.members.map(({ personId }) => ({ personId })) },
        agenda: { create: seed.items.map((item, index) => ({ ...item, position: index + 1 })) },
      },
      select: { id: true, agenda: { select: { id: true, caseId: true } } },
    });
    audit({ ...entry, action: 'session.schedule', resourceId: session.id });
    for (const { id, caseId } of session.agenda)
      audit({ ...entry, action: 'agenda.add', resourceType: 'agenda-item', resourceId: id, caseId });
    return true;
  });
}
