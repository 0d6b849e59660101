import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { EXPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { canDecode } from '@/lib/store/decode-frame.server.ts';
import type { ResolvedStudy } from '@/lib/store/load-study.server.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import { recordRetrieve } from '@/lib/store/record-retrieve.server.ts';
import { instancesOf, type StoredInstance, seriesOf } from '@/lib/store/study-contents.server.ts';
import { transcodeInstance } from '@/lib/store/transcode-instance.server.ts';
import { choosePixels, type MediaRange, type PixelChoice } from './accept.ts';
import { answeredNotModified, IMMUTABLE, REVALIDATE } from './answer.ts';
import { openInstance, openStudy } from './open.server.ts';
import type { Of } from './path.ts';

const DICOM = 'application/dicom';
const CHUNK = 1024 * 1024;

/**
 * WADO-RS study, series or instance (PS3.18 10.4.1.1.1 to .3): the files as stored, or as Explicit VR Little Endian,
 * streamed one after the other. Nothing of it is whole in memory but a transcoded instance; a client that goes ends it.
 */
export async function sendInstances(
  actor: AuthenticatedActor,
  path: Of<'retrieve'>,
  accept: readonly MediaRange[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { study, instances } = await collect(actor, path);
  const single = study === null;
  const choice = choose(accept, instances, single);
  const etag = etagOf(instances, choice);
  const cacheControl = single ? IMMUTABLE : REVALIDATE;
  if (answeredNotModified(request, response, etag, cacheControl)) return;
  const boundary = randomUUID();
  const stored = choice.transferSyntax === 'stored';
  const [first] = instances;
  const type = choice.multipart
    ? `multipart/related; type="${DICOM}"; boundary=${boundary}`
    : `${DICOM}; transfer-syntax=${stored ? first?.transferSyntaxUid : EXPLICIT_LITTLE_ENDIAN}`;
  // One instance is what a viewer shows; a whole series or study is a copy that somebody takes away.
  if (study && request.method !== 'HEAD')
    await recordRetrieve(
      actor,
      'dicomweb',
      [{ study, count: instances.length, seriesUid: path.series }],
      path.caseId,
    );
  const length = stored ? totalLength(instances, choice.multipart ? boundary : undefined) : undefined;
  response.writeHead(200, {
    'content-type': type,
    'cache-control': cacheControl,
    etag,
    vary: 'accept',
    ...(length !== undefined && { 'content-length': length }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const bytes = choice.multipart ? parts(instances, boundary, stored) : body(instances, stored);
  await pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 2 }), response).catch((error) => {
    // The head has gone: whoever reads sees the connection cut, and a client that left is no error of ours.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The instances, and the study that they are the whole or a series of; null for a single one. */
async function collect(
  actor: AuthenticatedActor,
  path: Of<'retrieve'>,
): Promise<{ study: ResolvedStudy | null; instances: StoredInstance[] }> {
  const { study, series, instance } = path;
  if (series !== null && instance !== null)
    return { study: null, instances: [await openInstance(actor, { ...path, study, series, instance })] };
  const opened = await openStudy(actor, path.caseId, study);
  const found: StoredInstance[] = [];
  for (const one of await seriesOf(opened, series)) found.push(...(await instancesOf(one.id)));
  if (found.length === 0) throw new AppError('not_found');
  return { study: opened, instances: found };
}

/** Any type at all is one file for one instance, and parts for more. */
function choose(
  accept: readonly MediaRange[],
  instances: readonly StoredInstance[],
  single: boolean,
): PixelChoice {
  const syntaxes = [...new Set(instances.map((one) => one.transferSyntaxUid))];
  const choice = choosePixels(accept, syntaxes, [DICOM], single);
  const undecodable = syntaxes.find((one) => !canDecode(one));
  if (choice && (choice.transferSyntax === 'stored' || undecodable === undefined)) return choice;
  if (
    choice ??
    accept.some((range) => choosePixels([{ ...range, transferSyntax: '*' }], syntaxes, [DICOM], single))
  )
    throw new AppError('dicomweb_transfer_syntax', {
      params: { stored: undecodable ?? syntaxes.join(', ') },
    });
  throw new AppError('dicomweb_media_type', { params: { types: `multipart/related; type="${DICOM}"` } });
}

function etagOf(instances: readonly StoredInstance[], choice: PixelChoice): string {
  const form = `${choice.transferSyntax === 'native' ? '-n' : ''}${choice.multipart ? '-m' : ''}`;
  if (instances.length === 1) return `"${instances[0]?.sha256}${form}"`;
  const hash = createHash('sha256');
  for (const { sha256 } of instances) hash.update(sha256);
  return `"${hash.digest('hex').slice(0, 32)}${form}"`;
}

const partHead = (boundary: string, transferSyntaxUid: string, length: number, first: boolean): string =>
  `${first ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${DICOM}; transfer-syntax=${transferSyntaxUid}\r\nContent-Length: ${length}\r\n\r\n`;
const end = (boundary: string): string => `\r\n--${boundary}--\r\n`;

function totalLength(instances: readonly StoredInstance[], boundary: string | undefined): number {
  let sum = boundary ? end(boundary).length : 0;
  for (const [index, { size, transferSyntaxUid }] of instances.entries())
    sum += size + (boundary ? partHead(boundary, transferSyntaxUid, size, index === 0).length : 0);
  return sum;
}

async function* parts(
  instances: readonly StoredInstance[],
  boundary: string,
  stored: boolean,
): AsyncGenerator<Buffer> {
  for (const [index, instance] of instances.entries()) {
    const first = index === 0;
    if (stored) {
      yield Buffer.from(partHead(boundary, instance.transferSyntaxUid, instance.size, first));
      yield* storedBytes(instance);
    } else {
      const bytes = await transcodeInstance(instance);
      yield Buffer.from(partHead(boundary, EXPLICIT_LITTLE_ENDIAN, bytes.length, first));
      yield bytes;
    }
  }
  yield Buffer.from(end(boundary));
}

async function* body(instances: readonly StoredInstance[], stored: boolean): AsyncGenerator<Buffer> {
  for (const instance of instances) {
    if (stored) yield* storedBytes(instance);
    else yield await transcodeInstance(instance);
  }
}

/** The 128 bytes before `DICM` can hold a program of another format: they leave empty (PS3.10 7.1 leaves them free). */
async function* storedBytes(instance: StoredInstance): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of createReadStream(blobPath(instance.sha256), { highWaterMark: CHUNK })) {
    const bytes = chunk as Buffer;
    if (first && bytes.subarray(128, 132).toString('latin1') === 'DICM') bytes.fill(0, 0, 128);
    first = false;
    yield bytes;
  }
}
