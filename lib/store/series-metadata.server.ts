import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { db } from '@/lib/db/client.server.ts';
import { type DicomJson, toDicomJson } from '@/lib/dicom/json.ts';
import { AppError } from '@/lib/errors.ts';
import { ByteCache } from './byte-cache.ts';
import { blobPath, storePaths } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';

const gzip = promisify(zlib.gzip);

/** Both forms are kept as they are sent: nothing is packed or unpacked for a request. */
export type SeriesMetadata = { json: Buffer; gzipped: Buffer; etag: string };

type AtRest = { json: Buffer; gzipped: Buffer };

/** The root of the URIs in what is at rest; another root's are put in on the way out. */
const ROOT = '/dicomweb';
const BULK = '"BulkDataURI":"';

/** What is being made, by its file: a case opens for everybody in the room at once, and one reading serves them all. */
const underway = new Map<string, Promise<AtRest>>();
const cache = new ByteCache<AtRest>(96 * 1024 * 1024);

/**
 * The series' metadata as DICOM JSON (PS3.18 F), made once per state of the series and kept as derived files.
 * Instances in order of their numbers. Throws `not_found`.
 * @param root what the URIs of bulk data begin with, e.g. `/dicomweb/cases/<id>`
 */
export async function seriesMetadata(seriesId: string, root: string): Promise<SeriesMetadata> {
  const series = await db().series.findUnique({ where: { id: seriesId }, select: { revision: true } });
  if (!series) throw new AppError('not_found');
  return metadataOfRevision(seriesId, series.revision, root);
}

/** The same for a caller that has the series' row already. */
export async function metadataOfRevision(
  seriesId: string,
  revision: number,
  root: string,
): Promise<SeriesMetadata> {
  const name = `${seriesId}-${revision}`;
  const kept = cache.get(name) ?? (await atRest(seriesId, revision, name));
  if (root === ROOT || !kept.json.includes(BULK)) return { ...kept, etag: name };
  const key = `${name} ${root}`;
  const etag = `${name}-${root.split('/').at(-1)?.slice(0, 8)}`;
  const other = cache.get(key);
  if (other) return { ...other, etag };
  const json = Buffer.from(kept.json.toString().replaceAll(`${BULK}${ROOT}/`, `${BULK}${root}/`));
  const made = { json, gzipped: await gzip(json, { level: 1 }) };
  cache.set(key, made, made.json.length + made.gzipped.length);
  return { ...made, etag };
}

/** The instances of a series with all that their headers say. */
export async function seriesInstances(seriesId: string): Promise<DicomJson[]> {
  const { json } = await seriesMetadata(seriesId, ROOT);
  return JSON.parse(json.toString()) as DicomJson[];
}

/** Makes what `seriesMetadata` serves, when the series has settled: a job. */
export async function makeSeriesMetadata(seriesId: string): Promise<void> {
  const series = await db().series.findUnique({
    where: { id: seriesId },
    select: { revision: true, metadataRevision: true },
  });
  if (!series || series.metadataRevision === series.revision) return;
  await atRest(seriesId, series.revision, `${seriesId}-${series.revision}`);
}

const fileOf = (name: string): string => path.join(storePaths().derived, 'metadata', `${name}.json`);

async function atRest(seriesId: string, revision: number, name: string): Promise<AtRest> {
  const file = fileOf(name);
  const pending = underway.get(file);
  if (pending) return pending;
  const making = (async () => {
    const found = await Promise.all([fs.readFile(file), fs.readFile(`${file}.gz`)]).catch(() => undefined);
    const made = found ? { json: found[0], gzipped: found[1] } : await make(seriesId, revision, file);
    cache.set(name, made, made.json.length + made.gzipped.length);
    return made;
  })().finally(() => underway.delete(file));
  underway.set(file, making);
  return making;
}

async function make(seriesId: string, revision: number, file: string): Promise<AtRest> {
  const series = await db().series.findUniqueOrThrow({
    where: { id: seriesId },
    select: {
      seriesInstanceUid: true,
      metadataRevision: true,
      study: { select: { studyInstanceUid: true } },
    },
  });
  const base = `${ROOT}/studies/${series.study.studyInstanceUid}/series/${series.seriesInstanceUid}/instances`;
  const instances = await db().instance.findMany({
    where: { seriesId },
    orderBy: [{ instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
    select: { sopInstanceUid: true, sha256: true },
  });
  const all: string[] = [];
  for (const { sopInstanceUid, sha256 } of instances)
    all.push(JSON.stringify(await instanceMetadata(sha256, `${base}/${sopInstanceUid}`)));
  const json = Buffer.from(`[${all.join(',')}]`);
  const gzipped = await gzip(json, { level: 6 });
  await fs.mkdir(path.dirname(file), { recursive: true });
  // The plain file last: it stands for both.
  for (const [target, bytes] of [
    [`${file}.gz`, gzipped],
    [file, json],
  ] as const) {
    await fs.writeFile(`${target}.new`, bytes);
    await fs.rename(`${target}.new`, target);
  }
  await noteMade(seriesId, revision, series.metadataRevision);
  return { json, gzipped };
}

/** Derived state, no change of anybody's data: the row only names the files, and those of older states go. */
async function noteMade(seriesId: string, revision: number, before: number): Promise<void> {
  await db().series.updateMany({
    where: { id: seriesId, metadataRevision: { lt: revision } },
    data: { metadataRevision: revision },
  });
  const now = await db().series.findUnique({ where: { id: seriesId }, select: { metadataRevision: true } });
  // A newer state may have been made meanwhile, while objects were still coming in.
  for (const older of [before, revision].filter((one) => one >= 0 && one < (now?.metadataRevision ?? 0))) {
    const old = fileOf(`${seriesId}-${older}`);
    await Promise.all([fs.rm(old, { force: true }), fs.rm(`${old}.gz`, { force: true })]);
  }
}

/** One instance’s header as DICOM JSON; `uri` is the instance’s, for what is not carried in it. */
export async function instanceMetadata(sha256: string, uri: string): Promise<DicomJson> {
  const header = await readBlobHeader(blobPath(sha256));
  const json = toDicomJson(header.dataSet, (tags) => `${uri}/bulkdata${tags}`);
  // Available Transfer Syntax UID (PS3.18 table 10.6.3-5): what the frames will be served as.
  json['00083002'] = { vr: 'UI', Value: [header.transferSyntaxUid] };
  return json;
}
