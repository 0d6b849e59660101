import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { db } from '@/lib/db/client.server.ts';
import { type DicomJson, toDicomJson } from '@/lib/dicom/json.ts';
import { blobPath, storePaths } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';

const gzip = promisify(zlib.gzip);

export type SeriesMetadata = { gzipped: Buffer; etag: string };

/** What is being made, by its file: a case opens for everybody in the room at once, and one reading serves them all. */
const underway = new Map<string, Promise<Buffer>>();

/**
 * The series' metadata as DICOM JSON (PS3.18 F), gzipped, made once per state of the series and kept as a derived
 * file. Instances in order of their numbers.
 */
export async function seriesMetadata(seriesId: string, root: string): Promise<SeriesMetadata> {
  const series = await db().series.findUniqueOrThrow({
    where: { id: seriesId },
    select: { instanceCount: true, seriesInstanceUid: true, study: { select: { studyInstanceUid: true } } },
  });
  // Objects are only ever added, so the count names the state; the root is part of the URIs inside.
  const scope = root.split('/')[3] ?? 'all';
  const etag = `${seriesId}-${series.instanceCount}-${scope}`;
  const file = path.join(storePaths().derived, 'metadata', `${etag}.json.gz`);
  const kept = await fs.readFile(file).catch(() => undefined);
  if (kept) return { gzipped: kept, etag };
  const base = `${root}/studies/${series.study.studyInstanceUid}/series/${series.seriesInstanceUid}/instances`;
  const making = underway.get(file) ?? make(seriesId, base, file).finally(() => underway.delete(file));
  underway.set(file, making);
  return { gzipped: await making, etag };
}

async function make(seriesId: string, base: string, file: string): Promise<Buffer> {
  const instances = await db().instance.findMany({
    where: { seriesId },
    orderBy: [{ instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
    select: { sopInstanceUid: true, sha256: true },
  });
  const all: DicomJson[] = [];
  for (const { sopInstanceUid, sha256 } of instances)
    all.push(await instanceMetadata(sha256, `${base}/${sopInstanceUid}`));
  const gzipped = await gzip(Buffer.from(JSON.stringify(all)), { level: 5 });
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(`${file}.new`, gzipped, { flush: true });
  await fs.rename(`${file}.new`, file);
  return gzipped;
}

async function instanceMetadata(sha256: string, uri: string): Promise<DicomJson> {
  const header = await readBlobHeader(blobPath(sha256));
  const json = toDicomJson(header.dataSet, (tags) => `${uri}/bulkdata${tags}`);
  // Available Transfer Syntax UID (PS3.18 table 10.6.3-5): what the frames will be served as.
  json['00083002'] = { vr: 'UI', Value: [header.transferSyntaxUid] };
  return json;
}
