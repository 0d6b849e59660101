/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Round values within a range, about as many as wanted, ascending. */
export function ticksOf(lower: number, upper: number, wanted = 5): number[] {
  const range = upper - lower;
  if (!(range > 0) || !Number.isFinite(range)) return [];
  const power = 10 ** Math.floor(Math.log10(range / wanted));
  const step = (STEPS.find((one) => one * power >= range / wanted - 1e-9) ?? 10) * power;
  const first = Math.ceil(lower / step - 1e-9);
  const last = Math.floor(upper / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
