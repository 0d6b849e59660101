import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { mayBecome } from './rules.ts';
import { type TransferRow, transferOptionsSchema } from './schema.ts';
import { steeredCentres } from './transfer-access.server.ts';

const SHOWN = 100;

/** The latest transfers of the centres whose nodes the actor uses or looks after. Throws `forbidden` without one. */
export async function listTransfers(actor: Actor, filter: { studyId?: string }): Promise<TransferRow[]> {
  const centreIds = steeredCentres(actor);
  if (centreIds.length === 0) throw new AppError('forbidden');
  const rows = await db().transfer.findMany({
    where: { centreId: { in: centreIds }, ...(filter.studyId && { studyId: filter.studyId }) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
    include: { node: { select: { name: true, disabledAt: true, centre: { select: { code: true } } } } },
  });
  await recordList(actor, centreIds);
  const fetched = await fetchedStudies(rows.filter(({ direction }) => direction === 'pull'));
  const people = await db().person.findMany({
    where: { id: { in: rows.flatMap((row) => row.requestedById ?? []) } },
    select: { id: true, displayName: true },
  });
  const nameOf = new Map(people.map((person) => [person.id, person.displayName]));
  return rows.map((row) => ({
    id: row.id,
    centreCode: row.node.centre.code,
    nodeName: row.node.name,
    direction: row.direction,
    state: row.state,
    studyId: row.studyId ?? fetched.get(`${row.centreId} ${row.studyInstanceUid}`) ?? null,
    label: row.label,
    total: row.total,
    sent: row.sent,
    failed: row.failed,
    attempts: row.attempts,
    reason: row.reason,
    detail: row.detail,
    requestedBy: nameOf.get(row.requestedById ?? '') ?? '',
    deidentified: transferOptionsSchema.parse(row.options).deidentify !== undefined,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    may: {
      retry:
        (row.state === 'waiting' || mayBecome(row.state, 'waiting')) &&
        row.state !== 'running' &&
        row.node.disabledAt === null,
      cancel: mayBecome(row.state, 'cancelled'),
    },
  }));
}

/** Where a pull's study is now, as far as it has come. */
async function fetchedStudies(
  pulls: readonly { centreId: string; studyInstanceUid: string }[],
): Promise<Map<string, string>> {
  const studies = await db().study.findMany({
    where: {
      hiddenAt: null,
      centreId: { in: pulls.map(({ centreId }) => centreId) },
      studyInstanceUid: { in: pulls.map(({ studyInstanceUid }) => studyInstanceUid) },
    },
    select: { id: true, centreId: true, studyInstanceUid: true },
  });
  return new Map(studies.map((one) => [`${one.centreId} ${one.studyInstanceUid}`, one.id]));
}

const WINDOW_MS = 3_600_000;
const recent = new Map<string, number>();

/** The list names patients, and pages ask for it every other second: one row per person and hour. */
async function recordList(actor: Actor, centreIds: readonly string[]): Promise<void> {
  const key = `${actor.personId} ${actor.door}`;
  const now = Date.now();
  if (now - (recent.get(key) ?? 0) < WINDOW_MS) return;
  await withAudit(actor, async (_tx, audit) => {
    for (const centreId of centreIds) {
      audit({ action: 'transfer.list', resourceType: 'transfer', resourceId: '', centreId });
    }
  });
  if (recent.size > 10_000) recent.clear();
  recent.set(key, now);
}
