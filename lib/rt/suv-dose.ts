import { items, type JsonDataSet, numberValue, textValue } from '../dicom/display-json.ts';
import { dicomDateTime, offsetOf } from './dicom-time.ts';
import { type InjectionWarning, injectionOf } from './suv-injection.ts';
import { type ScanTime, scanReference } from './suv-scan.ts';
import { type SuvTag, suvTags } from './suv-tags.ts';

/** What is odd about the dose of a known factor: said beside the numbers, never put right by guessing. */
export type SuvWarning =
  /** Below 1 MBq in Bq: most likely written in MBq, against PS3.3 C.8.9.2. Every SUV is then a million times too large. */
  'suspicious_dose' | InjectionWarning;

export type SuvDoseRefusal =
  | 'not_corrected'
  | 'dose_missing'
  | 'half_life_missing'
  | 'time_missing'
  | 'time_implausible';
export type DecayedDose =
  | { known: true; bq: number; warnings: SuvWarning[] }
  | { known: false; reason: SuvDoseRefusal; tags: readonly SuvTag[] };

/** No patient gets less than this of any tracer that is imaged. */
const LEAST_BQ = 1e6;

const no = (reason: SuvDoseRefusal, ...tags: SuvTag[]): DecayedDose => ({ known: false, reason, tags });

/** The moment that pixel values are corrected to. */
export type Correction =
  /** START: the scan's reference time, found from the headers by what the makers write. ADMIN: the injection. */
  | { to: 'START' | 'ADMIN' }
  /** Named by the header itself (Enhanced PET: Decay Correction DateTime). */
  | { to: 'time'; dateTime: string };

/**
 * Injected activity in Bq, decayed to the time that the pixel values are corrected to.
 * @param instances all headers of the series: the earliest acquisition decides the scan's start
 */
export function decayedDose(
  instances: readonly JsonDataSet[],
  first: JsonDataSet,
  correction: Correction,
): DecayedDose {
  const drug = items(first, '00540016')[0];
  const injected = numberValue(drug, '00181074');
  if (!injected || injected <= 0) return no('dose_missing', suvTags.dose);
  const warnings: SuvWarning[] = injected < LEAST_BQ ? ['suspicious_dose'] : [];
  if (correction.to === 'ADMIN') return { known: true, bq: injected, warnings };
  const halfLife = numberValue(drug, '00181075');
  if (!halfLife || halfLife <= 0) return no('half_life_missing', suvTags.halfLife);
  const scan =
    correction.to === 'time'
      ? namedTime(correction.dateTime, first)
      : scanReference(instances, first, halfLife);
  if (!scan.known) return no('time_missing', ...scan.tags);
  // Two DateTimes with offsets lie on one clock, whatever the object's other times stand in.
  const clock =
    textValue(first, '00080201') || (correction.to === 'time' ? offsetOf(correction.dateTime) : '');
  const start = injectionOf(drug, clock, scan.at, halfLife);
  if (!start.known) return no(start.reason, suvTags.startDateTime, suvTags.startTime);
  warnings.push(...start.warnings);
  return { known: true, bq: injected * 2 ** (-(scan.at - start.at) / halfLife), warnings };
}

function namedTime(dateTime: string, first: JsonDataSet): ScanTime {
  const found = dicomDateTime(dateTime, textValue(first, '00080201'));
  return found ? { known: true, at: found.at } : { known: false, tags: [suvTags.decayCorrectionTime] };
}
