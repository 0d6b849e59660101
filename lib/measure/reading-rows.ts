import type { Reading } from './reading.ts';
import type { Statistics } from './statistics.ts';

/** One quantity of a reading, by its technical name, for a table. */
export type Row = { quantity: string; value: number; plusMinus: number | null; unit: string };

const ofStatistics = (unit: string, { mean, sd, min, max, count }: Statistics): Row[] =>
  Object.entries({ mean, sd, min, max })
    .map(([quantity, value]): Row => row(quantity, value, unit))
    .concat(row('voxels', count, ''));

const row = (quantity: string, value: number, unit: string): Row => ({
  quantity,
  value,
  plusMinus: null,
  unit,
});

/** Everything that a reading holds, quantity by quantity. */
export function readingRows({ figures, values, region }: Reading): Row[] {
  const rows = figures.map(
    ({ name, value, unit }): Row => ({
      quantity: name,
      value: value.value,
      plusMinus: value.plusMinus,
      unit,
    }),
  );
  for (const { unit, statistics } of values) rows.push(...ofStatistics(unit, statistics));
  if (!region?.result.known) return rows;
  const { unit } = region;
  const { max, peak, lesion, threshold } = region.result.values;
  rows.push(row('max', max.value, unit));
  if (peak) rows.push(row('peak', peak.value, unit));
  if (threshold !== null) rows.push(row('threshold', threshold, unit));
  if (!lesion) return rows;
  return [
    ...rows,
    row('lesion mean', lesion.statistics.mean, unit),
    row('MTV', lesion.mtv, 'ml'),
    row('TLG', lesion.tlg, `${unit} ml`),
  ];
}
