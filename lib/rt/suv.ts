import { type JsonDataSet, numberValue, textValue, textValues } from '../dicom/display-json.ts';
import { privateNumber } from '../dicom/private-elements.ts';
import { decayedDose, type SuvDoseRefusal, type SuvWarning } from './suv-dose.ts';
import { enhancedUnits, isEnhancedPet } from './suv-enhanced.ts';
import { PHILIPS_PET, type SuvTag, suvTags } from './suv-tags.ts';

export type SuvRefusal = 'not_pet' | 'units' | 'weight_missing' | 'other_normalisation' | SuvDoseRefusal;

/** Factor from rescaled pixel values to SUV by body weight [g/ml], or why there is none and which tags are at fault. */
export type SuvFactor =
  | { known: true; factor: number; warnings: readonly SuvWarning[] }
  | { known: false; reason: SuvRefusal; tags: readonly SuvTag[] };

const no = (reason: SuvRefusal, ...tags: SuvTag[]): SuvFactor => ({ known: false, reason, tags });
const given = (factor: number): SuvFactor => ({ known: true, factor, warnings: [] });

/**
 * SUV by body weight = activity concentration [Bq/ml] x weight [g] / injected dose [Bq] decayed to the scan's reference
 * time. Follows the QIBA vendor-neutral pseudo-code for SUV and its handling of Siemens, GE and Philips. Values that are
 * not corrected for decay (NONE) have no factor: each slice would need its own.
 * @param instances headers of one PET series, all of them: the earliest acquisition decides the scan's start
 */
export function suvBodyWeight(instances: readonly JsonDataSet[]): SuvFactor {
  const [first] = instances;
  if (!first || textValue(first, '00080060') !== 'PT') return no('not_pet', suvTags.modality);
  if (isEnhancedPet(first)) return fromEnhanced(instances, first);
  const units = textValue(first, '00541001');
  // One factor for images in different units would be wrong for some of them.
  if (instances.some((one) => textValue(one, '00541001') !== units)) return no('units', suvTags.units);
  // Already SUV; other normalisations are not body weight and must not be called so.
  if (units === 'GML' || units === 'CM2ML') {
    const type = textValue(first, '00541006');
    const isBodyWeight = units === 'GML' && (type === '' || type === 'BW');
    return isBodyWeight ? given(1) : no('other_normalisation', suvTags.suvType);
  }
  const philipsSuv = privateNumber(first, PHILIPS_PET, suvTags.philipsSuv.tag);
  if (units === 'CNTS' && philipsSuv) return given(philipsSuv);
  const philipsActivity =
    units === 'CNTS' ? privateNumber(first, PHILIPS_PET, suvTags.philipsActivity.tag) : 1;
  if (units === 'CNTS' && !philipsActivity)
    return no('units', suvTags.units, suvTags.philipsSuv, suvTags.philipsActivity);
  if (units !== 'BQML' && units !== 'CNTS') return no('units', suvTags.units);
  const corrected = textValues(first, '00280051');
  if (!corrected.includes('ATTN') || !corrected.includes('DECY'))
    return no('not_corrected', suvTags.correctedImage);
  const correction = textValue(first, '00541102');
  if (correction !== 'START' && correction !== 'ADMIN') return no('not_corrected', suvTags.decayCorrection);
  return fromActivity(instances, first, philipsActivity ?? 1, { to: correction });
}

/** Enhanced PET: corrections and the time that they refer to are named by tags of their own (PS3.3 C.8.22.4, C.8.22.5). */
function fromEnhanced(instances: readonly JsonDataSet[], first: JsonDataSet): SuvFactor {
  const units = enhancedUnits(first);
  if (!units) return no('units', suvTags.units);
  if (units.unit === 'SUVbw') return given(units.scale);
  if (textValue(first, '00189759') !== 'YES') return no('not_corrected', suvTags.attenuationCorrected);
  if (textValue(first, '00189758') !== 'YES') return no('not_corrected', suvTags.decayCorrected);
  return fromActivity(instances, first, units.scale, { to: 'time', dateTime: textValue(first, '00189701') });
}

function fromActivity(
  instances: readonly JsonDataSet[],
  first: JsonDataSet,
  toBqMl: number,
  correction: Parameters<typeof decayedDose>[2],
): SuvFactor {
  const weight = numberValue(first, '00101030');
  const dose = decayedDose(instances, first, correction);
  if (!weight || weight <= 0) return no('weight_missing', suvTags.weight, ...(dose.known ? [] : dose.tags));
  if (!dose.known) return dose;
  return { known: true, factor: (toBqMl * weight * 1000) / dose.bq, warnings: dose.warnings };
}

/** Factors from rescaled pixel values to SUV by each normalisation; null with those that the header does not allow. */
export type SuvFactors = {
  /** By body weight, g/ml. */
  bodyWeight: SuvFactor;
  /** By lean body mass after James with 128 for men (DICOM: LBMJAMES128), g/ml. */
  lbmJames128: number | null;
  /** By lean body mass with 120 for men (DICOM: LBM), g/ml. */
  lbmJames120: number | null;
  /** By lean body mass after Janmahasatian (DICOM: LBMJANMA), g/ml. */
  lbmJanma: number | null;
  /** By body surface after Du Bois, cm²/ml. */
  bsa: number | null;
  /** By ideal body weight after Sugawara, g/ml. */
  ibw: number | null;
  /** What of the patient's header the others lack: null when nothing. */
  missing: ('weight' | 'height' | 'sex')[];
};

/** Values that are stored as SUV of another kind stay that kind, with the factor 1 (SUV Type, PS3.3 C.8.9.1.1.5). */
const storedAs: Record<string, Exclude<keyof SuvFactors, 'bodyWeight' | 'missing'>> = {
  LBM: 'lbmJames120',
  LBMJAMES128: 'lbmJames128',
  LBMJANMA: 'lbmJanma',
  IBW: 'ibw',
  BSA: 'bsa',
};

/** Patient's Size in cm, where it can be one: metres by the standard; what was written in centimetres is no height. */
function heightOf(header: JsonDataSet | undefined): number {
  const metres = numberValue(header, '00101020') ?? 0;
  return metres >= SMALLEST_M && metres <= TALLEST_M ? metres * 100 : 0;
}
const SMALLEST_M = 0.2;
const TALLEST_M = 2.8;

/** All normalisations of one PET series; see `suvBodyWeight` for the activity and its decay. */
export function suvFactors(instances: readonly JsonDataSet[]): SuvFactors {
  const bodyWeight = suvBodyWeight(instances);
  const weight = numberValue(instances[0], '00101030') ?? 0;
  const height = heightOf(instances[0]);
  const sex = textValue(instances[0], '00100040');
  const missing = [
    ...(weight > 0 ? [] : ['weight' as const]),
    ...(height > 0 ? [] : ['height' as const]),
    ...(sex === 'M' || sex === 'F' ? [] : ['sex' as const]),
  ];
  const none = { lbmJames128: null, lbmJames120: null, lbmJanma: null, ibw: null, bsa: null };
  if (!bodyWeight.known && bodyWeight.reason === 'other_normalisation') {
    const type = textValue(instances[0], '00541006') || 'BSA';
    const kind = storedAs[type];
    return { bodyWeight, ...none, ...(kind && { [kind]: 1 }), missing };
  }
  /** @param size of the patient: kg, or for `bsa` tenths of m² so that the result is cm² per g of body weight */
  const scaled = (size: number): number | null =>
    bodyWeight.known && weight > 0 && size > 0 ? (bodyWeight.factor * size) / weight : null;
  const bsa = height > 0 ? scaled(0.007184 * weight ** 0.425 * height ** 0.725 * 10) : null;
  if (missing.length > 0) return { bodyWeight, ...none, bsa, missing };
  const man = sex === 'M';
  const james = (factor: number): number => (man ? 1.1 : 1.07) * weight - factor * (weight / height) ** 2;
  const bmi = weight / (height / 100) ** 2;
  return {
    bodyWeight,
    lbmJames128: scaled(james(man ? 128 : 148)),
    lbmJames120: scaled(james(man ? 120 : 148)),
    lbmJanma: scaled((9270 * weight) / (man ? 6680 + 216 * bmi : 8780 + 244 * bmi)),
    ibw: scaled(man ? 48 + 1.06 * (height - 152) : 45.5 + 0.91 * (height - 152)),
    bsa,
    missing,
  };
}
