import { items, type JsonDataSet, numberValue, textValue } from '../dicom/display-json.ts';
import { privateText } from '../dicom/private-elements.ts';
import { dicomSeconds } from './dicom-time.ts';
import { GE_PET, type SuvTag, suvTags } from './suv-tags.ts';

/** What is odd about the dose of a known factor: said beside the numbers, never put right by guessing. */
export type SuvWarning =
  /** Below 1 MBq in Bq: most likely written in MBq, against PS3.3 C.8.9.2. Every SUV is then a million times too large. */
  | 'suspicious_dose'
  /** The start's date contradicts the scan's; its time of day was used. */
  | 'start_date_ignored';

export type SuvDoseRefusal =
  | 'not_corrected'
  | 'dose_missing'
  | 'half_life_missing'
  | 'time_missing'
  | 'time_implausible';
export type DecayedDose =
  | { known: true; bq: number; warnings: SuvWarning[] }
  | { known: false; reason: SuvDoseRefusal; tags: readonly SuvTag[] };

const DAY = 86_400;
/** No patient gets less than this of any tracer that is imaged. */
const LEAST_BQ = 1e6;
/** Nothing is imaged later than this many half-lives after injection: 0.1 % is left. */
const MOST_HALF_LIVES = 10;

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
      ? fromDateTime(correction.dateTime, first)
      : scanReference(instances, first, halfLife);
  if (scan === null) {
    const tags =
      correction.to === 'time'
        ? [suvTags.decayCorrectionTime]
        : [suvTags.seriesTime, suvTags.acquisitionTime];
    return no('time_missing', ...tags);
  }
  const start = administration(drug, first, scan, Math.max(DAY, MOST_HALF_LIVES * halfLife));
  if (!start.known) return no(start.reason, suvTags.startDateTime, suvTags.startTime);
  if (start.dateIgnored) warnings.push('start_date_ignored');
  return { known: true, bq: injected * 2 ** (-(scan - start.at) / halfLife), warnings };
}

type Administration =
  | { known: true; at: number; dateIgnored: boolean }
  | { known: false; reason: 'time_missing' | 'time_implausible' };

/**
 * When it was injected. The DateTime (0018,1078) counts where it can be true: not after the scan and not so long before
 * it that nothing is left. Otherwise (dates shifted by half, 1900 for unknown) the time of day counts: of the DateTime,
 * else of (0018,1072), on the scan's day or, when that would be after the scan, on the day before.
 */
function administration(
  drug: JsonDataSet | undefined,
  first: JsonDataSet,
  scan: number,
  longest: number,
): Administration {
  const dateTime = textValue(drug, '00181078');
  const named = fromDateTime(dateTime, first);
  if (named !== null && named <= scan && scan - named <= longest)
    return { known: true, at: named, dateIgnored: false };
  const date = textValue(first, '00080021') || textValue(first, '00080020');
  const time = textValue(drug, '00181072');
  const ofDay = dicomSeconds(date, time);
  if (ofDay === null) return { known: false, reason: named === null ? 'time_missing' : 'time_implausible' };
  // Only a time of day is known: the last one before the scan. An injection "after" it was the evening before, and the
  // series' date may be that of a later day, on which it was processed once more.
  return { known: true, at: ofDay - DAY * Math.ceil((ofDay - scan) / DAY), dateIgnored: named !== null };
}

/**
 * Seconds of a DT value on the clock of the object's own times. A DT may carry its offset from UTC (`&ZZXX`, PS3.5
 * 6.2); dates and times stand in Timezone Offset From UTC (0008,0201), or in an unnamed local time.
 */
function fromDateTime(value: string, first: JsonDataSet): number | null {
  const parts = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)([+-]\d{4})?$/.exec(value);
  if (!parts) return null;
  const local = dicomSeconds(parts[1] ?? '', parts[2] ?? '');
  const own = offsetSeconds(parts[3]);
  const objects = offsetSeconds(textValue(first, '00080201'));
  return local !== null && own !== null && objects !== null ? local - own + objects : local;
}

function offsetSeconds(text: string | undefined): number | null {
  const parts = /^([+-])(\d{2})(\d{2})$/.exec(text ?? '');
  if (!parts) return null;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3]) * 60);
}

/** Seconds of the moment that DecayCorrection START refers to (QIBA's vendor-neutral pseudo-code). */
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
  const ge = fromDateTime(privateText(first, GE_PET, '0009100D'), first);
  if (ge !== null) return ge;
  const frameReference = numberValue(acquired.one, '00541300');
  const duration = numberValue(acquired.one, '00181242');
  if (!frameReference || !duration) return acquired.at;
  const lambda = Math.LN2 / halfLife;
  const seconds = duration / 1000;
  const averageCountRateTime = Math.log((lambda * seconds) / (1 - Math.exp(-lambda * seconds))) / lambda;
  return acquired.at - frameReference / 1000 + averageCountRateTime;
}
