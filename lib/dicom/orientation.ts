import type { Mm3 } from './image-plane.ts';

/** Letters of the patient's directions. HFS and biped alike: x to the left, y to the back, z to the head. */
const AXES = [
  { positive: 'L', negative: 'R' },
  { positive: 'P', negative: 'A' },
  { positive: 'H', negative: 'F' },
] as const;

/** Cosine below which a component is not named: 5 degrees off an axis still reads as that axis alone. */
const THRESHOLD = 0.0872;

/**
 * The mark for the edge a direction points to, strongest axis first (PS3.3 C.7.6.1.1.1 on Patient Orientation), e.g.
 * `L`, or `PL` for an oblique one. At most three letters.
 * @param direction unit vector in patient mm
 */
export function orientationMark(direction: Mm3): string {
  return direction
    .map((value, axis) => ({ size: Math.abs(value), letter: letterOf(axis, value) }))
    .filter(({ size }) => size > THRESHOLD)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('');
}

function letterOf(axis: number, value: number): string {
  const letters = AXES[axis];
  if (!letters) return '';
  return value >= 0 ? letters.positive : letters.negative;
}

export const opposite = (direction: Mm3): Mm3 => [-direction[0], -direction[1], -direction[2]];
