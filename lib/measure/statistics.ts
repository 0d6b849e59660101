/** Of the values inside a shape, in their own unit. */
export type Statistics = {
  count: number;
  mean: number;
  /** Standard deviation of the voxels themselves (divided by n: IBSI's variance, id ECT3), not an estimate of others. */
  sd: number;
  min: number;
  max: number;
};

/** Null without values. Those that are not known (NaN) must have been kept out: a mean over a hole says nothing. */
export function statisticsOf(values: readonly number[]): Statistics | null {
  if (values.length === 0) return null;
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { count: values.length, mean, sd: Math.sqrt(squares / values.length), min, max };
}
