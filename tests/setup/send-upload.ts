import { Readable } from 'node:stream';
import { PUT } from '@/app/api/uploads/[uploadId]/files/route.ts';
import type { FileResult } from '@/lib/store/schema.ts';

export type Answer = {
  status: number;
  results: FileResult[];
  problem: { code: string; title: string } | null;
};

/** Sends one file through the route itself: a real Request with a streamed body and an API token. */
export async function sendUpload(input: {
  token: string;
  uploadId: string;
  path: string;
  /** What the browser says the size is; the length of the bytes unless told. */
  size?: number;
  body: Buffer | Readable;
}): Promise<Answer> {
  const { body, path, uploadId } = input;
  const size = input.size ?? (Buffer.isBuffer(body) ? body.length : 0);
  const stream = Readable.toWeb(Buffer.isBuffer(body) ? Readable.from([body]) : body) as ReadableStream;
  const query = new URLSearchParams({ path, size: String(size) });
  const request = new Request(`http://localhost/api/uploads/${uploadId}/files?${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${input.token}`, 'accept-language': 'en' },
    body: stream,
    duplex: 'half',
  } as RequestInit & { duplex: 'half' });
  const response = await PUT(request, { params: Promise.resolve({ uploadId }) });
  const lines = (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  if (response.status !== 200) return { status: response.status, results: [], problem: lines[0] };
  return {
    status: 200,
    results: lines.filter((line) => !line.problem),
    problem: lines.find((line) => line.problem)?.problem ?? null,
  };
}

/** Bytes as a source for the use cases, in pieces as a network brings them. */
export async function* inPieces(bytes: Buffer, piece = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}
