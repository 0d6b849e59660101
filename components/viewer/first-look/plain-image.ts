import { type JsonDataSet, numberValue, numberValues, textValue } from '@/lib/dicom/display-json.ts';
import { isWhiteLow } from '@/lib/dicom/polarity.ts';
import { isLittleEndian } from '../data/native-frame.ts';
import type { NativeShape } from '../engine/native-pixels.ts';
import { firstVoi, type Voi } from '../engine/voi.ts';

/** CT Image Storage, MR Image Storage (PS3.4 annex B). */
const CT_AND_MR = new Set(['1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.4']);

/** How the pixels of one image are read, and the window that it opens with. */
export type PlainImage = { shape: NativeShape; voi: Voi };

/**
 * What is needed to draw a CT or MR image that asks for nothing but a rescale line and a linear window on square pixels;
 * null for every other image, and for one whose window only its pixels could tell.
 */
export function plainImage(header: JsonDataSet): PlainImage | null {
  const number = (tag: string) => numberValue(header, tag);
  const isPlain =
    CT_AND_MR.has(textValue(header, '00080016')) &&
    isLittleEndian(textValue(header, '00083002')) &&
    textValue(header, '00280004') === 'MONOCHROME2' &&
    !isWhiteLow(header) &&
    number('00280002') === 1 &&
    (number('00280008') ?? 1) === 1 &&
    // Tables of the file's own (Modality LUT, VOI LUT) and windows that are no line.
    !header['00283000'] &&
    !header['00283010'] &&
    ['', 'LINEAR'].includes(textValue(header, '00281056'));
  const [rows, columns, allocated] = ['00280010', '00280011', '00280100'].map(number);
  const [rowSpacing, columnSpacing] = numberValues(header, '00280030') ?? [];
  if (!isPlain || !rows || !columns || (allocated !== 8 && allocated !== 16)) return null;
  if (!rowSpacing || rowSpacing !== columnSpacing) return null;
  const slope = number('00281053') ?? 1;
  const voi = firstVoi({ Modality: textValue(header, '00080060'), header, suv: null });
  if (!(slope > 0) || !voi || !(voi.width > 1)) return null;
  return {
    shape: {
      rows,
      columns,
      bitsAllocated: allocated,
      bitsStored: number('00280101') ?? allocated,
      signed: number('00280103') === 1,
      slope,
      intercept: number('00281052') ?? 0,
    },
    voi,
  };
}
