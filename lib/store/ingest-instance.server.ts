import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { type InstanceHeader, instanceHeader } from '@/lib/dicom/instance-header.ts';
import type { ParsedHeader } from '@/lib/dicom/parse-header.ts';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import type { ErrorCode } from '@/lib/errors.ts';
import { announceSeries } from '@/lib/jobs/announce.server.ts';
import { type CommitOutcome, commitInstance } from './commit-instances.server.ts';
import { indexFields, type PixelSpan } from './index-fields.ts';
import { blobPath } from './paths.server.ts';
import { type QuarantineReason, quarantineObject } from './quarantine-object.server.ts';
import { readReceivedHeader } from './read-header.server.ts';
import { type Received, receive } from './receive.server.ts';
import { sameObject } from './same-object.server.ts';
import type { Outcome } from './schema.ts';
import { storageError } from './spool.server.ts';

export type IngestInput = {
  actor: Actor;
  centreId: string;
  source: AsyncIterable<Uint8Array>;
  /** File name or calling AE title, for people to recognise it. */
  sourceName: string;
  /** Keep it aside whatever it is: its sender is not known. */
  quarantine?: QuarantineReason;
  /** Whether this study was asked for, of a sender who may bring nothing else: an object of another one is kept aside. */
  wanted?: ((studyUid: string) => boolean | Promise<boolean>) | undefined;
  /** Into a study that is not shown (yet): a correction in the making. */
  hidden?: boolean;
};

export type IngestResult = {
  outcome: Outcome;
  reason: ErrorCode | null;
  detail: string;
  size: number;
  sopInstanceUid: string | null;
  sopClassUid: string | null;
  studyUid: string | null;
  seriesUid: string | null;
};

/**
 * The one way in for every DICOM object, by whatever door: receive, fsync, name, commit, and only then success.
 * Idempotent: an object that says the same as the stored one is `known`, however its file is put together. The same
 * SOP Instance UID with anything else is `quarantined`, both kept. What is no DICOM object is `refused` with its
 * reason. Throws `storage_full`, `storage_error`, and `not_found`/`forbidden` when the actor may not import there.
 */
export async function ingestInstance(input: IngestInput): Promise<IngestResult> {
  const { actor, centreId } = input;
  if (actor.personId !== null) authorise(actor, 'study.import', { kind: 'centre', centreId });
  const received = await receive(input.source);
  const { size } = received;
  let taken = false;
  try {
    const read = await headerOf(received);
    if ('outcome' in read) {
      const none = { sopInstanceUid: null, sopClassUid: null, studyUid: null, seriesUid: null };
      return { ...read, size, ...none };
    }
    const sha256 = await received.keep();
    const { outcome, reason } = await settle(input, { sha256, size }, read);
    taken = outcome === 'taken';
    const { header } = read;
    return {
      outcome,
      reason,
      detail: '',
      size,
      sopInstanceUid: header.sopInstanceUid,
      sopClassUid: header.sopClassUid,
      studyUid: header.studyInstanceUid,
      seriesUid: header.seriesInstanceUid,
    };
  } catch (error) {
    throw storageError(error);
  } finally {
    await received.dispose(taken);
  }
}

type Read = { header: InstanceHeader; pixels: PixelSpan };

async function headerOf(
  received: Received,
): Promise<Read | { outcome: 'refused'; reason: ErrorCode; detail: string }> {
  try {
    const parsed = await readReceivedHeader(received);
    return { header: instanceHeader(parsed), pixels: pixelSpan(parsed) };
  } catch (error) {
    if (error instanceof DicomError) return { outcome: 'refused', reason: error.code, detail: error.detail };
    if (error instanceof RangeError)
      return { outcome: 'refused', reason: 'dicom_unreadable', detail: error.message };
    throw error;
  }
}

/** Where the pixels lie, for the index. */
export function pixelSpan({ pixelData, transferSyntaxUid }: ParsedHeader): PixelSpan {
  const native =
    pixelData !== undefined &&
    !pixelData.hadUndefinedLength &&
    pixelData.length !== 0xffffffff &&
    transferSyntaxUid !== DEFLATED_LITTLE_ENDIAN;
  return native
    ? { pixelOffset: pixelData.dataOffset, pixelLength: pixelData.length }
    : { pixelOffset: null, pixelLength: null };
}

/** What becomes of a kept blob: into the index, or aside. */
async function settle(
  input: IngestInput,
  { sha256, size }: { sha256: string; size: number },
  { header, pixels }: Read,
): Promise<{ outcome: Outcome; reason: ErrorCode | null }> {
  const { actor, centreId, sourceName } = input;
  const aside = async (reason: QuarantineReason) => {
    await quarantineObject({ actor, centreId, reason, header, sha256, size, sourceName });
    return { outcome: 'quarantined' as const, reason };
  };
  if (input.quarantine) return aside(input.quarantine);
  if (input.wanted && !(await input.wanted(header.studyInstanceUid))) return aside('study_not_asked');
  const committed = await commitInstance({
    actor: { personId: actor.personId, displayName: actor.displayName, door: actor.door },
    centreId,
    hidden: input.hidden ?? false,
    ...indexFields(header, { sha256, size, ...pixels }),
  });
  switch (committed.outcome) {
    case 'taken':
      if (committed.seriesId) announceSeries(committed.seriesId);
      return { outcome: 'taken', reason: null };
    case 'known':
      return { outcome: 'known', reason: null };
    case 'hidden':
      return aside('study_hidden');
    case 'other_patient':
      return aside('study_of_other_patient');
    case 'conflict':
      if (!(await saysTheSame(committed, sha256))) return aside('dicom_same_uid_other_bytes');
      await noteKnown(actor, centreId, header);
      return { outcome: 'known', reason: null };
  }
}

/**
 * One object sent by two doors comes in two files: other file meta, other lengths. Where it says the same, byte for
 * byte of every value, it is known; its own file stays unnamed, for the next sweep.
 */
async function saysTheSame({ storedSha256 }: CommitOutcome, sha256: string): Promise<boolean> {
  return storedSha256 !== null && (await sameObject(blobPath(storedSha256), blobPath(sha256)));
}

async function noteKnown(actor: Actor, centreId: string, header: InstanceHeader): Promise<void> {
  await withAudit(actor, async (_tx, audit) => {
    audit({
      action: 'instance.known',
      resourceType: 'instance',
      resourceId: header.sopInstanceUid,
      centreId,
      details: { study: header.studyInstanceUid },
    });
  });
}
