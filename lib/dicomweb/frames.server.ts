import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { EXPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { frameSpans, readSpans, spansLength } from '@/lib/store/frames.server.ts';
import type { StoredInstance } from '@/lib/store/study-contents.server.ts';
import { nativeFrame } from '@/lib/store/transcode.server.ts';
import { choosePixels, type MediaRange, type PixelChoice } from './accept.ts';
import { answeredNotModified, IMMUTABLE } from './answer.ts';
import { giveBuffer, takeBuffer } from './buffer-pool.ts';
import { frameTypes } from './media-types.ts';
import { openInstance } from './open.server.ts';
import type { Of } from './path.ts';

/** Never in the bytes of a header line; that it be in a frame is as likely as with any other. */
const BOUNDARY = 'consilium-7c1e0b52d94f4a6f8e3b';
const END = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

/**
 * WADO-RS frames (PS3.18 10.4.1.1.6), one or many, as stored or decoded to Explicit VR Little Endian. This is the hot
 * path: one frame is one look at the memory, one read into a buffer that has its head and tail around it, one write.
 */
export async function sendFrames(
  actor: AuthenticatedActor,
  path: Of<'frames'>,
  accept: readonly MediaRange[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const instance = await openInstance(actor, path);
  const choice = choose(accept, instance, path.frames.length === 1);
  const etag = `"${instance.sha256}-${path.frames.join('-')}${choice.transferSyntax === 'native' ? '-n' : ''}${choice.multipart ? '' : '-s'}"`;
  if (answeredNotModified(request, response, etag, IMMUTABLE)) return;
  const [frame = 0] = path.frames;
  if (path.frames.length === 1 && choice.transferSyntax === 'stored')
    return sendOne(instance, frame, choice, etag, request, response);
  const frames: { bytes: Buffer; transferSyntaxUid: string }[] = [];
  for (const one of path.frames) frames.push(await readOne(instance, one, choice));
  const chunks = frames.flatMap(({ bytes, transferSyntaxUid }, index) =>
    choice.multipart ? [partHead(choice.type, transferSyntaxUid, bytes.length, index === 0), bytes] : [bytes],
  );
  if (choice.multipart) chunks.push(END);
  const body = Buffer.concat(chunks);
  writeHead(response, choice, frames[0]?.transferSyntaxUid ?? '', body.length, etag);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function choose(accept: readonly MediaRange[], instance: StoredInstance, single: boolean): PixelChoice {
  const stored = [instance.transferSyntaxUid];
  const types = frameTypes(instance.transferSyntaxUid);
  // Any type at all: parts, as the standard's default has it.
  const [only] = accept;
  if (accept.length === 1 && only?.type === '*/*' && only.transferSyntax === '')
    return { multipart: true, type: 'application/octet-stream', transferSyntax: 'stored' };
  const choice = choosePixels(accept, stored, types, single);
  if (choice) return choice;
  const fitting = accept.some((range) =>
    choosePixels([{ ...range, transferSyntax: '*' }], stored, types, single),
  );
  if (fitting)
    throw new AppError('dicomweb_transfer_syntax', { params: { stored: instance.transferSyntaxUid } });
  throw new AppError('dicomweb_media_type', { params: { types: types.join(', ') } });
}

async function sendOne(
  instance: StoredInstance,
  frame: number,
  choice: PixelChoice,
  etag: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { spans, table } = await frameSpans(instance, frame);
  const length = spansLength(spans);
  const head = choice.multipart ? partHead(choice.type, table.transferSyntaxUid, length, true) : undefined;
  const before = head?.length ?? 0;
  const total = before + length + (head ? END.length : 0);
  if (request.method === 'HEAD') {
    writeHead(response, choice, table.transferSyntaxUid, total, etag);
    response.end();
    return;
  }
  const buffer = takeBuffer(total);
  try {
    head?.copy(buffer, 0);
    if (head) END.copy(buffer, before + length);
    await readSpans(instance.sha256, table, spans, buffer, before);
  } catch (error) {
    giveBuffer(buffer);
    throw error;
  }
  // The socket holds the buffer until the last byte of it has left, or the client has.
  response.once('close', () => giveBuffer(buffer));
  writeHead(response, choice, table.transferSyntaxUid, total, etag);
  response.end(buffer.subarray(0, total));
}

async function readOne(
  instance: StoredInstance,
  frame: number,
  choice: PixelChoice,
): Promise<{ bytes: Buffer; transferSyntaxUid: string }> {
  if (choice.transferSyntax === 'native')
    return { bytes: await nativeFrame(instance, frame), transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN };
  const { spans, table } = await frameSpans(instance, frame);
  const bytes = Buffer.allocUnsafeSlow(spansLength(spans));
  await readSpans(instance.sha256, table, spans, bytes, 0);
  return { bytes, transferSyntaxUid: table.transferSyntaxUid };
}

const partHead = (type: string, transferSyntaxUid: string, length: number, first: boolean): Buffer =>
  Buffer.from(
    `${first ? '' : '\r\n'}--${BOUNDARY}\r\nContent-Type: ${type}; transfer-syntax=${transferSyntaxUid}\r\nContent-Length: ${length}\r\n\r\n`,
    'latin1',
  );

function writeHead(
  response: ServerResponse,
  choice: PixelChoice,
  transferSyntaxUid: string,
  length: number,
  etag: string,
): void {
  const type = choice.multipart
    ? `multipart/related; type="${choice.type}"; boundary=${BOUNDARY}`
    : `${choice.type}; transfer-syntax=${transferSyntaxUid}`;
  response.writeHead(200, [
    'content-type',
    type,
    'content-length',
    String(length),
    'cache-control',
    IMMUTABLE,
    'etag',
    etag,
    'vary',
    'accept',
  ]);
}
