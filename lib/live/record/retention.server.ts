import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { theServer } from '../commit-event.server.ts';
import type { RecordRetention } from './schema.ts';

/** The terms of the centres that the actor administers. */
export async function listRecordRetention(actor: Actor): Promise<RecordRetention[]> {
  const ids = actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.retention', { kind: 'centre', centreId }));
  const rows = await db().centre.findMany({ where: { id: { in: ids } }, orderBy: { code: 'asc' } });
  return rows.map(({ id, code, recordRetentionDays }) => ({ id, code, days: recordRetentionDays }));
}

/** Sets for how many days the record of what is looked at in the centre's rooms is kept. */
export async function setRecordRetention(actor: Actor, centreId: string, days: number): Promise<void> {
  authorise(actor, 'centre.retention', { kind: 'centre', centreId });
  await withAudit(actor, async (tx, audit) => {
    const before = await tx.centre.findUniqueOrThrow({ where: { id: centreId } });
    await tx.centre.update({ where: { id: centreId }, data: { recordRetentionDays: days } });
    audit({
      action: 'centre.record-retention',
      resourceType: 'centre',
      resourceId: centreId,
      centreId,
      details: { before: before.recordRetentionDays, after: days },
    });
  });
}

/**
 * Deletes what is older than its centre keeps it, what was looked at and the words of marks, a session at a time, each
 * audited. Returns how many blocks.
 */
export async function purgeRecords(now = new Date()): Promise<number> {
  const due = await db().$queryRaw<{ sessionId: string; centreId: string; until: Date }[]>`
    SELECT kept."sessionId", board."centreId",
      ${now}::timestamptz - make_interval(days => centre."recordRetentionDays") AS "until"
    FROM (
      SELECT "sessionId", "untilAt" AS "at" FROM "RecordBlock"
      UNION ALL SELECT "sessionId", "at" FROM "RecordMarkWords"
    ) kept
      JOIN "BoardSession" session ON session.id = kept."sessionId"
      JOIN "Board" board ON board.id = session."boardId"
      JOIN "Centre" centre ON centre.id = board."centreId"
    WHERE kept."at" < ${now}::timestamptz - make_interval(days => centre."recordRetentionDays")
    GROUP BY 1, 2, 3`;
  let deleted = 0;
  for (const { sessionId, centreId, until } of due) {
    deleted += await withAudit(theServer, async (tx, audit) => {
      const blocks = await tx.recordBlock.deleteMany({ where: { sessionId, untilAt: { lt: until } } });
      const marks = await tx.recordMarkWords.deleteMany({ where: { sessionId, at: { lt: until } } });
      audit({
        action: 'record.purge',
        resourceType: 'session',
        resourceId: sessionId,
        centreId,
        details: { blocks: blocks.count, marks: marks.count },
      });
      return blocks.count;
    });
  }
  return deleted;
}
