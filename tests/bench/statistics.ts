/** What is told of a series of times: never a mean, which one pause of the machine would move. */
export type Summary = { n: number; min: number; median: number; p95: number; max: number };

/** Nearest-rank percentile of values in any order; NaN of an empty series. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function summarise(values: readonly number[]): Summary {
  return {
    n: values.length,
    min: percentile(values, 0),
    median: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    max: percentile(values, 1),
  };
}
