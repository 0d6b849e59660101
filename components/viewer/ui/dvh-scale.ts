/** Round values from 0 to the first that is not below `most`, about `count` steps of them. */
export function roundTicks(most: number, count: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const steps = Math.ceil(most / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** What a curve is told in. Doses in Gy or percent of a reference, volumes in cc or percent of what lies on the grid. */
export type DvhUnits = {
  kind: 'cumulative' | 'differential';
  dose: 'Gy' | 'percent';
  volume: 'percent' | 'cc';
  /** Null where there is no reference: then doses are Gy. */
  referenceGy: number | null;
};

/** What the shared view says of them. */
export const unitsOf = ({ kind, dose, volume }: Pick<DvhUnits, 'kind' | 'dose' | 'volume'>) => ({
  kind,
  dose,
  volume,
});

/** Gy per unit of the dose axis. */
export const gyPer = ({ dose, referenceGy }: DvhUnits): number =>
  dose === 'percent' && referenceGy !== null ? referenceGy / 100 : 1;
