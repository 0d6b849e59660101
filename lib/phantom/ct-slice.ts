import { ellipsoid, lesions, type Section } from './anatomy.ts';
import { AIR, type OrganModel, type Paint, paintNeckAndHead, paintTrunk } from './ct-organs.ts';
import { limbs, trunk, wall } from './outline.ts';
import { blob, fill, type Grid, type Polygon } from './polygon.ts';
import { noiseTile, random } from './random.ts';
import { bones } from './skeleton.ts';
import { lungTree } from './vessels.ts';

/** What of the patient is drawn from the seed once, for all slices. */
export type CtModel = OrganModel & {
  noise: Float32Array;
  marbling: Float32Array;
  seed: number;
  masses: readonly Mass[];
};

/** A lesion as CT shows it. */
export type Mass = { section: Section; hu: number };

const hodgkinMasses: readonly Mass[] = lesions
  .filter((lesion) => lesion.onCt)
  .map((lesion) => ({ section: ellipsoid(lesion.shape), hu: lesion.hu }));

export function ctModel(seed: number, masses: readonly Mass[] = hodgkinMasses): CtModel {
  const next = random(seed + 5);
  const bowel = Array.from({ length: 58 }, () => {
    const z = -210 + 200 * next();
    const angle = 2 * Math.PI * next();
    const out = Math.sqrt(next());
    return {
      x: 98 * out * Math.cos(angle),
      y: -22 + 44 * out * Math.sin(angle),
      z,
      r: 12 + 9 * next(),
      gas: next(),
      phase: 6 * next(),
    };
  });
  return {
    noise: noiseTile(256, seed + 1, 1.1),
    marbling: noiseTile(256, seed + 2, 2.6),
    trees: [...lungTree(1, seed), ...lungTree(-1, seed)],
    bowel,
    seed,
    masses,
  };
}

/** One axial CT slice in Hounsfield units, as the scanner would show it: partial volumes and grain included. */
export function ctSlice(model: CtModel, z: number, grid: Grid): Int16Array {
  const image = new Float32Array(grid.size * grid.size).fill(AIR);
  const paint = (polygon: Polygon | undefined, hu: number) => {
    if (polygon)
      fill(polygon, grid, (row, from, to) =>
        image.fill(hu, row * grid.size + from, row * grid.size + to + 1),
      );
  };
  paintTable(paint);
  paintBody(model, z, grid, image, paint);
  paintTrunk(model, z, paint);
  for (const { polygon, hu } of bones(z)) paint(polygon, hu);
  paintNeckAndHead(z, paint);
  for (const { section, hu } of model.masses) for (const polygon of section(z)) paint(polygon, hu);
  return finish(model, z, grid, image);
}

function paintTable(paint: Paint): void {
  paint(blob(0, 112, 218, 34, { exponent: 3, points: 120 }), -60);
  paint(blob(0, 111, 213, 31, { exponent: 3, points: 120 }), -930);
  paint(blob(0, 90, 226, 22, { exponent: 3, points: 120 }), AIR);
}

function paintBody(model: CtModel, z: number, grid: Grid, image: Float32Array, paint: Paint): void {
  const free = limbs(z);
  for (const { skin } of free) paint(skin, 20);
  paint(trunk(z), 20);
  for (const { skin } of free) paint(shrink(skin, 2), -104);
  paint(trunk(z, 1.8), -104);
  for (const limb of free) paintMuscle(model, z, grid, image, limb.muscle);
  const inner = wall(z);
  if (inner) paintMuscle(model, z, grid, image, inner);
}

/** Muscle with the fat between its bundles, which run along the body and change slowly on their way. */
function paintMuscle(model: CtModel, z: number, grid: Grid, image: Float32Array, polygon: Polygon): void {
  const layer = Math.floor(z / 18);
  const upper = z / 18 - layer;
  const lower = 1 - upper;
  const scale = 1 / Math.hypot(upper, lower);
  const grainAt = (row: number, column: number, shift: number) =>
    model.marbling[((row + shift * 3) & 255) * 256 + ((column + shift) & 255)] ?? 0;
  fill(polygon, grid, (row, from, to) => {
    for (let column = from; column <= to; column += 1) {
      const y = row >> 1;
      const x = column >> 1;
      const grain = scale * (lower * grainAt(y, x, layer) + upper * grainAt(y, x, layer + 1));
      image[row * grid.size + column] = grain > 1.75 ? -70 : 54 + 4 * grain;
    }
  });
}

function shrink(polygon: Polygon, by: number): Polygon {
  let cx = 0;
  let cy = 0;
  const n = polygon.length / 2;
  for (let i = 0; i < n; i += 1) {
    cx += (polygon[2 * i] ?? 0) / n;
    cy += (polygon[2 * i + 1] ?? 0) / n;
  }
  return polygon.map((value, i) => {
    const centre = i % 2 ? cy : cx;
    const distance = value - centre;
    return centre + distance * (1 - by / 60);
  });
}

/** Smooths as the detector does, adds the grain of its noise, and rounds to integers. */
function finish(model: CtModel, z: number, grid: Grid, image: Float32Array): Int16Array {
  const { size } = grid;
  const result = new Int16Array(image.length);
  const next = random(model.seed * 31 + Math.round(z * 8) + 4000);
  const ox = Math.floor(next() * 256);
  const oy = Math.floor(next() * 256);
  for (let y = 0; y < size; y += 1) {
    const up = Math.max(0, y - 1) * size;
    const at = y * size;
    const down = Math.min(size - 1, y + 1) * size;
    for (let x = 0; x < size; x += 1) {
      const l = Math.max(0, x - 1);
      const r = Math.min(size - 1, x + 1);
      const centre = image[at + x] ?? 0;
      const sides =
        (image[at + l] ?? 0) + (image[at + r] ?? 0) + (image[up + x] ?? 0) + (image[down + x] ?? 0);
      const corners =
        (image[up + l] ?? 0) + (image[up + r] ?? 0) + (image[down + l] ?? 0) + (image[down + r] ?? 0);
      const smooth = (centre * 4 + sides * 2 + corners) / 16;
      const grain = model.noise[((y + oy) & 255) * 256 + ((x + ox) & 255)] ?? 0;
      const deviation = smooth < -950 ? 5 : smooth < -600 ? 16 : 11;
      result[at + x] = Math.max(-1024, Math.min(3071, Math.round(smooth + deviation * grain)));
    }
  }
  return result;
}
