import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import {
  hasModalityTable,
  lookedUp,
  modalityTable,
  modalityTableUri,
  type StoredBits,
} from '@/lib/dicom/modality-lut.ts';
import { BYTES, bytesOf, DicomWebError } from '../data/dicom-web.ts';
import type { NativePixels } from './native-pixels.ts';

/** Whether a grey image's values are made by a Modality LUT (PS3.3 C.11.1): slope and intercept say nothing of them. */
export const isLookedUp = (header: JsonDataSet | undefined): header is JsonDataSet =>
  /^MONOCHROME[12]$/.test(String(header?.['00280004']?.Value?.[0] ?? '')) && hasModalityTable(header);

/**
 * The values of a frame whose image has a Modality LUT.
 * @param stored the frame as it was decoded, nothing applied
 * @throws DicomWebError, RangeError when the table is not there or not whole: such an image is not shown
 */
export async function lookedUpValues(
  header: JsonDataSet,
  stored: Promise<ArrayLike<number>>,
  bits: StoredBits,
): Promise<NativePixels> {
  const [table, frame] = await Promise.all([tableOf(header), stored]);
  const pixels = lookedUp(frame, table, bits);
  let [min, max] = [65535, 0];
  for (const value of pixels) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { pixels, min, max, scaled: true };
}

async function tableOf(header: JsonDataSet) {
  const uri = modalityTableUri(header);
  const bulk = uri === null ? null : await bytesOf(uri, BYTES, new AbortController().signal);
  if (uri !== null && !bulk) throw new DicomWebError(404);
  return modalityTable(header, bulk);
}
