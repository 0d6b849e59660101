import type { Figure, Note, Reading } from './reading.ts';
import type { Statistics } from './statistics.ts';
import type { Measured } from './uncertainty.ts';

/** Words of the reader's language; the units are the same in all. */
export type ReadingWords = {
  /** Before a mean and a standard deviation, e.g. `mean` and `SD`. */
  mean: string;
  sd: string;
  long: string;
  short: string;
  area: string;
};

/** As many digits as say something: one of the uncertainty's. */
const digitsFor = ({ plusMinus }: Measured): number => (plusMinus >= 3 ? 0 : 1);

const number = (locale: string, value: number, digits: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );

/** `23.4 ± 0.8 mm`; areas from 1 cm² on in cm². */
export function figureText(locale: string, { value, unit }: Figure): string {
  const large = unit === 'mm²' && value.value >= 100;
  const scaled = large ? { value: value.value / 100, plusMinus: value.plusMinus / 100 } : value;
  const digits = large ? 2 : digitsFor(scaled);
  const text = `${number(locale, scaled.value, digits)} ± ${number(locale, scaled.plusMinus, digits)}`;
  return `${text}${unit === '°' ? '' : ' '}${large ? 'cm²' : unit}`;
}

/** Units whose values are small numbers, as lib/dicom/value-word writes them. */
const SMALL = new Set(['mg/ml', '%', 'Zeff', 'ρe/ρw', 'ρe 10²³/ml']);

/** SUV and what is as small to a hundredth, everything else to a whole number, its mean to a tenth. */
export function valueText(locale: string, unit: string, value: number, finer = false): string {
  const digits = unit.startsWith('SUV') || SMALL.has(unit) ? 2 : finer ? 1 : 0;
  return number(locale, value, digits);
}

/** A unit as the reader's language writes it: Hounsfield's are UH in French. */
export const unitText = (locale: string, unit: string): string =>
  locale.startsWith('fr') ? unit.replace(/^HU\b/, 'UH') : unit;

const named = (words: ReadingWords, { name }: Figure): string =>
  name === 'long' || name === 'short' || name === 'area' ? `${words[name]} ` : '';

function statisticsText(locale: string, words: ReadingWords, unit: string, statistics: Statistics): string {
  const text = (value: number, finer = false) => valueText(locale, unit, value, finer);
  const { mean, sd, min, max } = statistics;
  const range = `${text(min)} … ${text(max)}`;
  return `${unitText(locale, unit)} ${words.mean} ${text(mean, true)}, ${words.sd} ${text(sd, true)}, ${range}`.trim();
}

const millilitres = (locale: string, ml: number): string => number(locale, ml, ml < 10 ? 2 : 1);

/** Where a note's words tell a volume. */
export const VOLUME_PLACE = '{volume}';

/**
 * What must be said beside the numbers, in the reader's words.
 * @param words of each note, with VOLUME_PLACE where a volume stands
 */
export function noteLines(locale: string, words: Record<Note, string>, { notes, region }: Reading): string[] {
  const apart = region?.result.known ? (region.result.values.lesion?.apart ?? 0) : 0;
  // Of a voxel of less than 0.01 ml too something lies apart.
  const volume = `${apart < 0.01 ? `< ${millilitres(locale, 0.01)}` : millilitres(locale, apart)} ml`;
  return notes.map((note) => words[note].replace(VOLUME_PLACE, volume));
}

/** A reading line by line, as it stands beside the drawing, in the panel and on the clipboard. */
export function readingLines(locale: string, words: ReadingWords, reading: Reading): string[] {
  const lines = reading.figures.map((figure) => `${named(words, figure)}${figureText(locale, figure)}`);
  for (const { unit, statistics } of reading.values)
    lines.push(statisticsText(locale, words, unit, statistics));
  const { region } = reading;
  if (!region?.result.known) return lines;
  const { all, max, peak, lesion, threshold } = region.result.values;
  const { unit } = region;
  const text = (value: number, finer = false) => valueText(locale, unit, value, finer);
  if (!unit.startsWith('SUV') && unit !== 'Bq/ml') {
    lines.push(statisticsText(locale, words, unit, all));
    return lines;
  }
  const name = unit === 'Bq/ml' ? '' : 'SUV';
  const kind = unit.startsWith('SUV ') ? ` (${unit.slice(4)})` : unit === 'Bq/ml' ? ' Bq/ml' : '';
  lines.push(
    [`${name}max ${text(max.value)}`, peak && `${name}peak ${text(peak.value)}`].filter(Boolean).join('  ') +
      kind,
  );
  if (!lesion) return lines;
  lines.push(`${name}mean ${text(lesion.statistics.mean)}`);
  const from =
    threshold === null
      ? ''
      : ` (≥ ${region.threshold.kind === 'fraction' ? `${number(locale, region.threshold.of * 100, 0)} % = ` : ''}${text(threshold)})`;
  lines.push(`MTV ${millilitres(locale, lesion.mtv)} ml${from}`);
  lines.push(`TLG ${number(locale, lesion.tlg, unit === 'Bq/ml' ? 0 : 1)}`);
  return lines;
}
