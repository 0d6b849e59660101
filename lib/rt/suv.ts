import { items, type JsonDataSet, numberValue, textValue, textValues } from '../dicom/display-json.ts';
import { dicomSeconds } from './dicom-time.ts';

export type SuvRefusal =
  | 'not_pet'
  | 'units'
  | 'not_corrected'
  | 'weight_missing'
  | 'dose_missing'
  | 'half_life_missing'
  | 'time_missing'
  | 'other_normalisation';

/** Factor from rescaled pixel values to SUV by body weight [g/ml], or why there is none. */
export type SuvFactor = { known: true; factor: number } | { known: false; reason: SuvRefusal };

const no = (reason: SuvRefusal): SuvFactor => ({ known: false, reason });

/**
 * SUV by body weight = activity concentration [Bq/ml] x weight [g] / injected dose [Bq] decayed to the scan's reference
 * time. Follows the QIBA vendor-neutral pseudo-code for SUV and its handling of Siemens, GE and Philips.
 * @param instances headers of one PET series, all of them: the earliest acquisition decides the scan's start
 */
export function suvBodyWeight(instances: readonly JsonDataSet[]): SuvFactor {
  const [first] = instances;
  if (!first || textValue(first, '00080060') !== 'PT') return no('not_pet');
  const units = textValue(first, '00541001');
  // Already SUV (Units GML); other normalisations are not body weight and must not be called so.
  if (units === 'GML') {
    const type = textValue(first, '00541006');
    return type === '' || type === 'BW' ? { known: true, factor: 1 } : no('other_normalisation');
  }
  const philipsSuv = numberValue(first, '70531000');
  if (units === 'CNTS' && philipsSuv) return { known: true, factor: philipsSuv };
  const philipsActivity = units === 'CNTS' ? numberValue(first, '70531009') : 1;
  if ((units !== 'BQML' && units !== 'CNTS') || !philipsActivity) return no('units');
  const corrected = textValues(first, '00280051');
  if (!corrected.includes('ATTN') || !corrected.includes('DECY')) return no('not_corrected');
  const weight = numberValue(first, '00101030');
  if (!weight || weight <= 0) return no('weight_missing');
  const dose = decayedDose(instances, first);
  return typeof dose === 'number' ? { known: true, factor: (philipsActivity * weight * 1000) / dose } : dose;
}

/** Injected activity in Bq, decayed to the time that the pixel values are corrected to. */
function decayedDose(instances: readonly JsonDataSet[], first: JsonDataSet): number | SuvFactor {
  const drug = items(first, '00540016')[0];
  const injected = numberValue(drug, '00181074');
  if (!injected || injected <= 0) return no('dose_missing');
  const correction = textValue(first, '00541102');
  if (correction === 'ADMIN') return injected;
  if (correction !== 'START') return no('not_corrected');
  const halfLife = numberValue(drug, '00181075');
  if (!halfLife || halfLife <= 0) return no('half_life_missing');
  const scan = scanReference(instances, first, halfLife);
  const administered = administration(
    drug,
    textValue(first, '00080021') || textValue(first, '00080020'),
    scan,
  );
  if (scan === null || administered === null) return no('time_missing');
  return injected * 2 ** (-(scan - administered) / halfLife);
}

function administration(
  drug: JsonDataSet | undefined,
  seriesDate: string,
  scan: number | null,
): number | null {
  const dateTime = textValue(drug, '00181078');
  if (dateTime.length >= 14) return dicomSeconds(dateTime.slice(0, 8), dateTime.slice(8));
  const time = dicomSeconds(seriesDate, textValue(drug, '00181072'));
  if (time === null || scan === null) return time;
  // Only a time of day is known: an injection "after" the scan was the evening before.
  return time > scan ? time - 86_400 : time;
}

/** Seconds of the moment that DecayCorrection START refers to. */
function scanReference(
  instances: readonly JsonDataSet[],
  first: JsonDataSet,
  halfLife: number,
): number | null {
  const series = dicomSeconds(textValue(first, '00080021'), textValue(first, '00080031'));
  const acquired = instances
    .map((one) => ({ one, at: dicomSeconds(textValue(one, '00080022'), textValue(one, '00080032')) }))
    .filter((entry): entry is { one: JsonDataSet; at: number } => entry.at !== null)
    .sort((a, b) => a.at - b.at)[0];
  if (!acquired) return series;
  if (series !== null && series <= acquired.at) return series;
  // The series time is later than the first acquisition: it was overwritten by post-processing.
  const ge = textValue(first, '0009100D');
  if (ge.length >= 14) return dicomSeconds(ge.slice(0, 8), ge.slice(8));
  const frameReference = numberValue(acquired.one, '00541300');
  const duration = numberValue(acquired.one, '00181242');
  if (!frameReference || !duration) return acquired.at;
  const lambda = Math.LN2 / halfLife;
  const seconds = duration / 1000;
  const averageCountRateTime = Math.log((lambda * seconds) / (1 - Math.exp(-lambda * seconds))) / lambda;
  return acquired.at - frameReference / 1000 + averageCountRateTime;
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

/** All normalisations of one PET series; see `suvBodyWeight` for the activity and its decay. */
export function suvFactors(instances: readonly JsonDataSet[]): SuvFactors {
  const bodyWeight = suvBodyWeight(instances);
  const weight = numberValue(instances[0], '00101030') ?? 0;
  const height = (numberValue(instances[0], '00101020') ?? 0) * 100;
  const sex = textValue(instances[0], '00100040');
  const missing = [
    ...(weight > 0 ? [] : ['weight' as const]),
    ...(height > 0 ? [] : ['height' as const]),
    ...(sex === 'M' || sex === 'F' ? [] : ['sex' as const]),
  ];
  /** @param size of the patient: kg, or for `bsa` tenths of m² so that the result is cm² per g of body weight */
  const scaled = (size: number): number | null =>
    bodyWeight.known && weight > 0 && size > 0 ? (bodyWeight.factor * size) / weight : null;
  const none = { lbmJames128: null, lbmJames120: null, lbmJanma: null, ibw: null };
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
