import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';

export type QuarantineRow = {
  id: string;
  sopInstanceUid: string;
  reason: string;
  sourceName: string;
  size: number;
  receivedAt: string;
  resolvedAt: string | null;
};

/** What was kept aside in the centres that the actor administers. Audited. */
export async function listQuarantine(actor: Actor): Promise<QuarantineRow[]> {
  const centres = actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.quarantine', { kind: 'centre', centreId }));
  const first = centres[0];
  if (!first) throw new AppError('forbidden');
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.quarantinedObject.findMany({
      where: { centreId: { in: centres } },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: 500,
    });
    audit({
      action: 'quarantine.list',
      resourceType: 'quarantine',
      resourceId: '',
      centreId: first,
      details: { count: rows.length },
    });
    return rows.map((row) => ({
      id: row.id,
      sopInstanceUid: row.sopInstanceUid,
      reason: row.reason,
      sourceName: row.sourceName,
      size: Number(row.size),
      receivedAt: row.receivedAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
    }));
  });
}

/** Notes that an administrator has looked into an object. Both copies stay. */
export async function resolveQuarantined(actor: Actor, id: string): Promise<void> {
  const row = await db().quarantinedObject.findUnique({ where: { id } });
  if (!row) throw new AppError('not_found');
  authorise(actor, 'centre.quarantine', { kind: 'centre', centreId: row.centreId });
  await withAudit(actor, async (tx, audit) => {
    await tx.quarantinedObject.update({ where: { id }, data: { resolvedAt: row.resolvedAt ?? new Date() } });
    audit({
      action: 'quarantine.resolve',
      resourceType: 'quarantine',
      resourceId: id,
      centreId: row.centreId,
    });
  });
}
