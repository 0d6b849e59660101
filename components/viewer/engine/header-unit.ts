import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { ctValueWord } from '@/lib/dicom/value-word.ts';
import { petActivity } from '@/lib/rt/pet-activity.ts';

/** Asked for at every move of the pointer, and the groups of a thousand frames are long to read: once per header. */
function once<T>(read: (header: JsonDataSet) => T): (header: JsonDataSet) => T {
  const known = new WeakMap<JsonDataSet, { value: T }>();
  return (header) => {
    const kept = known.get(header) ?? { value: read(header) };
    known.set(header, kept);
    return kept.value;
  };
}

/** What a CT's header calls its values: HU, mg/ml of an iodine map, … */
export const ctUnit = once(ctValueWord);

/** What a PET's values are without an SUV, and their factor from what rescaling gives. */
export const petUnit = once(petActivity);
