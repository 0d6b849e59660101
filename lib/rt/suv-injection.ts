import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { DAY_S, dicomDateTime, secondsOfDay } from './dicom-time.ts';

/** What is odd about the time of the injection: said beside the numbers. */
export type InjectionWarning =
  /** The start's date contradicts the scan's; its time of day was used. */
  | 'start_date_ignored'
  /** The injection is later than what values are corrected to: its activity then is reckoned back to before it. */
  | 'start_after_scan'
  /** A time without a date, shortly after the scan's: of a tracer that lasts, the one of the day before. */
  | 'start_day_assumed'
  /** The DateTime has an offset from UTC and the scan's times have none: both were taken as one clock. */
  | 'start_offset_unknown';

export type Injection =
  | { known: true; at: number; warnings: InjectionWarning[] }
  | { known: false; reason: 'time_missing' | 'time_implausible' };

/** Nothing is imaged later than this many half-lives after injection: 0.1 % is left. */
const MOST_HALF_LIVES = 10;
/**
 * A scan may begin before its injection: a dynamic one, or one whose times were rounded. By less than an hour, and less
 * than a half-life, beyond which the times contradict each other: reckoning back would make any dose out of it.
 */
const MOST_LATE_S = 3600;
/** No clock is further from UTC than this: a DateTime and a Start Time further apart contradict each other. */
const MOST_OFFSET_S = 14 * 3600;

/**
 * When it was injected. The DateTime (0018,1078) counts where it can be true: not long after the scan and not so long
 * before it that nothing is left. Otherwise (dates shifted by half, 1900 for unknown, a clock of its own) the time of day
 * (0018,1072) counts: the last one before the scan, or the next one after it where that is the one that can be true.
 * @param clock offset from UTC of the scan's times, `&ZZXX`; '' where nothing names it
 * @param scan seconds of what the values are corrected to
 * @param halfLife of the radionuclide, in s
 */
export function injectionOf(
  drug: JsonDataSet | undefined,
  clock: string,
  scan: number,
  halfLife: number,
): Injection {
  const longest = MOST_HALF_LIVES * halfLife;
  const latest = Math.min(MOST_LATE_S, halfLife);
  const named = dicomDateTime(textValue(drug, '00181078'), clock);
  const time = secondsOfDay(textValue(drug, '00181072'));
  if (named && !(named.otherClock && time !== null)) {
    const late = named.at - scan;
    const warnings: InjectionWarning[] = named.otherClock ? ['start_offset_unknown'] : [];
    if (late <= 0 && -late <= longest) return { known: true, at: named.at, warnings };
    if (late > 0 && late < latest)
      return { known: true, at: named.at, warnings: [...warnings, 'start_after_scan'] };
  }
  if (time === null) return { known: false, reason: named ? 'time_implausible' : 'time_missing' };
  if (named?.otherClock) {
    // Of the DateTime only the day is known, within half a day: the time of day that is nearest to it.
    const near = named.at + nearestTurn(time - named.at);
    if (near <= scan && scan - near <= longest) return { known: true, at: near, warnings: [] };
  }
  const before = scan - turn(scan - time);
  const after = before + DAY_S;
  const contradicts = named && (!named.otherClock || Math.abs(before - named.at) > MOST_OFFSET_S);
  const ignored: InjectionWarning[] = contradicts ? ['start_date_ignored'] : [];
  const isLate = after - scan < latest;
  if (scan - before <= longest)
    return { known: true, at: before, warnings: isLate ? [...ignored, 'start_day_assumed'] : ignored };
  if (isLate) return { known: true, at: after, warnings: [...ignored, 'start_after_scan'] };
  return { known: false, reason: 'time_implausible' };
}

/** A difference of times on one clock face: 0 up to a day. */
const turn = (seconds: number): number => ((seconds % DAY_S) + DAY_S) % DAY_S;

/** The same, half a day back to half a day on. */
const nearestTurn = (seconds: number): number => turn(seconds + DAY_S / 2) - DAY_S / 2;
