import type { IncomingMessage } from 'node:http';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors.ts';
import { errorSentence, toProblem } from '@/lib/http/problem.server.ts';
import { importCentre } from '@/lib/store/import-centre.server.ts';
import { type IngestResult, ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { DICOM_JSON, type DicomWebAnswer } from './answer.ts';
import { bodyChunks } from './body-chunks.ts';
import { type Part, readParts } from './multipart.ts';
import type { Of } from './path.ts';
import { PEEK_BYTES, peek } from './peek.ts';
import { DOES_NOT_MATCH, type StoreResult, storeResponse, storeStatus } from './store-response.ts';

/** Parts whose bytes are here and whose commit is awaited: while one flushes the next streams in. */
const IN_FLIGHT = 16;

/** What of a part is kept to say whose it was, should it be refused. */
const NAMES_BYTES = 16 * 1024;

/**
 * STOW-RS (PS3.18 10.5): each part by itself through the one way in, as it streams. The centre is `?centre=CODE`, else
 * the actor's first one that lets them import. A body that breaks off is 400 and says what was taken before.
 */
export async function storeInstances(
  actor: AuthenticatedActor,
  path: Of<'studies' | 'retrieve'>,
  search: URLSearchParams,
  request: IncomingMessage,
): Promise<DicomWebAnswer> {
  for (const name of search.keys())
    if (name !== 'centre' && name !== 'accept')
      throw new AppError('dicomweb_unknown_parameter', { params: { name } });
  const parts = partsOf(request);
  const centreId = await importCentre(actor, search.get('centre'));
  const results: StoreResult[] = [];
  const waiting = new Set<Promise<void>>();
  let broken: AppError | undefined;
  try {
    for await (const part of parts) {
      const place = results.push(PENDING) - 1;
      const { done, read } = takePart(request, { actor, centreId, study: path.study }, part);
      const kept = done.then((result) => {
        results[place] = result;
        waiting.delete(kept);
      });
      waiting.add(kept);
      await read;
      if (waiting.size >= IN_FLIGHT) await Promise.race(waiting);
    }
  } catch (error) {
    if (!isAppError(error)) throw error; // The connection broke: nobody is there to be answered.
    broken = error;
  } finally {
    await Promise.all(waiting);
  }
  if (broken && results.length === 0) throw broken;
  if (results.length === 0) throw new AppError('multipart_damaged', { params: { detail: 'no part' } });
  return answer(results, path.root, broken);
}

function answer(results: readonly StoreResult[], root: string, broken: AppError | undefined): DicomWebAnswer {
  const aside = results.filter((one) => one.kind === 'aside').length;
  const warnings = [
    ...(aside > 0 ? [`${aside} kept aside for an administrator to decide`] : []),
    ...(broken ? [errorSentence(broken, 'en')] : []),
  ];
  return {
    status: broken ? broken.status : storeStatus(results),
    headers: {
      'content-type': DICOM_JSON,
      'cache-control': 'no-store',
      ...(warnings.length > 0 && {
        warning: warnings.map((one) => `299 consilium "${one.replace(/[^ -~]|"/g, "'")}"`).join(', '),
      }),
    },
    body: JSON.stringify(storeResponse(results, root)),
  };
}

/** The parts of a request, or its one body. Throws `unsupported_media_type` for anything but DICOM files. */
function partsOf(request: IncomingMessage): AsyncIterable<Part> {
  const header = request.headers['content-type'] ?? '';
  const type = header.split(';')[0]?.trim().toLowerCase();
  const of = (name: string) =>
    new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header)?.slice(1).find(Boolean) ?? '';
  if (type === 'application/dicom') return single(request);
  const boundary = of('boundary');
  const partType = of('type').toLowerCase();
  if (type !== 'multipart/related' || (partType !== '' && partType !== 'application/dicom'))
    throw new AppError('unsupported_media_type');
  if (boundary === '' || boundary.length > 200)
    throw new AppError('multipart_damaged', { params: { detail: 'no boundary' } });
  return readParts(bodyChunks(request), boundary);
}

async function* single(request: IncomingMessage): AsyncGenerator<Part> {
  yield { headers: new Map(), body: bodyChunks(request) };
}

/** Takes one part. `read`: its bytes are all here or not wanted; `done`: it is safe, or why not. Neither fails. */
function takePart(
  request: IncomingMessage,
  { actor, centreId, study }: { actor: AuthenticatedActor; centreId: string; study: string | null },
  part: Part,
): { done: Promise<StoreResult>; read: Promise<void> } {
  let release: () => void = () => undefined;
  const read = new Promise<void>((resolve) => {
    release = resolve;
  });
  const head: Buffer[] = [];
  async function* source(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of part.body) {
        // A copy: a part of it would keep the whole read in memory until the object is safe.
        if (head.length === 0) head.push(Buffer.from(chunk.subarray(0, NAMES_BYTES)));
        yield chunk;
      }
    } finally {
      release();
    }
  }
  const done = (async (): Promise<StoreResult> => {
    const type = part.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'application/dicom';
    if (type !== 'application/dicom') return { ...failed('unsupported_media_type'), failure: DOES_NOT_MATCH };
    const bytes = study === null ? source() : await ofStudy(source(), study);
    if ('kind' in bytes) return bytes;
    const sourceName = part.headers.get('content-location') ?? 'STOW-RS';
    return toResult(await ingestInstance({ actor, centreId, source: bytes, sourceName }), head);
  })()
    .catch((error: unknown) => {
      // Logged as what it is; a sender that went away is no failure of ours.
      if (!isAppError(error) && !request.socket.destroyed) toProblem(error, 'en');
      return failed(isAppError(error) ? error.code : 'internal', head);
    })
    .finally(release);
  return { done, read };
}

/** A part that was sent to a study must be of it (PS3.18 10.5.1): its head is looked into before anything is kept. */
async function ofStudy(
  source: AsyncGenerator<Buffer>,
  study: string,
): Promise<AsyncIterable<Uint8Array> | StoreResult> {
  const head: Buffer[] = [];
  let size = 0;
  let found = peek(Buffer.alloc(0));
  for (let ended = false; !ended && found.studyUid === '' && size < PEEK_BYTES; ) {
    const next = await source.next();
    if (next.done) ended = true;
    else {
      head.push(next.value);
      size += next.value.length;
    }
    if (ended || size >= 8192) found = peek(Buffer.concat(head));
  }
  if (found.studyUid !== study) {
    await source.return(undefined);
    if (found.studyUid === '') return { ...failed('dicom_unreadable'), ...found, failure: DOES_NOT_MATCH };
    return {
      ...failed('invalid_input'),
      ...found,
      comment: 'It belongs to another study than the request names.',
      failure: DOES_NOT_MATCH,
    };
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield* head;
    yield* source;
  }
  return rest();
}

function toResult(result: IngestResult, head: readonly Buffer[]): StoreResult {
  if (result.outcome === 'refused') {
    const refused = failed(result.reason ?? 'internal', head);
    return { ...refused, comment: [refused.comment, result.detail].filter(Boolean).join(' ') };
  }
  const aside = result.outcome === 'quarantined';
  return {
    kind: aside ? 'aside' : 'stored',
    reason: result.reason,
    comment: aside && result.reason ? sentence(result.reason) : '',
    sopClassUid: result.sopClassUid ?? '',
    sopInstanceUid: result.sopInstanceUid ?? '',
    studyUid: result.studyUid ?? '',
    seriesUid: result.seriesUid ?? '',
  };
}

const PENDING: StoreResult = {
  kind: 'failed',
  reason: 'internal',
  comment: '',
  sopClassUid: '',
  sopInstanceUid: '',
  studyUid: '',
  seriesUid: '',
};

const sentence = (code: ErrorCode): string => errorSentence({ code, params: { detail: '' } }, 'en');

function failed(reason: ErrorCode, head: readonly Buffer[] = []): StoreResult {
  const { sopClassUid, sopInstanceUid, studyUid } = peek(Buffer.concat(head));
  return {
    kind: 'failed',
    reason,
    comment: sentence(reason),
    sopClassUid,
    sopInstanceUid,
    studyUid,
    seriesUid: '',
  };
}
