import { type JsonDataSet, numberValue, numberValues } from '@/lib/dicom/display-json.ts';
import type { Stack } from '../data/stack.ts';
import { ctUnit, petUnit } from './header-unit.ts';

/** A window, in the displayed unit: `unitOf` names it. */
export type Voi = { center: number; width: number };

/** A window has some width, in whatever unit: far below the narrowest that anything is looked at in (an ADC in mm²/s). */
export const LEAST_WIDTH = 1e-12;

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

/** Windows by number key, for what is shown. A PET whose SUV is not known has none, nor has a CT that is not in HU. */
export function presetsOf(stack: Windowed | null): readonly Preset[] {
  if (stack?.Modality === 'CT') return ctUnit(stack.header) === 'HU' ? ct : [];
  return stack?.Modality === 'PT' && stack.suv?.known ? pt : [];
}

/** Factor from the rescaled pixel values to what people read: SUV or else activity for PET, 1 for everything else. */
export function displayFactor({ Modality, header, suv }: Windowed): number {
  if (Modality !== 'PT') return 1;
  return suv?.known ? suv.factor : petUnit(header).scale;
}

/** What displayed values are in: HU, SUV (body weight), Bq/ml, what the file calls them, or '' for stored units. */
export function unitOf({ Modality, header, suv }: Windowed): string {
  if (Modality === 'CT') return ctUnit(header);
  if (Modality !== 'PT') return '';
  return suv?.known ? 'SUV' : petUnit(header).unit;
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

/** Decimals that a window is told with: a tenth, and two figures of its width where it is narrower than that (ADC in mm²/s). */
export const windowDigits = ({ width }: Voi): number => Math.max(1, 1 - Math.floor(Math.log10(width)));
