import { type JsonDataSet, numberValue, numberValues, textValue } from '@/lib/dicom/display-json.ts';
import type { Stack } from '../data/stack.ts';

/** A window: HU for CT, SUV or the file's own units for PET, stored units for MR. */
export type Voi = { center: number; width: number };

export type Preset = {
  id: 'soft' | 'lung' | 'bone' | 'brain' | 'mediastinum' | 'suv5' | 'suv7' | 'suv10' | 'suv15';
  voi: Voi;
};

const ct: readonly Preset[] = [
  { id: 'soft', voi: { center: 40, width: 400 } },
  { id: 'lung', voi: { center: -600, width: 1500 } },
  { id: 'bone', voi: { center: 450, width: 1800 } },
  { id: 'mediastinum', voi: { center: 50, width: 350 } },
  { id: 'brain', voi: { center: 40, width: 80 } },
];
const suv = (id: Preset['id'], upper: number): Preset => ({ id, voi: { center: upper / 2, width: upper } });
const pt: readonly Preset[] = [suv('suv5', 5), suv('suv7', 7), suv('suv10', 10), suv('suv15', 15)];

/** What of a stack tells its window. */
type Windowed = Pick<Stack, 'Modality' | 'header' | 'suv'>;

/** Windows by number key, for what is shown. A PET whose SUV is not known has none. */
export function presetsOf(stack: Pick<Windowed, 'Modality' | 'suv'> | null): readonly Preset[] {
  if (stack?.Modality === 'CT') return ct;
  return stack?.Modality === 'PT' && stack.suv?.known ? pt : [];
}

/** Factor from the rescaled pixel values to what people read: SUV for PET, 1 for everything else. */
export const displayFactor = (stack: Stack): number => (stack.suv?.known ? stack.suv.factor : 1);

export type Unit = 'HU' | 'SUV' | 'Bq/ml' | '';
export function unitOf(stack: Stack): Unit {
  if (stack.Modality === 'CT') return 'HU';
  if (stack.Modality !== 'PT') return '';
  if (stack.suv?.known) return 'SUV';
  return textValue(stack.header, '00541001') === 'BQML' ? 'Bq/ml' : '';
}

/** The window that a stack opens with; null leaves it to what the first image's pixels hold. */
export function firstVoi(stack: Windowed): Voi | null {
  const [preset] = presetsOf(stack);
  if (stack.Modality === 'PT') return stack.suv?.known ? (pt[1]?.voi ?? null) : null;
  return fromHeader(stack.header) ?? preset?.voi ?? null;
}

function fromHeader(header: JsonDataSet): Voi | null {
  const center = numberValues(header, '00281050')?.[0] ?? numberValue(header, '00281050');
  const width = numberValues(header, '00281051')?.[0] ?? numberValue(header, '00281051');
  return center !== null && width !== null && width > 0 ? { center, width } : null;
}
