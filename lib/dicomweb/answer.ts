import type { IncomingMessage, ServerResponse } from 'node:http';

/** One answer of DICOMweb that is whole in memory, before it is written to the socket. */
export type DicomWebAnswer = { status: number; headers: Record<string, string>; body: Buffer | string };

/** Bytes of one SOP instance never change; a browser may keep them for its own user. */
export const IMMUTABLE = 'private, max-age=31536000, immutable';
/** What may grow or be corrected is asked for again each time, and answered with 304 while it is the same. */
export const REVALIDATE = 'private, no-cache';
export const DICOM_JSON = 'application/dicom+json';

/** Whether the client has it already (RFC 9110 13.1.2); then 304 is the answer and is given here. */
export function answeredNotModified(
  request: IncomingMessage,
  response: ServerResponse,
  etag: string,
  cacheControl: string,
): boolean {
  const seen = request.headers['if-none-match'];
  if (!seen) return false;
  const tags = seen.split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (seen !== '*' && !tags.includes(etag)) return false;
  response.writeHead(304, { etag, 'cache-control': cacheControl, vary: 'accept, accept-encoding' }).end();
  return true;
}

/** Writes an answer, 304 where the client has it already, and only the head where only that was asked for. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: DicomWebAnswer): void {
  const { etag } = answer.headers;
  if (etag && answeredNotModified(request, response, etag, answer.headers['cache-control'] ?? 'private'))
    return;
  // What has no content has no length either (RFC 9110 8.6).
  const length = answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
