import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import zlib from 'node:zlib';
import type { DataSet, Element } from 'dicom-parser';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { readFrame } from '@/lib/store/frames.server.ts';
import { type ResolvedStudy, resolveStudy } from '@/lib/store/load-study.server.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import { readBlobHeader } from '@/lib/store/read-header.server.ts';
import { recordRead } from '@/lib/store/record-read.server.ts';
import { seriesMetadata } from '@/lib/store/series-metadata.server.ts';
import { instanceOf, seriesOf } from '@/lib/store/study-contents.server.ts';
import type { DicomWebAnswer } from './answer.ts';
import type { DicomWebRequest } from './path.ts';

type Of<S extends DicomWebRequest['service']> = Extract<DicomWebRequest, { service: S }>;

/** Bytes of one SOP instance never change; a browser may keep them for its own user. */
const IMMUTABLE = 'private, max-age=31536000, immutable';

/** WADO-RS metadata of a study, a series or an instance as DICOM JSON. */
export async function retrieveMetadata(
  actor: AuthenticatedActor,
  path: Of<'metadata'>,
  acceptEncoding: string,
): Promise<DicomWebAnswer> {
  const study = await openStudy(actor, path);
  const series = await seriesOf(study, path.series);
  if (series.length === 0) throw new AppError('not_found');
  const parts = await Promise.all(series.map(({ id }) => seriesMetadata(id, path.root)));
  const headers = {
    'content-type': 'application/dicom+json',
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding',
  };
  const etag = `"${parts.map((part) => part.etag).join('.')}"`;
  const [only] = parts;
  if (parts.length === 1 && only && path.instance === null) {
    if (/\bgzip\b/.test(acceptEncoding)) {
      return { status: 200, headers: { ...headers, etag, 'content-encoding': 'gzip' }, body: only.gzipped };
    }
    return { status: 200, headers: { ...headers, etag }, body: zlib.gunzipSync(only.gzipped) };
  }
  type Row = Record<string, { Value?: unknown[] } | undefined>;
  const all = parts.flatMap((part) => JSON.parse(zlib.gunzipSync(part.gzipped).toString()) as Row[]);
  const wanted =
    path.instance === null ? all : all.filter((row) => row['00080018']?.Value?.[0] === path.instance);
  if (wanted.length === 0) throw new AppError('not_found');
  return { status: 200, headers, body: JSON.stringify(wanted) };
}

/** WADO-RS instance: the file as stored, alone or as the one part that the standard's default asks for. */
export async function retrieveInstance(
  actor: AuthenticatedActor,
  path: Of<'instance'>,
  accept: string,
): Promise<DicomWebAnswer> {
  const instance = await openInstance(actor, path);
  const bytes = await fs.readFile(blobPath(instance.sha256));
  // The 128 bytes before `DICM` can hold a program of another format: they leave empty (PS3.10 7.1 leaves them free).
  if (bytes.subarray(128, 132).toString('latin1') === 'DICM') bytes.fill(0, 0, 128);
  const etag = `"${instance.sha256}"`;
  const headers = { etag, 'cache-control': IMMUTABLE };
  if (!accept.includes('multipart/related')) {
    const type = `application/dicom; transfer-syntax=${instance.transferSyntaxUid}`;
    return { status: 200, headers: { ...headers, 'content-type': type }, body: bytes };
  }
  return {
    status: 200,
    ...multipart(
      'application/dicom',
      [{ type: `application/dicom; transfer-syntax=${instance.transferSyntaxUid}`, bytes }],
      headers,
    ),
  };
}

/** WADO-RS frames, each a part of a multipart answer, in the transfer syntax they are stored in. */
export async function retrieveFrames(actor: AuthenticatedActor, path: Of<'frames'>): Promise<DicomWebAnswer> {
  const instance = await openInstance(actor, path);
  const file = blobPath(instance.sha256);
  const parts = await Promise.all(
    path.frames.map(async (frame) => {
      const { bytes, transferSyntaxUid } = await readFrame(file, frame);
      return { type: `application/octet-stream; transfer-syntax=${transferSyntaxUid}`, bytes };
    }),
  );
  const etag = `"${instance.sha256}-${path.frames.join('-')}"`;
  return {
    status: 200,
    ...multipart('application/octet-stream', parts, { etag, 'cache-control': IMMUTABLE }),
  };
}

/** WADO-RS bulk data: one binary value of an instance, named by its path of tags and item numbers. */
export async function retrieveBulkData(
  actor: AuthenticatedActor,
  path: Of<'bulkdata'>,
): Promise<DicomWebAnswer> {
  const instance = await openInstance(actor, path);
  const header = await readBlobHeader(blobPath(instance.sha256));
  let dataSet: DataSet | undefined = header.dataSet;
  for (const [index, step] of path.tags.entries()) {
    const element: Element | undefined = dataSet?.elements[`x${step.toLowerCase()}`];
    if (!dataSet || !element) throw new AppError('not_found');
    if (index === path.tags.length - 1) {
      const bytes = Buffer.from(
        dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length),
      );
      return {
        status: 200,
        ...multipart('application/octet-stream', [{ type: 'application/octet-stream', bytes }], {
          'cache-control': IMMUTABLE,
        }),
      };
    }
    const next = path.tags[index + 1] ?? '';
    if (/^\d{1,6}$/.test(next) && next.length < 8) {
      dataSet = element.items?.[Number(next)]?.dataSet;
      path.tags.splice(index + 1, 1);
    }
  }
  throw new AppError('not_found');
}

async function openStudy(
  actor: AuthenticatedActor,
  path: { study: string; caseId: string | null },
): Promise<ResolvedStudy> {
  const study = await resolve(actor, path.caseId, path.study);
  await recordRead(actor, study, path.caseId);
  return study;
}

async function openInstance(
  actor: AuthenticatedActor,
  path: { study: string; series: string; instance: string; caseId: string | null },
): Promise<{ sha256: string; transferSyntaxUid: string }> {
  return instanceOf(await openStudy(actor, path), path.series, path.instance);
}

// The same few seconds as for who asks: a right that is withdrawn is withdrawn while the series still loads.
const RESOLVED_MS = 3000;
const resolved = new Map<string, { until: number; study: Promise<ResolvedStudy> }>();

function resolve(actor: AuthenticatedActor, caseId: string | null, studyUid: string): Promise<ResolvedStudy> {
  const key = `${actor.personId} ${caseId} ${studyUid}`;
  const known = resolved.get(key);
  if (known && known.until > Date.now()) return known.study;
  const study = resolveStudy(actor, { caseId }, studyUid);
  study.catch(() => resolved.delete(key));
  if (resolved.size > 1000) resolved.clear();
  resolved.set(key, { until: Date.now() + RESOLVED_MS, study });
  return study;
}

function multipart(
  type: string,
  parts: { type: string; bytes: Buffer }[],
  headers: Record<string, string>,
): Omit<DicomWebAnswer, 'status'> {
  const boundary = randomUUID();
  const chunks: Buffer[] = [];
  for (const part of parts) {
    chunks.push(
      Buffer.from(
        `--${boundary}\r\nContent-Type: ${part.type}\r\nContent-Length: ${part.bytes.length}\r\n\r\n`,
      ),
      part.bytes,
      Buffer.from('\r\n'),
    );
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    headers: { ...headers, 'content-type': `multipart/related; type="${type}"; boundary=${boundary}` },
    body: Buffer.concat(chunks),
  };
}
