import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { bulkValue } from '@/lib/store/frames-bulk.server.ts';
import { covers, type MediaRange } from './accept.ts';
import { answeredNotModified, IMMUTABLE } from './answer.ts';
import { openInstance } from './open.server.ts';
import type { Of } from './path.ts';

const BYTES = 'application/octet-stream';

/**
 * WADO-RS bulk data: one binary value of an instance, as one part, or bare where the client takes bytes. A byte range
 * (RFC 9110 14) gives bare bytes with 206; one that lies outside is `range_not_satisfiable`.
 */
export async function sendBulkData(
  actor: AuthenticatedActor,
  path: Of<'bulkdata'>,
  accept: readonly MediaRange[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const instance = await openInstance(actor, path);
  const multipart = chooseForm(accept);
  const etag = `"${instance.sha256.slice(0, 32)}-${path.tags.join('-')}"`;
  if (answeredNotModified(request, response, etag, IMMUTABLE)) return;
  const value = await bulkValue(instance.sha256, path.tags);
  const headers = { etag, 'cache-control': IMMUTABLE, vary: 'accept', 'accept-ranges': 'bytes' };
  const range = readRange(request.headers.range, value.length);
  if (range === 'outside') {
    response.setHeader('content-range', `bytes */${value.length}`);
    throw new AppError('range_not_satisfiable', { params: { size: value.length } });
  }
  const bytes = await value.read(range?.from ?? 0, range?.to ?? value.length);
  if (range) {
    response.writeHead(206, {
      ...headers,
      'content-type': BYTES,
      'content-length': bytes.length,
      'content-range': `bytes ${range.from}-${range.to - 1}/${value.length}`,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return;
  }
  const boundary = randomUUID();
  const body = multipart
    ? Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Type: ${BYTES}\r\nContent-Length: ${bytes.length}\r\n\r\n`),
        bytes,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
    : bytes;
  const type = multipart ? `multipart/related; type="${BYTES}"; boundary=${boundary}` : BYTES;
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Parts are the standard's default, for a client that takes anything. */
function chooseForm(accept: readonly MediaRange[]): boolean {
  for (const range of accept) {
    if (range.type === '*/*') return true;
    if (range.type === 'multipart/related' && (range.part === '' || covers(range.part, BYTES))) return true;
    if (covers(range.type, BYTES)) return false;
  }
  throw new AppError('dicomweb_media_type', { params: { types: BYTES } });
}

/** One byte range; several, and what is no range, are answered with the whole (RFC 9110 14.2 allows both). */
export function readRange(
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'outside' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replace(/\s/g, '') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 ? 'outside' : { from: Math.max(0, size - last), to: size };
  }
  const from = Number(match[1]);
  const to = match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  if (match[2] !== '' && Number(match[2]) < from) return undefined;
  return from >= size ? 'outside' : { from, to };
}
