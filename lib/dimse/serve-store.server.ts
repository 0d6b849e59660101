import { fileMeta } from '@/lib/dicom/write-file-meta.ts';
import { type ErrorCode, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { type IngestResult, ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import type { Context, Message } from './association.server.ts';
import type { DataSetStream } from './data-set-stream.ts';
import { DimseError } from './errors.ts';
import { answered } from './metrics.server.ts';
import { PEEK_BYTES, peekUids } from './peek-uids.ts';
import { responseTo, type Session } from './session.ts';
import { STATUS } from './status.ts';

type Answer = { status: number; errorComment?: string };

/**
 * C-STORE (PS3.4 B.2): the data set goes into the store as it comes, and success is said only after it is there for
 * good. What is put aside because of its UID or its sender is success too: it is kept, and a sender that heard a
 * failure would send it again and again.
 */
export async function serveStore(session: Session, message: Message, context: Context): Promise<void> {
  const { status, errorComment } = await take(session, message, context);
  answered.inc({ status: status.toString(16).padStart(4, '0').toUpperCase() });
  await session.association.send(
    message.contextId,
    responseTo(message.command, status, errorComment === undefined ? {} : { errorComment }),
  );
}

async function take(session: Session, { command, dataSet }: Message, context: Context): Promise<Answer> {
  const { affectedSopClassUid: sopClassUid = '', affectedSopInstanceUid: sopInstanceUid = '' } = command;
  if (!dataSet) return { status: STATUS.cannotUnderstand, errorComment: 'no data set' };
  const { start, rest } = await begin(dataSet);
  const uids = peekUids(start, context.transferSyntax);
  if ((uids.sopInstanceUid ?? sopInstanceUid) !== sopInstanceUid)
    return { status: STATUS.doesNotMatch, errorComment: 'SOP Instance UID of the command is another' };
  if ((uids.sopClassUid ?? sopClassUid) !== sopClassUid || sopClassUid !== context.abstractSyntax)
    return { status: STATUS.doesNotMatch, errorComment: 'SOP Class UID of the command is another' };
  const head = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: context.transferSyntax });
  try {
    const result = await ingestInstance({
      actor: session.actor,
      centreId: session.centreId,
      source: chain(head, start, rest),
      sourceName: session.callingAeTitle,
      ...(session.caller.kind === 'quarantine'
        ? { quarantine: 'unknown_sender' as const }
        : { wanted: session.caller.node.wanted }),
    });
    return answerTo(result);
  } catch (error) {
    // The caller is gone: nobody is left to answer, and nothing of the object is kept.
    if (error instanceof DimseError) throw error;
    return trouble(error);
  }
}

/** The first bytes, enough to see whose they are, and the iterator that goes on behind them. */
async function begin(
  dataSet: DataSetStream,
): Promise<{ start: Buffer; rest: AsyncIterator<Buffer, undefined> }> {
  const rest = dataSet[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < PEEK_BYTES) {
    const next = await rest.next();
    if (next.done) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  return { start, rest };
}

async function* chain(
  head: Uint8Array,
  start: Buffer,
  rest: AsyncIterator<Buffer, undefined>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    if (start.length > 0) yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function answerTo(result: IngestResult): Answer {
  switch (result.outcome) {
    case 'taken':
    case 'known':
    case 'quarantined':
      return { status: STATUS.success };
    case 'refused':
      return { status: refusal(result.reason), errorComment: `${result.reason}: ${result.detail}` };
  }
}

/** Each reason has a status of its own in the range that says "cannot understand" (PS3.4 table B.2-1). */
function refusal(reason: ErrorCode | null): number {
  switch (reason) {
    case 'dicom_truncated':
      return 0xc001;
    case 'dicom_missing_uid':
      return 0xc002;
    case 'dicom_invalid_uid':
      return 0xc003;
    case 'dicom_dicomdir':
      return 0xc004;
    default:
      return STATUS.cannotUnderstand;
  }
}

function trouble(error: unknown): Answer {
  if (!isAppError(error)) {
    log.error({ err: error }, 'C-STORE failed');
    return { status: STATUS.processingFailure };
  }
  // One line an object is enough for a disk that is full.
  log.warn({ code: error.code }, 'C-STORE failed');
  if (error.code === 'storage_full') return { status: STATUS.outOfResources, errorComment: 'storage_full' };
  if (error.code === 'forbidden') return { status: STATUS.notAuthorised };
  return { status: STATUS.processingFailure, errorComment: error.code };
}
