import type { DoseGrid } from '../dicom/rtdose.ts';
import { doseSampler } from './dose-at.ts';
import { type RoiSolid, type Slab, toPatient } from './roi-solid.ts';
import { boundsOf, crossings, evenOddArea } from './scanline.ts';
import { type Cc, ccFromMm3, type Gy, gy } from './units.ts';

/** Samples across the smaller side of the ROI: 64 keep the volume at a dose within 0.5 % of analytic shapes. */
const ACROSS = 64;
const FINEST_MM = 0.02;
const BINS = 20_000;
const CURVE_POINTS = 500;

export type Dvh = {
  volume: Cc;
  /** What lies on the dose grid: all figures below are of this part. */
  covered: Cc;
  /** What lies outside: its dose is unknown, which is not zero. */
  outside: Cc;
  /** Null when no part of the ROI lies on the grid. */
  dose: DoseFigures | null;
};

export type DoseFigures = {
  min: Gy;
  mean: Gy;
  max: Gy;
  /** Dx: the dose that the hottest x % of the covered volume receive at least. */
  d98: Gy;
  d95: Gy;
  d50: Gy;
  d2: Gy;
  /** Cumulative: the volume that receives at least that dose. */
  curve: { dose: Gy[]; volume: Cc[] };
};

export type DvhResult = { known: true; dvh: Dvh } | { known: false; reason: 'frame_of_reference_differs' };

/**
 * Dose-volume histogram of a body in a dose. The body is cut into lines: exact in their ends (polygon crossings),
 * ACROSS of them over its smaller side or one per dose voxel where that is finer, and as finely along the normal within
 * each slab; sampled along each line at the same distance; weighted so that each slab has its exact polygon volume.
 */
export function dvhOf(solid: RoiSolid, grid: DoseGrid): DvhResult {
  if (solid.frameOfReferenceUid !== grid.frameOfReferenceUid)
    return { known: false, reason: 'frame_of_reference_differs' };
  const sample = doseSampler(grid);
  const step = stepsOf(solid, grid);
  const range = { min: Infinity, max: -Infinity };
  let outside = 0;
  let covered = 0;
  let weighted = 0;
  forEachSample(solid, step, sample, (dose, volume) => {
    if (Number.isNaN(dose)) {
      outside += volume;
      return;
    }
    covered += volume;
    weighted += volume * dose;
    range.min = Math.min(range.min, dose);
    range.max = Math.max(range.max, dose);
  });
  const common = {
    volume: ccFromMm3(covered + outside),
    covered: ccFromMm3(covered),
    outside: ccFromMm3(outside),
  };
  if (covered === 0) return { known: true, dvh: { ...common, dose: null } };

  const width = Math.max((range.max - range.min) / BINS, 1e-9);
  // cumulative[k]: mm³ that receive at least min + k · width
  const cumulative = new Float64Array(BINS + 2);
  forEachSample(solid, step, sample, (dose, volume) => {
    if (Number.isNaN(dose)) return;
    const bin = Math.min(BINS, Math.floor((dose - range.min) / width));
    cumulative[bin] = (cumulative[bin] ?? 0) + volume;
  });
  for (let bin = BINS; bin >= 0; bin -= 1)
    cumulative[bin] = (cumulative[bin] ?? 0) + (cumulative[bin + 1] ?? 0);
  const histogram = { min: range.min, width, cumulative };
  const dAt = (percent: number): Gy => gy(doseAtVolume(histogram, (covered * percent) / 100));
  return {
    known: true,
    dvh: {
      ...common,
      dose: {
        min: gy(range.min),
        mean: gy(weighted / covered),
        max: gy(range.max),
        d98: dAt(98),
        d95: dAt(95),
        d50: dAt(50),
        d2: dAt(2),
        curve: curveOf(histogram, range.max),
      },
    },
  };
}

type Steps = { inPlane: number; along: number };

function stepsOf(solid: RoiSolid, grid: DoseGrid): Steps {
  const bounds = boundsOf(solid.slabs.flatMap((slab) => slab.polygons));
  const side = Math.min(bounds.u[1] - bounds.u[0], bounds.v[1] - bounds.v[0]);
  const first = solid.slabs[0];
  const last = solid.slabs.at(-1);
  const height = first && last ? last.at + last.above - first.at + first.below : 0;
  const planeStep = ((grid.offsets.at(-1) ?? 0) - (grid.offsets[0] ?? 0)) / (grid.offsets.length - 1);
  const voxel = Math.min(grid.columnSpacing, grid.rowSpacing, planeStep);
  return {
    inPlane: Math.max(FINEST_MM, Math.min(voxel, side / ACROSS)),
    along: Math.max(FINEST_MM, Math.min(voxel, height / ACROSS)),
  };
}

type Sampler = (x: number, y: number, z: number) => number;

/** Calls `visit(dose, mm³)` for every sample of the body; NaN where the grid has no dose. */
function forEachSample(
  solid: RoiSolid,
  steps: Steps,
  sample: Sampler,
  visit: (dose: number, volume: number) => void,
): void {
  for (const slab of solid.slabs) {
    const lines = linesOf(slab, steps.inPlane);
    if (lines.length === 0) continue;
    const sampled = lines.reduce((sum, line) => sum + (line.to - line.from) * line.height, 0);
    const layers = Math.max(2, Math.ceil((slab.below + slab.above) / steps.along));
    const thickness = (slab.below + slab.above) / layers;
    const weight = (evenOddArea(slab.polygons) / sampled) * thickness;
    for (let layer = 0; layer < layers; layer += 1) {
      const w = slab.at - slab.below + (layer + 0.5) * thickness;
      for (const line of lines) {
        const count = Math.max(1, Math.ceil((line.to - line.from) / steps.inPlane));
        const length = (line.to - line.from) / count;
        let [x, y, z] = toPatient(solid, line.from + length / 2, line.v, w);
        for (let index = 0; index < count; index += 1) {
          visit(sample(x, y, z), length * line.height * weight);
          x += solid.uAxis[0] * length;
          y += solid.uAxis[1] * length;
          z += solid.uAxis[2] * length;
        }
      }
    }
    visitSurface(solid, slab, sample, visit);
  }
}

/** The extremes lie on the surface: its vertices on both faces of the slab count for minimum and maximum only. */
function visitSurface(
  solid: RoiSolid,
  slab: Slab,
  sample: Sampler,
  visit: (dose: number, volume: number) => void,
): void {
  for (const w of [slab.at - slab.below, slab.at + slab.above]) {
    for (const polygon of slab.polygons) {
      for (let at = 0; at < polygon.length; at += 2) {
        const dose = sample(...toPatient(solid, polygon[at] ?? 0, polygon[at + 1] ?? 0, w));
        if (!Number.isNaN(dose)) visit(dose, 0);
      }
    }
  }
}

type Line = { v: number; from: number; to: number; height: number };

function linesOf(slab: Slab, step: number): Line[] {
  const { v } = boundsOf(slab.polygons);
  // A slice of the body may be much smaller than the body: never fewer than 16 lines.
  const count = Math.max(16, Math.ceil((v[1] - v[0]) / step));
  const height = (v[1] - v[0]) / count;
  const lines: Line[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = v[0] + (index + 0.5) * height;
    const ends = crossings(slab.polygons, at);
    for (let end = 0; end + 1 < ends.length; end += 2) {
      const from = ends[end] ?? 0;
      const to = ends[end + 1] ?? 0;
      if (to > from) lines.push({ v: at, from, to, height });
    }
  }
  return lines;
}

type Histogram = { min: number; width: number; cumulative: Float64Array };

/** The dose that the hottest `volume` mm³ receive at least, linear within a bin. */
function doseAtVolume({ min, width, cumulative }: Histogram, volume: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) >= volume) low = middle;
    else high = middle;
  }
  const upper = cumulative[low] ?? 0;
  const lower = cumulative[high] ?? 0;
  return min + (low + (upper > lower ? (upper - volume) / (upper - lower) : 0)) * width;
}

function curveOf({ min, width, cumulative }: Histogram, max: number): DoseFigures['curve'] {
  const rough = max / CURVE_POINTS;
  const power = 10 ** Math.floor(Math.log10(rough || 1e-3));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const dose: Gy[] = [];
  const volume: Cc[] = [];
  for (let index = 0; index === 0 || (index - 1) * step < max; index += 1) {
    const at = (index * step - min) / width;
    const bin = Math.floor(at);
    const here = at <= 0 ? (cumulative[0] ?? 0) : (cumulative[bin] ?? 0);
    const next = at <= 0 ? here : (cumulative[bin + 1] ?? 0);
    dose.push(gy(Number((index * step).toPrecision(12))));
    volume.push(ccFromMm3(here + (next - here) * (at <= 0 ? 0 : at - bin)));
  }
  return { dose, volume };
}
