import type { DataSet } from 'dicom-parser';
import { longVrs } from '@/lib/dicom/long-vrs.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { inflate } from '@/lib/store/read-header.server.ts';

/** Where an element's parts lie in the file. */
export type Place = { at: number; vr: string | undefined; dataOffset: number; length: number };

/** The places of all elements of a file, those in sequences too; none where it cannot be read or was deflated. */
export function placesOf(bytes: Buffer): Place[] {
  try {
    const { dataSet } = parseHeader(bytes, bytes.length, inflate);
    return dataSet.byteArray.length === bytes.length ? within(dataSet) : [];
  } catch {
    return [];
  }
}

const within = (dataSet: DataSet): Place[] =>
  Object.values(dataSet.elements).flatMap(({ vr, dataOffset, length, items }) => [
    { at: dataOffset - (vr && longVrs.has(vr) ? 12 : 8), vr, dataOffset, length },
    ...(items ?? []).flatMap((item) => (item.dataSet ? within(item.dataSet) : [])),
  ]);
