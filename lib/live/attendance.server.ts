import type { Actor } from '@/lib/auth/policy.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import { db } from '@/lib/db/client.server.ts';
import { writeAudit } from '@/lib/db/with-audit.server.ts';

export type Attending = Actor & { personId: string };

/**
 * Notes who is in the room while an item is discussed; the record's attendance comes from these rows. The first time
 * that somebody is seen is audited; later ones only move `lastSeenAt`.
 */
export async function markAttendance(
  agendaItemId: string,
  centreId: string,
  present: readonly Attending[],
): Promise<void> {
  if (present.length === 0) return;
  await db().$transaction(async (tx) => {
    const ids = present.map(({ personId }) => personId);
    const known = await tx.attendanceMark.findMany({
      where: { agendaItemId, personId: { in: ids } },
      select: { personId: true },
    });
    const seen = new Set(known.map((mark) => mark.personId));
    const first = present.filter(({ personId }) => !seen.has(personId));
    await tx.attendanceMark.createMany({
      data: first.map(({ personId }) => ({ agendaItemId, personId })),
      skipDuplicates: true,
    });
    await tx.attendanceMark.updateMany({
      where: { agendaItemId, personId: { in: ids } },
      data: { lastSeenAt: new Date() },
    });
    if (first.length === 0) return;
    const item = await tx.agendaItem.findUniqueOrThrow({
      where: { id: agendaItemId },
      select: { caseId: true, case: { select: { centreId: true } } },
    });
    const entry = {
      action: 'attendance.mark',
      resourceType: 'agenda-item',
      resourceId: agendaItemId,
      caseId: item.caseId,
    };
    const rows = ofBothCentres(entry, { ofCase: item.case.centreId, ofHost: centreId });
    for (const actor of first) await writeAudit(tx, actor, rows);
  });
}
