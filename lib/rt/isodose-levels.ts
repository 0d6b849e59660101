/** One isodose as the shared view has it: `value` in Gy or in percent of the reference. */
export type IsodoseLevel = { value: number; colour: string; visible: boolean };

/** Percent of the prescription. ICRU 83 asks for 95 to 107; the lower ones show what organs get. */
const PERCENT: readonly (readonly [number, string])[] = [
  [107, '#ff3df2'],
  [105, '#ff2d2d'],
  [100, '#ff8c1a'],
  [95, '#ffe119'],
  [90, '#a8f000'],
  [80, '#2ee66b'],
  [70, '#1fe0d0'],
  [50, '#38a8ff'],
  [30, '#5b6cff'],
  [20, '#a06bff'],
];

export const percentLevels = (): IsodoseLevel[] =>
  PERCENT.map(([value, colour]) => ({ value, colour, visible: true }));

/** Ten round steps of Gy up to the highest dose, for a dose that nobody has prescribed. */
export function gyLevels(maxGy: number): IsodoseLevel[] {
  if (!(maxGy > 0)) return [];
  const rough = maxGy / PERCENT.length;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const count = Math.min(PERCENT.length, Math.floor(maxGy / step + 1e-9));
  return Array.from({ length: count }, (_, index) => ({
    value: Number(((count - index) * step).toPrecision(6)),
    colour: PERCENT[index]?.[1] ?? '#ffffff',
    visible: true,
  }));
}

/** A level in Gy; null where it is a percentage of nothing that is known. */
export function levelGy(
  value: number,
  { unit, referenceGy }: { unit: 'Gy' | 'percent'; referenceGy: number | null },
): number | null {
  if (unit === 'Gy') return value;
  return referenceGy === null ? null : (value * referenceGy) / 100;
}
