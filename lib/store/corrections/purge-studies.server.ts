import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { log } from '@/lib/log.server.ts';
import { removeDerived } from '../derived-files.server.ts';
import { blobPath } from '../paths.server.ts';
import { removeOld, unnamed } from '../sweep-orphans.server.ts';
import { GRACE_DAYS, purgeDate } from './grace.ts';
import { LONG_TRANSACTION_MS, lockStudies } from './study-lock.server.ts';

const system: Actor = {
  personId: null,
  displayName: 'Consilium',
  memberships: [],
  locale: 'en',
  door: 'system',
};

/**
 * Removes studies for good whose grace and term are over and that nobody holds, and discarded objects of the
 * quarantine: rows first, in one transaction with the audit row that stays, then those blobs that no other row names,
 * and whatever was derived from them.
 * A blob that is on its way in again is younger than `removeOld` takes; what a crash leaves is swept by night.
 */
export async function purgeDue(
  now = new Date(),
  blobsOlderThanMs?: number,
): Promise<{ studies: number; objects: number }> {
  const due = await db().study.findMany({
    where: { hiddenAt: { not: null }, purgeAt: { lte: now }, legalHoldAt: null },
    select: { id: true, purgeAt: true, createdAt: true, centre: { select: { retentionYears: true } } },
  });
  let studies = 0;
  const seriesIds: string[] = [];
  for (const { id, purgeAt, createdAt, centre } of due) {
    if (!purgeAt || purgeDate({ purgeAt, createdAt }, centre.retentionYears) > now) continue;
    const gone = await purgeStudy(id, now, blobsOlderThanMs);
    if (!gone) continue;
    studies += 1;
    seriesIds.push(...gone);
  }
  await removeDerived(seriesIds);
  const objects = await purgeDiscarded(now, blobsOlderThanMs);
  if (studies + objects > 0) log.info({ studies, objects }, 'Purged what was deleted');
  return { studies, objects };
}

/**
 * One study with its originals, which nobody would find without it; the series that are gone with it. Null when it is
 * not to go after all.
 */
async function purgeStudy(id: string, now: Date, olderThanMs?: number): Promise<string[] | null> {
  const gone = await withAudit(
    system,
    async (tx, audit) => {
      const [first, ...earlier] = await chain(id);
      if (!first) throw new Kept();
      const all = [first, ...earlier];
      await lockStudies(
        tx,
        first.centreId,
        all.map(({ studyInstanceUid }) => studyInstanceUid),
      );
      const ids = all.map((study) => study.id);
      const rows = await tx.study.findMany({
        where: { id: { in: ids } },
        include: { centre: { select: { retentionYears: true } } },
      });
      const itself = rows.find((row) => row.id === id);
      const may =
        itself?.purgeAt &&
        itself.hiddenAt &&
        purgeDate({ ...itself, purgeAt: itself.purgeAt }, itself.centre.retentionYears) <= now &&
        rows.every(({ legalHoldAt, hiddenAt }) => !legalHoldAt && hiddenAt);
      if (!may) throw new Kept();
      const inStudies = { studyId: { in: ids } };
      const series = await tx.series.findMany({ where: inStudies, select: { id: true } });
      const instances = await tx.instance.findMany({
        where: { series: inStudies },
        select: { sha256: true },
      });
      await tx.instance.deleteMany({ where: { series: inStudies } });
      await tx.series.deleteMany({ where: inStudies });
      await tx.caseStudy.deleteMany({ where: inStudies });
      await tx.studyShare.deleteMany({ where: inStudies });
      await tx.study.deleteMany({ where: { id: { in: ids } } });
      for (const row of rows)
        audit({
          action: 'study.purge',
          resourceType: 'study',
          resourceId: row.id,
          centreId: row.centreId,
          details: {
            study: row.studyInstanceUid,
            because: row.hiddenBecause,
            reason: row.hiddenReason,
            instances: row.instanceCount,
          },
        });
      return {
        hashes: [...new Set(instances.map(({ sha256 }) => sha256))],
        seriesIds: series.map((one) => one.id),
      };
    },
    { timeout: LONG_TRANSACTION_MS },
  ).catch((error) => {
    if (error instanceof Kept) return undefined;
    throw error;
  });
  if (!gone) return null;
  await removeBlobs(gone.hashes, olderThanMs);
  return gone.seriesIds;
}

/** Rolls back: somebody restored or held it in the meantime. */
class Kept extends Error {}

/** A study, and what it stands for, back to the first original. */
async function chain(id: string) {
  const select = { id: true, centreId: true, studyInstanceUid: true };
  const first = await db().study.findUnique({ where: { id }, select });
  const found = first ? [first] : [];
  for (const study of found)
    found.push(...(await db().study.findMany({ where: { replacedById: study.id }, select })));
  return found;
}

async function removeBlobs(hashes: readonly string[], olderThanMs?: number): Promise<void> {
  for (const sha256 of await unnamed(hashes)) await removeOld(blobPath(sha256), olderThanMs);
}

/** Objects of the quarantine that an administrator discarded, when the grace is over. */
async function purgeDiscarded(now: Date, olderThanMs?: number): Promise<number> {
  const before = new Date(now.getTime() - GRACE_DAYS * 86_400_000);
  const due = await db().quarantinedObject.findMany({
    where: { resolution: 'discarded', resolvedAt: { lte: before } },
    take: 1000,
  });
  let removed = 0;
  for (const { id, centreId, sha256, sopInstanceUid } of due) {
    const done = await withAudit(system, async (tx, audit) => {
      const { count } = await tx.quarantinedObject.deleteMany({ where: { id, resolution: 'discarded' } });
      audit({
        action: 'quarantine.purge',
        resourceType: 'quarantine',
        resourceId: id,
        centreId,
        details: { sha256, instance: sopInstanceUid },
      });
      if (count === 0) throw new Kept();
      return true;
    }).catch((error) => {
      if (error instanceof Kept) return false;
      throw error;
    });
    if (!done) continue;
    await removeBlobs([sha256], olderThanMs);
    removed += 1;
  }
  return removed;
}
