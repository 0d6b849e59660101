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
  const instances = await db().instance.findMany({
    where: { seriesId },
    orderBy: [{ instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
    select: { sopInstanceUid: true, sha256: true },
  });
  const base = `${root}/studies/${series.study.studyInstanceUid}/series/${series.seriesInstanceUid}/instances`;
  const all: DicomJson[] = [];
  for (const { sopInstanceUid, sha256 } of instances)
    all.push(await instanceMetadata(sha256, `${base}/${sopInstanceUid}`));
  const gzipped = await gzip(Buffer.from(JSON.stringify(all)), { level: 5 });
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(`${file}.${process.pid}.new`, gzipped);
  await fs.rename(`${file}.${process.pid}.new`, file);
  return { gzipped, etag };
}

async function instanceMetadata(sha256: string, uri: string): Promise<DicomJson> {
  const header = await readBlobHeader(blobPath(sha256));
  const json = toDicomJson(header.dataSet, (tags) => `${uri}/bulkdata${tags}`);
  // Available Transfer Syntax UID (PS3.18 table 10.6.3-5): what the frames will be served as.
  json['00083002'] = { vr: 'UI', Value: [header.transferSyntaxUid] };
  return json;
}
