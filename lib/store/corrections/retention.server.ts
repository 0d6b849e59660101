import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { administeredCentres } from './hidden-study.server.ts';
import type { RetentionRow } from './schema.ts';

/** The terms of the centres that the actor administers. */
export async function listRetention(actor: Actor): Promise<RetentionRow[]> {
  return db().centre.findMany({
    where: { id: { in: administeredCentres(actor) } },
    select: { id: true, code: true, name: true, retentionYears: true },
    orderBy: { code: 'asc' },
  });
}

/** Sets for how many years the centre keeps studies at least, counted from when each came; null: no term. */
export async function setRetention(
  actor: Actor,
  centreId: string,
  { retentionYears }: { retentionYears: number | null },
): Promise<void> {
  authorise(actor, 'centre.retention', { kind: 'centre', centreId });
  await withAudit(actor, async (tx, audit) => {
    const before = await tx.centre.findUniqueOrThrow({ where: { id: centreId } });
    await tx.centre.update({ where: { id: centreId }, data: { retentionYears } });
    audit({
      action: 'centre.retention',
      resourceType: 'centre',
      resourceId: centreId,
      centreId,
      details: { before: before.retentionYears, after: retentionYears },
    });
  });
}
