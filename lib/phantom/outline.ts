import { blob, interpolate, type Polygon } from './polygon.ts';

/**
 * The body's outline from mid-thigh (z = −500 mm) to the vertex (z = +483 mm). z: half width, half depth, centre y,
 * exponent of the superellipse. x to the patient's left, y to the back, z to the head, in mm; z = 0 is at L2.
 */
const TRUNK = [
  [-345, 150, 88, 6, 2.3],
  [-300, 176, 105, 2, 2.4],
  [-250, 182, 110, 0, 2.5],
  [-180, 173, 105, 0, 2.5],
  [-110, 158, 100, 0, 2.4],
  [-40, 155, 102, 0, 2.4],
  [40, 162, 108, 0, 2.5],
  [120, 172, 112, 0, 2.6],
  [190, 180, 106, 0, 2.6],
  [228, 188, 92, 5, 2.4],
  [250, 160, 78, 8, 2.2],
  [268, 98, 70, 9, 2],
  [284, 64, 61, 7, 2],
  [325, 60, 66, 1, 2],
  [342, 66, 82, -7, 2.1],
  [360, 73, 95, -6, 2.1],
  [400, 77, 98, 0, 2],
  [440, 69, 89, 3, 2],
  [465, 47, 62, 6, 2],
  [478, 22, 30, 7, 2],
  [483, 3, 4, 7, 2],
] as const;

/** Fat under the skin: thickness at the side, in front, at the back. */
const FAT = [
  [-345, 16, 14, 20],
  [-250, 22, 24, 26],
  [-150, 24, 30, 22],
  [-60, 20, 24, 16],
  [60, 14, 12, 11],
  [150, 12, 10, 10],
  [228, 11, 8, 11],
  [270, 7, 5, 9],
  [330, 5, 4, 6],
  [380, 3.5, 3, 4],
  [483, 2, 2, 2],
] as const;

const TOP = 483;
const HIP = -345;

/** One axial plane's skin line, `inset` mm under it: trunk, neck and head in one piece. Empty outside of its range. */
export function trunk(z: number, inset = 0): Polygon | undefined {
  if (z > TOP || z < HIP) return undefined;
  const [a = 0, b = 0, cy = 0, exponent = 2] = interpolate(TRUNK, z);
  if (a - inset < 2 || b - inset < 2) return undefined;
  return blob(0, cy, a - inset, b - inset, {
    exponent,
    uneven: z > 330 ? 0.004 : 0.012,
    phase: z / 90,
    points: 160,
  });
}

/** The muscle wall: the outline under skin and fat. */
export function wall(z: number): Polygon | undefined {
  if (z > TOP || z < HIP) return undefined;
  const [a = 0, b = 0, cy = 0, exponent = 2] = interpolate(TRUNK, z);
  const [side = 0, front = 0, back = 0] = interpolate(FAT, z);
  const depth = b - (front + back) / 2;
  if (a - side < 2 || depth < 2) return undefined;
  return blob(0, cy + (front - back) / 2, a - side, depth, {
    exponent,
    uneven: 0.015,
    phase: 1 + z / 70,
    points: 160,
  });
}

/** Thighs and raised arms: round limbs with their bone. */
export function limbs(
  z: number,
): { skin: Polygon; muscle: Polygon; bone: { x: number; y: number; r: number } }[] {
  const result: { skin: Polygon; muscle: Polygon; bone: { x: number; y: number; r: number } }[] = [];
  for (const side of [-1, 1]) {
    if (z < -285) {
      const t = (-285 - z) / 215;
      const r = 92 - 20 * t;
      const x = side * (90 - 4 * t);
      const y = 4 + 6 * t;
      result.push({
        skin: blob(x, y, r * 0.96, r, { uneven: 0.015, phase: side + z / 80 }),
        muscle: blob(x - side * 3, y - 3, (r - 17) * 0.96, r - 17, {
          uneven: 0.03,
          phase: 2 * side + z / 60,
        }),
        bone: { x: x - side * 2, y: y - 6, r: 15 },
      });
    }
    if (z > 212 && z < 480) {
      const t = (z - 212) / 268;
      const r = 46 - 10 * t;
      const x = side * (176 + 14 * t - 22 * Math.max(0, 1 - t * 5));
      result.push({
        skin: blob(x, 14, r, r * 0.95, { uneven: 0.02, phase: side + z / 70 }),
        muscle: blob(x, 14, r - 8, (r - 8) * 0.95, { uneven: 0.03, phase: z / 50 }),
        bone: { x: x - side * 2, y: 14, r: 12 - 2 * t },
      });
    }
  }
  return result;
}

/** Inside of the rib cage: half width, half depth. */
const CAGE = [
  [-20, 132, 84],
  [40, 139, 90],
  [100, 138, 90],
  [160, 130, 86],
  [200, 116, 78],
  [225, 98, 67],
  [245, 76, 54],
  [262, 48, 38],
  [268, 30, 26],
] as const;

export function cage(z: number): { a: number; b: number; cy: number } | undefined {
  if (z < -20 || z > 268) return undefined;
  const [a = 0, b = 0] = interpolate(CAGE, z);
  return { a, b, cy: z > 200 ? ((z - 200) / 68) * 8 : 0 };
}

/** Where the vertebral bodies' centres run, back (y) and how large they are. */
const SPINE = [
  [-250, 52, 12],
  [-215, 46, 20],
  [-190, 40, 25],
  [-120, 30, 26],
  [-40, 30, 25],
  [60, 38, 22],
  [150, 42, 19],
  [220, 34, 16],
  [280, 18, 13],
  [350, 12, 11],
] as const;

export function spine(z: number): { y: number; r: number } | undefined {
  if (z < -205 || z > 352) return undefined;
  const [y = 0, r = 0] = interpolate(SPINE, z);
  return { y, r };
}
