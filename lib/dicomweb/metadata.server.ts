import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { AppError } from '@/lib/errors.ts';
import { instanceMetadata, metadataOfRevision } from '@/lib/store/series-metadata.server.ts';
import { seriesOf } from '@/lib/store/study-contents.server.ts';
import type { MediaRange } from './accept.ts';
import { DICOM_JSON, type DicomWebAnswer, IMMUTABLE, REVALIDATE } from './answer.ts';
import { chooseAttributes, xmlParts } from './dicom-xml.ts';
import { openInstance, openStudy } from './open.server.ts';
import type { Of } from './path.ts';

const gzip = promisify(zlib.gzip);

/** WADO-RS metadata (PS3.18 10.4.1.1.2) of a study, a series or an instance, as DICOM JSON or as parts of XML. */
export async function retrieveMetadata(
  actor: AuthenticatedActor,
  path: Of<'metadata'>,
  accept: readonly MediaRange[],
  acceptEncoding: string,
): Promise<DicomWebAnswer> {
  if (chooseAttributes(accept) === 'json') return asJson(actor, path, acceptEncoding);
  const { body, headers } = await asJson(actor, path, '');
  const xml = xmlParts(JSON.parse(body.toString()) as DicomJson[]);
  // A boundary of its own each time: the same state is not the same bytes, so no entity tag.
  const { etag: _, ...rest } = headers;
  return { status: 200, headers: { ...rest, 'content-type': xml.type }, body: xml.body };
}

async function asJson(
  actor: AuthenticatedActor,
  path: Of<'metadata'>,
  acceptEncoding: string,
): Promise<DicomWebAnswer> {
  const packed = /\bgzip\b/.test(acceptEncoding);
  const { study, series, instance, root } = path;
  if (series !== null && instance !== null) {
    const stored = await openInstance(actor, { ...path, study, series, instance });
    const uri = `${root}/studies/${study}/series/${series}/instances/${instance}`;
    const json = Buffer.from(JSON.stringify([await instanceMetadata(stored.sha256, uri)]));
    const etag = `"${stored.sha256.slice(0, 32)}-meta-${scopeOf(path)}"`;
    return answer(packed ? await gzip(json, { level: 1 }) : json, packed, etag, IMMUTABLE);
  }
  const opened = await openStudy(actor, path.caseId, study);
  const found = await seriesOf(opened, series);
  if (found.length === 0) throw new AppError('not_found');
  const made = [];
  for (const one of found) made.push(await metadataOfRevision(one.id, one.revision, root));
  const [only] = made;
  if (only && made.length === 1)
    return answer(packed ? only.gzipped : only.json, packed, `"${only.etag}"`, REVALIDATE);
  const json = joined(made.map((one) => one.json));
  const revisions = found.reduce((sum, one) => sum + one.revision, 0);
  const etag = `"${opened.id}-${found.length}-${revisions}-${scopeOf(path)}"`;
  return answer(packed ? await gzip(json, { level: 1 }) : json, packed, etag, REVALIDATE);
}

const scopeOf = (path: { caseId: string | null }): string => path.caseId?.slice(0, 8) ?? 'all';

/** Several arrays as one, without reading them: each loses its brackets. */
function joined(arrays: readonly Buffer[]): Buffer {
  const inner = arrays.map((one) => one.subarray(1, -1)).filter((one) => one.length > 0);
  const chunks = inner.flatMap((one, index) => (index === 0 ? [one] : [Buffer.from(','), one]));
  return Buffer.concat([Buffer.from('['), ...chunks, Buffer.from(']')]);
}

function answer(body: Buffer, packed: boolean, etag: string, cacheControl: string): DicomWebAnswer {
  return {
    status: 200,
    headers: {
      'content-type': DICOM_JSON,
      'cache-control': cacheControl,
      vary: 'accept, accept-encoding',
      etag,
      ...(packed && { 'content-encoding': 'gzip' }),
    },
    body,
  };
}
