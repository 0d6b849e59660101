import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { db } from '@/lib/db/client.server.ts';
import type { QuarantinedObject as Row } from '@/lib/db/generated/client.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors.ts';
import { announceSeries } from '@/lib/jobs/announce.server.ts';
import { blobPath } from '../paths.server.ts';
import type { QuarantineReason } from '../quarantine-object.server.ts';
import { sameObject } from '../same-object.server.ts';
import type { QuarantineDecision } from '../schema.ts';
import { admitObject } from './admit-object.server.ts';

/**
 * An administrator's decision on a quarantined object:
 * - `keep_stored`: the stored one stays, this one is kept beside it.
 * - `take_new`: this one takes its place, and the one that was stored is kept beside it.
 * - `accept`: of an unknown sender, for a study that was hidden, or that names another patient than its study: into
 *   the store like any other.
 * - `discard`: it goes after the period of grace.
 * - `reopen`: takes a decision back, but for an accepted one.
 * Throws `state_conflict` for a decision that does not fit, or that another was quicker with; `study_hidden`,
 * `legal_hold`. An accepted one whose UID is taken by other bytes becomes a question of which to keep, one of an
 * unknown sender that names another patient than its study a question of whose it is.
 */
export async function decideQuarantined(
  actor: Actor,
  id: string,
  decision: QuarantineDecision,
): Promise<void> {
  const found = await db().quarantinedObject.findUnique({ where: { id } });
  if (!found) throw new AppError('not_found');
  authorise(actor, 'centre.quarantine', { kind: 'centre', centreId: found.centreId });
  const seriesId = await withAudit(actor, async (tx, audit) => {
    await tx.$executeRaw`SELECT 1 FROM "QuarantinedObject" WHERE "id" = ${id}::uuid FOR UPDATE`;
    const row = await tx.quarantinedObject.findUniqueOrThrow({ where: { id } });
    const touched = await decide(tx, actor, row, decision);
    tell(audit, row, decision);
    return touched;
  });
  if (seriesId) announceSeries(seriesId);
}

/** Many at once. Each is a decision of its own: one that cannot be taken does not stop the others. */
export async function decideManyQuarantined(
  actor: Actor,
  input: { ids: string[]; decision: QuarantineDecision },
): Promise<{ decided: number; failed: { id: string; code: ErrorCode }[] }> {
  const failed: { id: string; code: ErrorCode }[] = [];
  for (const id of input.ids) {
    try {
      await decideQuarantined(actor, id, input.decision);
    } catch (error) {
      if (!isAppError(error)) throw error;
      failed.push({ id, code: error.code });
    }
  }
  return { decided: input.ids.length - failed.length, failed };
}

function tell(audit: Audit, row: Row, decision: QuarantineDecision): void {
  audit({
    action: 'quarantine.resolve',
    resourceType: 'quarantine',
    resourceId: row.id,
    centreId: row.centreId,
    details: { decision, instance: row.sopInstanceUid, sha256: row.sha256, before: row.resolution },
  });
}

/** Returns the series that changed, if one did. */
async function decide(tx: Tx, actor: Actor, row: Row, decision: QuarantineDecision): Promise<string | null> {
  const settle = (resolution: string) =>
    tx.quarantinedObject.update({
      where: { id: row.id },
      data: { resolution, resolvedAt: new Date(), resolvedById: actor.personId },
    });
  if (decision === 'reopen') return reopen(tx, actor, row);
  // `lookedInto` before there were decisions: resolved without one.
  if (row.resolution !== null) throw new AppError('state_conflict');
  switch (decision) {
    case 'keep_stored':
      await settle('kept_stored');
      return null;
    case 'discard':
      await settle('discarded');
      return null;
    case 'take_new':
      if (row.reason !== 'dicom_same_uid_other_bytes') throw new AppError('state_conflict');
      return change(tx, actor, row, 'took_new');
    case 'accept':
      if (row.reason === 'dicom_same_uid_other_bytes') throw new AppError('state_conflict');
      return accept(tx, actor, row, () => settle('accepted'));
  }
}

/** This object and the stored one change places. */
async function change(tx: Tx, actor: Actor, row: Row, resolution: string | null): Promise<string | null> {
  const { seriesId, replaced } = await admitObject(tx, actor, row, { replace: true, anyPatient: true });
  if (!replaced) {
    // Nothing is stored under its UID any more: it is taken, and there is nothing to keep beside it.
    await tx.quarantinedObject.update({
      where: { id: row.id },
      data: { resolution: 'accepted', resolvedAt: new Date(), resolvedById: actor.personId },
    });
    return seriesId;
  }
  await tx.quarantinedObject.deleteMany({
    where: { centreId: row.centreId, sha256: replaced.sha256, id: { not: row.id } },
  });
  await tx.quarantinedObject.update({
    where: { id: row.id },
    data: {
      sha256: replaced.sha256,
      size: replaced.size,
      detail: replaced.transferSyntaxUid,
      resolution,
      resolvedAt: resolution === null ? null : new Date(),
      resolvedById: resolution === null ? null : actor.personId,
    },
  });
  return seriesId;
}

async function accept(
  tx: Tx,
  actor: Actor,
  row: Row,
  settle: () => Promise<unknown>,
): Promise<string | null> {
  const anyPatient = row.reason === 'study_of_other_patient';
  const { outcome, seriesId } = await admitObject(tx, actor, row, { replace: false, anyPatient });
  const becomes = (reason: QuarantineReason) =>
    tx.quarantinedObject.update({ where: { id: row.id }, data: { reason } });
  if (outcome === 'other_patient') {
    await becomes('study_of_other_patient');
    return null;
  }
  if (outcome === 'conflict') {
    const { centreId, sopInstanceUid } = row;
    const stored = await tx.instance.findUniqueOrThrow({
      where: { centreId_sopInstanceUid: { centreId, sopInstanceUid } },
    });
    if (!(await sameObject(blobPath(stored.sha256), blobPath(row.sha256)))) {
      await becomes('dicom_same_uid_other_bytes');
      return null;
    }
  }
  await settle();
  return seriesId;
}

async function reopen(tx: Tx, actor: Actor, row: Row): Promise<string | null> {
  if (row.resolution === 'took_new') return change(tx, actor, row, null);
  if (row.resolvedAt === null || row.resolution === 'accepted') throw new AppError('state_conflict');
  await tx.quarantinedObject.update({
    where: { id: row.id },
    data: { resolution: null, resolvedAt: null, resolvedById: null },
  });
  return null;
}
