import { DateTime } from 'luxon';
import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { Prisma } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { uuidPattern } from '@/lib/http/uuid.ts';
import { csvLine } from '../csv.ts';
import type { AuditPage, AuditQuery, AuditRow } from './schema.ts';

const PAGE = 100;
const isUuid = new RegExp(`^${uuidPattern}$`, 'i');

/** The centre whose rows are asked for: the one named, else the first that the actor administers. */
async function centreOf(actor: Actor, query: AuditQuery): Promise<Pick<AuditPage, 'centre' | 'centres'>> {
  const administered = actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.audit', { kind: 'centre', centreId }));
  const centreId = query.centreId ?? administered[0];
  if (!centreId) throw new AppError('forbidden');
  authorise(actor, 'centre.audit', { kind: 'centre', centreId });
  const centres = await db().centre.findMany({
    where: { id: { in: administered } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, timeZone: true },
  });
  const centre = centres.find(({ id }) => id === centreId);
  if (!centre) throw new AppError('not_found');
  return { centre, centres };
}

/** Midnight that begins a day, in the centre's zone: its administrator thinks in the centre's days. */
const midnight = (day: string, timeZone: string, daysLater = 0): Date =>
  DateTime.fromISO(day, { zone: timeZone }).plus({ days: daysLater }).toJSDate();

function whereOf(centre: AuditPage['centre'], query: AuditQuery): Prisma.AuditEventWhereInput {
  return {
    centreId: centre.id,
    at: {
      ...(query.from && { gte: midnight(query.from, centre.timeZone) }),
      ...(query.to && { lt: midnight(query.to, centre.timeZone, 1) }),
    },
    ...(query.actor && { actorName: { contains: query.actor, mode: 'insensitive' } }),
    ...(query.action && { action: { startsWith: query.action } }),
    ...(query.resource && { OR: [{ resourceId: query.resource }, ...uuidFilters(query.resource)] }),
  };
}

const uuidFilters = (value: string): Prisma.AuditEventWhereInput[] =>
  isUuid.test(value) ? [{ caseId: value }, { patientId: value }] : [];

/** One page of a centre's audit rows, newest first. Reading them is itself a row. */
export async function listAudit(actor: Actor, query: AuditQuery): Promise<AuditPage> {
  const { centre, centres } = await centreOf(actor, query);
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.auditEvent.findMany({
      where: { ...whereOf(centre, query), ...(query.before && { id: { lt: query.before } }) },
      orderBy: { id: 'desc' },
      take: PAGE + 1,
    });
    audit({ action: 'audit.read', ...about(centre) });
    const page = rows.slice(0, PAGE).map(toRow);
    return { rows: page, nextBefore: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null, centre, centres };
  });
}

const about = ({ id }: AuditPage['centre']) => ({ resourceType: 'centre', resourceId: id, centreId: id });

/** All rows that fit the filters as CSV (RFC 4180, UTF-8 with its mark, for spreadsheets), page by page. */
export async function* exportAudit(actor: Actor, query: AuditQuery): AsyncGenerator<string> {
  const { centre } = await centreOf(actor, query);
  await withAudit(actor, async (_tx, audit) => audit({ action: 'audit.export', ...about(centre) }));
  yield `\ufeff${csvLine(['id', 'at', 'who', 'action', 'resource', 'resource id', 'case', 'patient', 'door', 'details'])}`;
  for (let before: bigint | undefined; ; ) {
    const rows = await db().auditEvent.findMany({
      where: { ...whereOf(centre, query), ...(before && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: 1000,
    });
    for (const row of rows.map(toRow)) {
      const { id, at, actorName, action, resourceType, resourceId, caseId, patientId, door, details } = row;
      yield csvLine([
        String(id),
        at,
        actorName,
        action,
        resourceType,
        resourceId,
        caseId ?? '',
        patientId ?? '',
        door,
        JSON.stringify(details),
      ]);
    }
    before = rows.at(-1)?.id;
    if (rows.length < 1000) return;
  }
}

const toRow = (row: Prisma.AuditEventGetPayload<object>): AuditRow => ({
  id: Number(row.id),
  at: row.at.toISOString(),
  actorName: row.actorName,
  action: row.action,
  resourceType: row.resourceType,
  resourceId: row.resourceId,
  caseId: row.caseId,
  patientId: row.patientId,
  door: row.door,
  details: row.details as Record<string, unknown>,
});
