import { items, type JsonDataSet, numberValue, textValue } from '../dicom/display-json.ts';

const ENHANCED_PET = '1.2.840.10008.5.1.4.1.1.130';

export const isEnhancedPet = (header: JsonDataSet | undefined): boolean =>
  textValue(header, '00080016') === ENHANCED_PET;

/** What rescaled values are multiplied by to be activity in Bq/ml, or SUV by body weight where the maker mapped to it. */
export type EnhancedUnits = { unit: 'Bq/ml' | 'SUVbw'; scale: number };

/** UCUM codes as makers write them (CID 84); the factor brings activity to Bq/ml. */
const units: Record<string, EnhancedUnits> = {
  'Bq/ml': { unit: 'Bq/ml', scale: 1 },
  'Bq/mL': { unit: 'Bq/ml', scale: 1 },
  'kBq/ml': { unit: 'Bq/ml', scale: 1000 },
  'kBq/mL': { unit: 'Bq/ml', scale: 1000 },
  '{SUVbw}g/ml': { unit: 'SUVbw', scale: 1 },
  'g/ml{SUVbw}': { unit: 'SUVbw', scale: 1 },
};

/**
 * Units of an Enhanced PET image (PS3.3 A.56). It has no Units (0054,1001): a Real World Value Mapping in its functional
 * groups names them (C.7.6.16.2.11), or the Rescale Type of its Pixel Value Transformation (C.7.6.16.2.9). Null when
 * nothing names them, or when the frames disagree: one factor would then be wrong for some of them.
 */
export function enhancedUnits(header: JsonDataSet): EnhancedUnits | null {
  const shared = items(header, '52009229')[0];
  const frames = items(header, '52009230');
  const all = (frames.length > 0 ? frames : [{}]).map((frame) => unitsOfFrame(shared, frame));
  const [first] = all;
  if (!first) return null;
  const agree = (other: EnhancedUnits | null) =>
    other?.unit === first.unit && Math.abs(other.scale / first.scale - 1) < 1e-4;
  return all.every(agree) ? first : null;
}

function unitsOfFrame(shared: JsonDataSet | undefined, frame: JsonDataSet): EnhancedUnits | null {
  const group = (tag: string): JsonDataSet | undefined => items(frame, tag)[0] ?? items(shared, tag)[0];
  const rescale = group('00289145');
  const slope = numberValue(rescale, '00281053') ?? 1;
  const intercept = numberValue(rescale, '00281052') ?? 0;
  const mappings = [...items(frame, '00409096'), ...items(shared, '00409096')];
  for (const mapping of mappings) {
    const known = units[textValue(items(mapping, '004008EA')[0], '00080100')];
    const mappedSlope = numberValue(mapping, '00409225');
    const mappedIntercept = numberValue(mapping, '00409224') ?? 0;
    if (!known || !mappedSlope || slope === 0) continue;
    const ratio = mappedSlope / slope;
    // An offset between the two cannot be said by a factor.
    if (Math.abs(mappedIntercept - ratio * intercept) > 1e-6 * Math.abs(mappedSlope)) continue;
    return { unit: known.unit, scale: known.scale * ratio };
  }
  return textValue(rescale, '00281054') === 'BQML' ? { unit: 'Bq/ml', scale: 1 } : null;
}
