import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { ingestInstance } from './ingest-instance.server.ts';
import { readableStudies } from './list-studies.server.ts';
import type { FileResult, StudySummary } from './schema.ts';
import { toSummary } from './study-summary.server.ts';
import { ingestZip, isZip } from './zip.server.ts';

export type Batch = { id: string; centreId: string; label: string; cancelledAt: Date | null };

/**
 * Opens a batch: one drop of files. The centre is the actor's first one where none is named. With `resume` an
 * unfinished batch of the same label goes on instead, cancelled or not; its results tell what need not be sent again.
 */
export async function createUpload(
  actor: AuthenticatedActor,
  input: { centreId?: string; label: string; resume?: boolean },
): Promise<Batch> {
  const centreId =
    input.centreId ??
    actor.memberships.find((one) => can(actor, 'study.import', { kind: 'centre', centreId: one.centreId }))
      ?.centreId;
  if (!centreId) throw new AppError('forbidden');
  authorise(actor, 'study.import', { kind: 'centre', centreId });
  return withAudit(actor, async (tx, audit) => {
    const { personId } = actor;
    const earlier = input.resume
      ? await tx.uploadBatch.findFirst({
          where: { centreId, personId, label: input.label, finishedAt: null },
          orderBy: { createdAt: 'desc' },
        })
      : null;
    if (earlier) {
      audit({ action: 'upload.resume', resourceType: 'upload', resourceId: earlier.id, centreId });
      return tx.uploadBatch.update({ where: { id: earlier.id }, data: { cancelledAt: null } });
    }
    const batch = await tx.uploadBatch.create({ data: { centreId, personId, label: input.label } });
    audit({ action: 'upload.create', resourceType: 'upload', resourceId: batch.id, centreId });
    return batch;
  });
}

/** The batch with the results so far: what a resumed upload need not send again. Only its owner sees it. */
export async function readUpload(
  actor: AuthenticatedActor,
  id: string,
): Promise<Batch & { files: FileResult[] }> {
  const batch = await ownBatch(actor, id);
  const files = await db().uploadFile.findMany({ where: { batchId: id }, orderBy: { id: 'asc' } });
  return { ...batch, files: files.map((file) => ({ ...file, size: Number(file.size) }) as FileResult) };
}

/** The studies that a batch's files belong to, taken now or known before. Audited as a list of studies. */
export async function uploadedStudies(actor: AuthenticatedActor, id: string): Promise<StudySummary[]> {
  const batch = await ownBatch(actor, id);
  const files = await db().uploadFile.findMany({
    where: { batchId: id, outcome: { in: ['taken', 'known'] } },
    distinct: ['studyUid'],
    select: { studyUid: true },
  });
  const uids = files.flatMap((file) => file.studyUid ?? []);
  const rows = await readableStudies(actor, {
    caseId: null,
    where: { centreId: batch.centreId, studyInstanceUid: { in: uids } },
    take: 200,
  });
  return rows.map(toSummary);
}

/** Marks a batch cancelled or finished; what was taken stays. */
export async function closeUpload(
  actor: AuthenticatedActor,
  id: string,
  how: 'cancelledAt' | 'finishedAt',
): Promise<void> {
  const batch = await ownBatch(actor, id);
  await withAudit(actor, async (tx, audit) => {
    await tx.uploadBatch.update({ where: { id }, data: { [how]: new Date() } });
    const action = how === 'cancelledAt' ? 'upload.cancel' : 'upload.finish';
    audit({ action, resourceType: 'upload', resourceId: id, centreId: batch.centreId });
  });
}

async function ownBatch(actor: AuthenticatedActor, id: string): Promise<Batch> {
  const batch = await db().uploadBatch.findUnique({ where: { id } });
  if (batch?.personId !== actor.personId) throw new AppError('not_found');
  return batch;
}

/**
 * Takes one file of a batch. Yields one result for a DICOM file, one per entry for a zip. Results are kept before
 * they are yielded. Throws `upload_cancelled`, `upload_interrupted` when fewer bytes came than were announced, and
 * what `ingestInstance` throws.
 */
export async function* uploadFile(
  actor: AuthenticatedActor,
  input: { batchId: string; path: string; size: number; source: AsyncIterable<Uint8Array> },
): AsyncGenerator<FileResult> {
  const batch = await ownBatch(actor, input.batchId);
  if (batch.cancelledAt) throw new AppError('upload_cancelled');
  const { first, rest } = await peek(input.source);
  if (isZip(first)) {
    for await (const result of ingestZip({
      actor,
      centreId: batch.centreId,
      source: rest,
      name: input.path,
    })) {
      yield await keep(batch.id, result);
    }
    return;
  }
  const result = await ingestInstance({
    actor,
    centreId: batch.centreId,
    source: checkLength(rest, input.size),
    sourceName: input.path,
  });
  yield await keep(batch.id, { path: input.path, ...result });
}

async function keep(batchId: string, result: FileResult): Promise<FileResult> {
  const { path, size, outcome, reason, detail, sopInstanceUid, studyUid } = result;
  // PostgreSQL text cannot hold NUL; a path with one is still the file's path for people.
  const data = { outcome, reason, detail: detail.replaceAll('\0', ''), sopInstanceUid, studyUid };
  const key = { batchId, path: path.replaceAll('\0', ''), size };
  if (outcome === 'known') {
    // Its answer may have been lost on the way: sent again, what this batch took is still what this batch took.
    const before = await db().uploadFile.findUnique({ where: { batchId_path_size: key } });
    if (before?.outcome === 'taken') return { path: key.path, size, ...data, outcome: 'taken' };
  }
  await db().uploadFile.upsert({
    where: { batchId_path_size: key },
    create: { ...key, ...data },
    update: data,
  });
  return { path: key.path, size, ...data };
}

async function peek(
  source: AsyncIterable<Uint8Array>,
): Promise<{ first: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  let done = false;
  while (length < 4 && !done) {
    const next = await iterator.next();
    done = next.done === true;
    if (!done) {
      head.push(next.value);
      length += next.value.length;
    }
  }
  async function* rest() {
    yield* head;
    while (!done) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { first: Buffer.concat(head), rest: rest() };
}

/** A connection that was cut in mid-file ends the stream early: such a file must not pass for a whole one. */
async function* checkLength(source: AsyncIterable<Uint8Array>, expected: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    yield chunk;
  }
  if (received !== expected) throw new AppError('upload_interrupted', { params: { received, expected } });
}
