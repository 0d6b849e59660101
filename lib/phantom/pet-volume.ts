import { lesions, structures } from './anatomy.ts';
import { limbs, spine, trunk, wall } from './outline.ts';
import { blob, fill, type Grid, type Polygon } from './polygon.ts';
import { noiseTile } from './random.ts';

/** Square axial images; `bottom` is the lowest slice's z. mm. */
export const petPlanes = { size: 168, pixel: 4.07283, bottom: -496.5, spacing: 5, count: 197 } as const;

/** Full width at half maximum of the scanner's point spread, mm. */
export const PSF_FWHM = 6;
const SIGMA = PSF_FWHM / 2.354820045;
/** Painted at half the pixel and half the slice, so that the blur starts from shapes and not from steps. */
const FINE = 2;
/** Noise of a voxel in SUV is this times the root of its SUV: about 9 % in the liver. */
const NOISE = 0.13;

/** The uptake as a PET scanner shows it, in SUV by body weight, slice by slice from the feet. */
export function* petSlices(seed: number, first = 0, last = petPlanes.count - 1): Generator<Float32Array> {
  const half = petPlanes.spacing / FINE;
  const kernel = gaussian(SIGMA / half, 4);
  const kept = new Map<number, Float32Array>();
  const noise = noiseTile(256, seed + 77, 0.9);
  const fine = (index: number): Float32Array => {
    let slice = kept.get(index);
    if (!slice) {
      slice = blurredUptake(petPlanes.bottom + (index - (FINE - 1) / 2) * half);
      kept.set(index, slice);
    }
    return slice;
  };
  for (let number = first; number <= last; number += 1) {
    const sum = new Float32Array(petPlanes.size ** 2);
    for (let part = 0; part < FINE; part += 1)
      for (const [offset, weight] of kernel) {
        const from = fine(number * FINE + part + offset);
        for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (weight / FINE) * (from[i] ?? 0);
      }
    for (const index of kept.keys()) if (index < (number + 1) * FINE - 4) kept.delete(index);
    yield withNoise(sum, noise, number);
  }
}

function gaussian(sigma: number, reach: number): [offset: number, weight: number][] {
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const weights = offsets.map((offset) => Math.exp(-(offset ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return offsets.map((offset, i) => [offset, (weights[i] ?? 0) / total]);
}

function withNoise(slice: Float32Array, noise: Float32Array, number: number): Float32Array {
  const shift = (number * 7919) & 0xffff;
  const result = new Float32Array(slice.length);
  for (let i = 0; i < result.length; i += 1) {
    const suv = slice[i] ?? 0;
    const row = Math.floor(i / petPlanes.size);
    const column = i % petPlanes.size;
    const grain = noise[((row + (shift >> 8)) & 255) * 256 + ((column + (shift & 255)) & 255)] ?? 0;
    result[i] = Math.max(0, suv + grain * NOISE * Math.sqrt(suv + 0.01));
  }
  return result;
}

/** One fine slice: painted, blurred in the plane, brought down to the scanner's pixels. */
function blurredUptake(z: number): Float32Array {
  const size = petPlanes.size * FINE;
  const spacing = petPlanes.pixel / FINE;
  const grid = { size, spacing, origin: (-spacing * (size - 1)) / 2 };
  const image = new Float32Array(size * size);
  paintUptake(z, grid, image);
  const kernel = gaussian(SIGMA / spacing, 4);
  const rows = convolve(image, size, kernel, 1);
  const both = convolve(rows, size, kernel, size);
  const result = new Float32Array(petPlanes.size ** 2);
  for (let y = 0; y < petPlanes.size; y += 1)
    for (let x = 0; x < petPlanes.size; x += 1) {
      const at = y * FINE * size + x * FINE;
      result[y * petPlanes.size + x] =
        ((both[at] ?? 0) + (both[at + 1] ?? 0) + (both[at + size] ?? 0) + (both[at + size + 1] ?? 0)) / 4;
    }
  return result;
}

/** Only the rows between the first and the last painted pixel are looked at: the rest is air. */
function convolve(
  image: Float32Array,
  size: number,
  kernel: readonly [number, number][],
  stride: number,
): Float32Array {
  const result = new Float32Array(image.length);
  const margin = 4 * size;
  const first = image.findIndex((value) => value > 0);
  if (first < 0) return result;
  let last = image.length - 1;
  while (image[last] === 0) last -= 1;
  const from = Math.max(margin, first - margin);
  const to = Math.min(image.length - margin, last + margin);
  for (const [offset, weight] of kernel) {
    const step = offset * stride;
    for (let i = from; i < to; i += 1) result[i] = (result[i] ?? 0) + weight * (image[i + step] ?? 0);
  }
  return result;
}

/** Uptake before the blur, the fainter first; lesions last, so that none is painted over. */
function paintUptake(z: number, grid: Grid, image: Float32Array): void {
  const paint = (polygon: Polygon | undefined, suv: number) => {
    if (polygon)
      fill(polygon, grid, (row, from, to) =>
        image.fill(suv, row * grid.size + from, row * grid.size + to + 1),
      );
  };
  for (const { skin } of limbs(z)) paint(skin, 0.3);
  paint(trunk(z), 0.3);
  for (const { muscle } of limbs(z)) paint(muscle, 0.65);
  paint(wall(z), 0.7);
  for (const structure of structures)
    if (structure.kind === 'ORGAN' && structure.suv !== undefined)
      for (const polygon of structure.section(z)) paint(polygon, structure.suv);
  paintTracks(z, paint);
  for (const lesion of lesions)
    for (const polygon of structures.find((one) => one.name === lesion.name)?.section(z) ?? [])
      paint(polygon, lesion.suv);
}

/** What glows in every patient besides the contoured organs: marrow, blood pool, left ventricle, tonsils, renal pelves, gut. */
function paintTracks(z: number, paint: (polygon: Polygon, suv: number) => void): void {
  const back = spine(z);
  if (back) {
    paint(blob(0, back.y, back.r * 0.95, back.r * 0.7), 1.5);
    if (z > -20) paint(blob(0, back.y + back.r * 0.86 + 9, 5.6, 4.6), 1.4);
    if (z > -150 && z < 176) paint(blob(z < 0 ? 12 : 22, back.y - back.r * 0.7 - 16, 11.5, 11.5), 1.7);
  }
  if (z > 142 && z < 232) paint(blob(-24, -21, 10, 11), 1.7);
  const ventricle = 1 - ((z - 98) / 30) ** 2;
  if (ventricle > 0) {
    const share = Math.sqrt(ventricle);
    paint(blob(38, -20, 26 * share, 21 * share, { turn: 0.5 }), 3.4);
    if (ventricle > 0.3) paint(blob(38, -20, 26 * share - 10, 21 * share - 10, { turn: 0.5 }), 1.8);
  }
  for (const side of [-1, 1]) {
    if (z > 322 && z < 340) paint(blob(side * 15, 0, 6, 7), 3.2);
    const pelvis = side === 1 ? -46 : -60;
    if (Math.abs(z - pelvis) < 16) paint(blob(side * 57, 35, 8, 7), 14);
    if (z > -230 && z < pelvis - 16 && Math.sin(z / 23 + side) > 0.55) paint(blob(side * 34, 16, 3, 3), 5);
  }
  if (z > -180 && z < -20) paint(blob(-88 + 6 * Math.sin(z / 17), -14, 15, 13), 1.4);
}
