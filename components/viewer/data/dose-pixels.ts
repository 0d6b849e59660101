import { type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import { type DoseResult, parseDose } from '@/lib/dicom/rtdose.ts';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { BYTES, bytesOf, DicomWebError } from './dicom-web.ts';

const PARALLEL = 4;

/**
 * An RT Dose as a grid, its pixels from DICOMweb: in one piece where they are stored so, else frame by frame, decoded
 * by the server. Throws DicomWebError.
 */
export async function loadDose(
  root: string,
  json: JsonDataSet,
  header: DoseHeader,
  signal: AbortSignal,
): Promise<DoseResult> {
  const { studyUid, seriesUid, sopInstanceUid } = header;
  const instance = `${root}/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}`;
  const whole = await bytesOf(`${instance}/bulkdata/7FE00010`, BYTES, signal);
  if (whole) return parseDose(json, whole, textValue(json, '00083002') === EXPLICIT_BIG_ENDIAN);
  const frames: Uint8Array[] = [];
  const queue = Array.from({ length: header.frames }, (_, index) => index).values();
  const accept = `${BYTES}; transfer-syntax=${EXPLICIT_LITTLE_ENDIAN}`;
  const worker = async () => {
    for (const frame of queue) {
      const bytes = await bytesOf(`${instance}/frames/${frame + 1}`, accept, signal);
      if (!bytes) throw new DicomWebError(404);
      frames[frame] = bytes;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return parseDose(json, joined(frames));
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    result.set(frame, at);
    at += frame.length;
  }
  return result;
}
