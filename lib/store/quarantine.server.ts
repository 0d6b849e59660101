import { type Actor, can } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { QuarantineRow } from './schema.ts';

/** What was kept aside in the centres that the actor administers. Audited. */
export async function listQuarantine(actor: Actor): Promise<QuarantineRow[]> {
  const centres = actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.quarantine', { kind: 'centre', centreId }));
  if (centres.length === 0) throw new AppError('forbidden');
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.quarantinedObject.findMany({
      where: { centreId: { in: centres } },
      // The open ones first: they must not be pushed out by what was decided.
      orderBy: [{ resolvedAt: { sort: 'desc', nulls: 'first' } }, { receivedAt: 'desc' }, { id: 'desc' }],
      take: 500,
    });
    for (const centreId of centres) {
      audit({
        action: 'quarantine.list',
        resourceType: 'quarantine',
        resourceId: '',
        centreId,
        details: { count: rows.filter((row) => row.centreId === centreId).length },
      });
    }
    const codes = await tx.centre.findMany({
      where: { id: { in: centres } },
      select: { id: true, code: true },
    });
    const codeOf = new Map(codes.map(({ id, code }) => [id, code]));
    const stored = await storedTwins(tx, rows);
    return rows.map((row) => ({
      id: row.id,
      centreCode: codeOf.get(row.centreId) ?? '',
      sopInstanceUid: row.sopInstanceUid,
      reason: row.reason,
      sourceName: row.sourceName,
      size: Number(row.size),
      receivedAt: row.receivedAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
      resolution: row.resolution,
      stored: stored.get(`${row.centreId} ${row.sopInstanceUid}`) ?? null,
    }));
  });
}

async function storedTwins(tx: Tx, rows: readonly { centreId: string; sopInstanceUid: string }[]) {
  const instances = await tx.instance.findMany({
    where: { OR: rows.map(({ centreId, sopInstanceUid }) => ({ centreId, sopInstanceUid })) },
    select: {
      centreId: true,
      sopInstanceUid: true,
      size: true,
      receivedAt: true,
      series: { select: { studyId: true } },
    },
  });
  return new Map(
    instances.map((one) => [
      `${one.centreId} ${one.sopInstanceUid}`,
      {
        size: Number(one.size),
        receivedAt: one.receivedAt.toISOString(),
        studyId: one.series.studyId,
      },
    ]),
  );
}
