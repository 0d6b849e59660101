import { type JsonDataSet, numberValue, textValue } from '@/lib/dicom/display-json.ts';
import type { SeriesFacts } from '../contract.ts';
import { headersAddress } from './addresses.ts';

/** An answer of the server that is none: its status tells whether it was refused (401, 403, 404) or failed. */
export class DicomWebError extends Error {
  constructor(readonly status: number) {
    super(`DICOMweb ${status}`);
  }
}

/** How DICOM JSON of an address is come by. Throws DicomWebError. */
export type GetJson = (url: string) => Promise<JsonDataSet[]>;

/** Asks the server. */
export const asking =
  (signal: AbortSignal, priority: RequestPriority = 'auto'): GetJson =>
  async (url) => {
    const response = await fetch(url, { headers: { accept: 'application/dicom+json' }, signal, priority });
    if (!response.ok) throw new DicomWebError(response.status);
    return (await response.json()) as JsonDataSet[];
  };

/** All series of a DICOMweb root, or of one study of it (QIDO-RS). Throws DicomWebError. */
export async function listSeries(
  root: string,
  studyUid: string | undefined,
  get: GetJson,
): Promise<SeriesFacts[]> {
  const uids = studyUid
    ? [studyUid]
    : (await get(`${root}/studies`)).map((study) => textValue(study, '0020000D'));
  const perStudy = await Promise.all(
    uids.map(async (uid) => {
      const series = await get(`${root}/studies/${uid}/series`);
      return series.map((one) => ({
        studyUid: uid,
        seriesUid: textValue(one, '0020000E'),
        modality: textValue(one, '00080060'),
        instances: numberValue(one, '00201209') ?? 0,
      }));
    }),
  );
  return perStudy.flat();
}

/** The headers of one series (WADO-RS metadata). Throws DicomWebError. */
export const seriesHeaders = (root: string, series: SeriesFacts, get: GetJson): Promise<JsonDataSet[]> =>
  get(headersAddress(root, series));

/** Address of one frame, counted from 1, as Cornerstone's loader knows it. */
export function imageIdOf(root: string, header: JsonDataSet, frame: number): string {
  const study = textValue(header, '0020000D');
  const series = textValue(header, '0020000E');
  const instance = textValue(header, '00080018');
  return `wadors:${root}/studies/${study}/series/${series}/instances/${instance}/frames/${frame}`;
}

/** A frame alone, as it is stored: nothing to take apart, and the whole answer is its pixels. */
export const FRAME = 'application/octet-stream; transfer-syntax=*';

/** The media type of bytes that are nothing else. */
export const BYTES = 'application/octet-stream';

/** Bulk data or a frame; null when there is no such thing. Throws DicomWebError. */
export async function bytesOf(
  url: string,
  accept: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(url, { headers: { accept }, signal });
  if (response.status === 404) return null;
  if (!response.ok) throw new DicomWebError(response.status);
  return new Uint8Array(await response.arrayBuffer());
}
