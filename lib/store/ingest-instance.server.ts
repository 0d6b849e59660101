import fs from 'node:fs/promises';
import path from 'node:path';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { type AuditEntry, withAudit } from '@/lib/db/with-audit.server.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { type InstanceHeader, instanceHeader } from '@/lib/dicom/instance-header.ts';
import type { ErrorCode } from '@/lib/errors.ts';
import { announceSeries } from '@/lib/jobs/announce.server.ts';
import { indexInstance } from './index-instance.server.ts';
import { blobPath, durableFolder, syncFolder } from './paths.server.ts';
import { readSpooledHeader } from './read-header.server.ts';
import type { Outcome } from './schema.ts';
import { type Spooled, spool, storageError } from './spool.server.ts';

export type IngestInput = {
  actor: Actor;
  centreId: string;
  source: AsyncIterable<Uint8Array>;
  /** File name or calling AE title, for people to recognise it. */
  sourceName: string;
};

export type IngestResult = {
  outcome: Outcome;
  reason: ErrorCode | null;
  detail: string;
  size: number;
  sopInstanceUid: string | null;
  studyUid: string | null;
};

/**
 * The one way in for every DICOM object, by whatever door: spool, fsync, rename, commit, and only then success.
 * Idempotent: the same bytes again are `known`. The same SOP Instance UID with other bytes is `quarantined`, both
 * kept. What is no DICOM object is `refused` with its reason. Throws `storage_full`, `storage_error`, and
 * `not_found`/`forbidden` when the actor may not import for that centre.
 */
export async function ingestInstance(input: IngestInput): Promise<IngestResult> {
  const { actor, centreId } = input;
  if (actor.personId !== null) authorise(actor, 'study.import', { kind: 'centre', centreId });
  const spooled = await spool(input.source);
  try {
    const header = await headerOf(spooled);
    if (!('sopInstanceUid' in header))
      return { ...header, size: spooled.size, sopInstanceUid: null, studyUid: null };
    const uids = {
      size: spooled.size,
      sopInstanceUid: header.sopInstanceUid,
      studyUid: header.studyInstanceUid,
    };
    const known = await storedHash(db(), centreId, header.sopInstanceUid);
    if (known === spooled.sha256) return { outcome: 'known', reason: null, detail: '', ...uids };
    await keepBlob(spooled);
    const { outcome, seriesId } = await commit(input, spooled, header);
    if (seriesId) announceSeries(seriesId);
    const quarantined = outcome === 'quarantined';
    return { outcome, reason: quarantined ? 'dicom_same_uid_other_bytes' : null, detail: '', ...uids };
  } catch (error) {
    throw storageError(error);
  } finally {
    await fs.rm(spooled.file, { force: true });
  }
}

async function headerOf(
  spooled: Spooled,
): Promise<InstanceHeader | { outcome: 'refused'; reason: ErrorCode; detail: string }> {
  try {
    return instanceHeader(await readSpooledHeader(spooled));
  } catch (error) {
    if (error instanceof DicomError) return { outcome: 'refused', reason: error.code, detail: error.detail };
    if (error instanceof RangeError)
      return { outcome: 'refused', reason: 'dicom_unreadable', detail: error.message };
    throw error;
  }
}

async function storedHash(
  tx: Pick<Tx, 'instance'>,
  centreId: string,
  sopInstanceUid: string,
): Promise<string | undefined> {
  const row = await tx.instance.findUnique({
    where: { centreId_sopInstanceUid: { centreId, sopInstanceUid } },
    select: { sha256: true },
  });
  return row?.sha256;
}

/** The spooled file is on disk already; its name in the blob store becomes durable with the folder's fsync. */
async function keepBlob(spooled: Spooled): Promise<void> {
  const target = blobPath(spooled.sha256);
  await durableFolder(path.dirname(target));
  await fs.rename(spooled.file, target);
  await syncFolder(path.dirname(target));
}

async function commit(
  input: IngestInput,
  spooled: Spooled,
  header: InstanceHeader,
): Promise<{ outcome: Outcome; seriesId: string | null }> {
  const { actor, centreId, sourceName } = input;
  return withAudit(actor, async (tx, audit) => {
    // One writer per study at a time: two doors that bring one new study make one row of it, and its counts are right.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${centreId} ${header.studyInstanceUid}`}, 0))`;
    const entry = (action: string, details: Record<string, string>): AuditEntry => ({
      action,
      resourceType: 'instance',
      resourceId: header.sopInstanceUid,
      centreId,
      details: { study: header.studyInstanceUid, ...details },
    });
    const stored = await storedHash(tx, centreId, header.sopInstanceUid);
    if (stored === spooled.sha256) {
      audit(entry('instance.known', {}));
      return { outcome: 'known' as const, seriesId: null };
    }
    if (stored !== undefined) {
      await tx.quarantinedObject.upsert({
        where: { centreId_sha256: { centreId, sha256: spooled.sha256 } },
        create: {
          centreId,
          sopInstanceUid: header.sopInstanceUid,
          reason: 'dicom_same_uid_other_bytes',
          detail: header.transferSyntaxUid,
          sha256: spooled.sha256,
          size: spooled.size,
          sourceName: sourceName.replaceAll('\0', '').slice(-500),
        },
        update: {},
      });
      audit(entry('instance.quarantine', { sha256: spooled.sha256 }));
      return { outcome: 'quarantined' as const, seriesId: null };
    }
    const seriesId = await indexInstance(tx, {
      centreId,
      importedById: actor.personId,
      header,
      sha256: spooled.sha256,
      size: spooled.size,
    });
    audit(entry('instance.store', {}));
    return { outcome: 'taken' as const, seriesId };
  });
}
