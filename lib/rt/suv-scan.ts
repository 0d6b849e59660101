import { type JsonDataSet, numberValue, textValue } from '../dicom/display-json.ts';
import { privateText } from '../dicom/private-elements.ts';
import { DAY_S, dicomDateTime, dicomSeconds } from './dicom-time.ts';
import { GE_PET, type SuvTag, suvTags } from './suv-tags.ts';

/** Seconds of a moment on the clock of the object's own times, or which attributes are absent for it. */
export type ScanTime = { known: true; at: number } | { known: false; tags: readonly SuvTag[] };

/** `by` what the moment was told: a time of the series, or of the earliest acquisition, or what its maker adds to that. */
type ScanReference = ScanTime & {
  by?: 'series' | 'acquisition' | 'ge' | 'frame';
  /** The image that was acquired first, where any says when. */
  acquired?: JsonDataSet;
};

/**
 * The moment that DecayCorrection START refers to (QIBA's vendor-neutral pseudo-code).
 * @param halfLife of the radionuclide, in s
 */
export function scanReference(
  instances: readonly JsonDataSet[],
  first: JsonDataSet,
  halfLife: number,
): ScanReference {
  const series = dicomSeconds(seriesDate(first), textValue(first, '00080031'));
  const acquired = firstAcquired(instances);
  if (!acquired) return series === null ? absent(first) : { known: true, at: series, by: 'series' };
  const { one, at } = acquired;
  if (series !== null && series <= at) return { known: true, at: series, by: 'series', acquired: one };
  // The series time is later than the first acquisition: it was overwritten by post-processing.
  const ge = dicomDateTime(privateText(first, GE_PET, '0009100D'), textValue(first, '00080201'));
  if (ge !== null) return { known: true, at: ge.at, by: 'ge', acquired: one };
  const frameReference = numberValue(one, '00541300');
  const duration = numberValue(one, '00181242');
  if (!frameReference || !duration) return { known: true, at, by: 'acquisition', acquired: one };
  const lambda = Math.LN2 / halfLife;
  const seconds = duration / 1000;
  const averageCountRateTime = Math.log((lambda * seconds) / (1 - Math.exp(-lambda * seconds))) / lambda;
  return { known: true, at: at - frameReference / 1000 + averageCountRateTime, by: 'frame', acquired: one };
}

/** Series Date is type 3 (PS3.3 C.7.3.1), Study Date type 2: what has the one often lacks the other. */
const seriesDate = (header: JsonDataSet): string =>
  textValue(header, '00080021') || textValue(header, '00080020');

/** Acquisition Date is type 2 for PET (PS3.3 C.8.9.4): empty, its time counts on the series' day. */
const acquisitionDate = (header: JsonDataSet): string => textValue(header, '00080022') || seriesDate(header);

type Acquired = { one: JsonDataSet; at: number };

/** The earliest acquisition; null where no image has a time that can be read. */
function firstAcquired(instances: readonly JsonDataSet[]): Acquired | null {
  const all = instances.flatMap((one): Acquired[] => {
    const at = dicomSeconds(acquisitionDate(one), textValue(one, '00080032'));
    return at === null ? [] : [{ one, at }];
  });
  const last = Math.max(...all.map(({ at }) => at));
  // On one day's date alone, what lies half a day before the rest was acquired after midnight.
  const placed = all.map(({ one, at }) =>
    textValue(one, '00080022') === '' && last - at > DAY_S / 2 ? { one, at: at + DAY_S } : { one, at },
  );
  return placed.reduce<Acquired | null>((best, one) => (best && best.at <= one.at ? best : one), null);
}

/** What is missing of the times, and of the dates any of which would do. */
function absent(first: JsonDataSet): ScanTime {
  const isTime = (tag: string): boolean => dicomSeconds('20000101', textValue(first, tag)) !== null;
  const noTime = !isTime('00080031') && !isTime('00080032');
  const noDate = dicomSeconds(acquisitionDate(first), '00') === null;
  const times = noTime ? [suvTags.seriesTime, suvTags.acquisitionTime] : [];
  const dates = noDate ? [suvTags.acquisitionDate, suvTags.seriesDate, suvTags.studyDate] : [];
  return { known: false, tags: [...times, ...dates] };
}
