import type { DoseGrid } from '../dicom/rtdose.ts';
import { apart } from './box-groups.ts';
import { doseSampler } from './dose-at.ts';
import { maxDose } from './dose-max.ts';
import { curveOf, DoseBends, type DvhCurve, doseAtVolume, type Histogram } from './dvh-histogram.ts';
import { type Walk, walker } from './dvh-walk.ts';
import type { RoiSolid, Slab } from './roi-solid.ts';
import { crossingsOfLines, evenOddArea, rangeOfV } from './scanline.ts';
import { type Cc, ccFromMm3, type Gy, gy } from './units.ts';

/** Lines across the ROI, and layers along its normal: 64 keep the volume at a dose within 0.5 % of analytic shapes. */
const ACROSS = 64;
const FINEST_MM = 0.02;

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
  curve: DvhCurve;
  histogram: Histogram;
};

export type DvhResult = { known: true; dvh: Dvh } | { known: false; reason: 'frame_of_reference_differs' };

/**
 * Dose-volume histogram of a body in a dose. The body is cut into lines: exact in their ends (polygon crossings),
 * ACROSS of them over its extent or two per dose voxel where that is finer, at least 16 over each piece of a slab, one
 * per voxel along the normal within each slab; along each line the trilinear dose is followed from voxel to voxel;
 * weighted so that each piece of each slab has its exact polygon volume.
 */
export function dvhOf(solid: RoiSolid, grid: DoseGrid): DvhResult {
  if (solid.frameOfReferenceUid !== grid.frameOfReferenceUid)
    return { known: false, reason: 'frame_of_reference_differs' };
  const bends = new DoseBends(maxDose(grid));
  const outside = fill(solid, grid, bends);
  const covered = bends.total;
  const common = {
    volume: ccFromMm3(covered + outside),
    covered: ccFromMm3(covered),
    outside: ccFromMm3(outside),
  };
  if (covered === 0) return { known: true, dvh: { ...common, dose: null } };
  const sample = doseSampler(grid);
  for (const slab of solid.slabs) seeSurface(solid, slab, sample, bends);
  const histogram = bends.histogram();
  const dAt = (percent: number): Gy =>
    gy(Math.min(bends.max, Math.max(bends.min, doseAtVolume(histogram, (covered * percent) / 100))));
  return {
    known: true,
    dvh: {
      ...common,
      dose: {
        min: gy(bends.min),
        mean: gy(bends.integral / covered),
        max: gy(bends.max),
        d98: dAt(98),
        d95: dAt(95),
        d50: dAt(50),
        d2: dAt(2),
        curve: curveOf(histogram, { min: bends.min, max: bends.max, covered: common.covered }),
        histogram,
      },
    },
  };
}

/** Walks all lines of the body; returns the mm³ that lie outside of the grid. */
function fill(solid: RoiSolid, grid: DoseGrid, bends: DoseBends): number {
  const steps = stepsOf(solid, grid);
  const walk = walker(grid, solid);
  let outside = 0;
  for (const slab of solid.slabs) {
    // Of several pieces each has lines of its own: of lines over all of them a small one would meet one more or less,
    // by chance, and weigh as much more or less beside the others.
    for (const polygons of apart(slab.polygons))
      outside += fillPiece({ ...slab, polygons }, steps, walk, bends);
  }
  return outside;
}

function fillPiece(piece: Slab, steps: Steps, walk: Walk, bends: DoseBends): number {
  const [low, high] = rangeOfV(piece.polygons);
  // It may be much smaller than the body: never fewer than 16 lines.
  const count = Math.max(16, Math.ceil((high - low) / steps.across));
  const height = (high - low) / count;
  if (!(height > 0)) return 0;
  const first = low + height / 2;
  const { starts, u } = crossingsOfLines(piece.polygons, first, height, count);
  let length = 0;
  for (let at = 0; at + 1 < u.length; at += 2) length += (u[at + 1] ?? 0) - (u[at] ?? 0);
  if (length <= 0) return 0;
  const layers = Math.max(2, Math.ceil((piece.below + piece.above) / steps.along));
  const thickness = (piece.below + piece.above) / layers;
  // mm² that each mm of line stands for.
  const area = (evenOddArea(piece.polygons) / length) * thickness;
  // Each line at a height of its own within its layer, mirrored from layer to layer: all at one height, a dose that
  // grows along the normal would come out as a staircase.
  const parts = new Float64Array(count);
  for (let line = 0; line < count; line += 1) parts[line] = (0.5 + line * GOLDEN) % 1;
  let outside = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let line = 0; line < count; line += 1) {
      const part = parts[line] ?? 0;
      const w = piece.at - piece.below + (layer + (layer % 2 === 0 ? part : 1 - part)) * thickness;
      const end = starts[line + 1] ?? 0;
      for (let at = starts[line] ?? 0; at + 1 < end; at += 2) {
        const from = u[at] ?? 0;
        const run = (u[at + 1] ?? 0) - from;
        if (run > 0) outside += area * walk(bends, from, first + line * height, w, run, area);
      }
    }
  }
  return outside;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** mm between lines across the contours' planes, and between layers of lines along the normal. */
type Steps = { across: number; along: number };

function stepsOf(solid: RoiSolid, grid: DoseGrid): Steps {
  let [low, high] = [Infinity, -Infinity];
  for (const slab of solid.slabs) {
    const [from, to] = rangeOfV(slab.polygons);
    low = Math.min(low, from);
    high = Math.max(high, to);
  }
  const [bottom, top] = heightOf(solid);
  const planeStep = ((grid.offsets.at(-1) ?? 0) - (grid.offsets[0] ?? 0)) / (grid.offsets.length - 1);
  const voxel = Math.min(grid.columnSpacing, grid.rowSpacing, planeStep);
  return {
    across: Math.max(FINEST_MM, Math.min(voxel / 2, (high - low) / ACROSS)),
    along: Math.max(FINEST_MM, Math.min(voxel, (top - bottom) / ACROSS)),
  };
}

function heightOf(solid: RoiSolid): readonly [number, number] {
  const first = solid.slabs[0];
  const last = solid.slabs.at(-1);
  return first && last ? [first.at - first.below, last.at + last.above] : [0, 0];
}

/** The extremes lie on the surface: its vertices on both faces of the slab count for minimum and maximum only. */
function seeSurface(
  solid: RoiSolid,
  slab: Slab,
  sample: (x: number, y: number, z: number) => number,
  bends: DoseBends,
): void {
  const [[ux, uy, uz], [vx, vy, vz], [nx, ny, nz]] = [solid.uAxis, solid.vAxis, solid.normal];
  for (const w of [slab.at - slab.below, slab.at + slab.above]) {
    for (const polygon of slab.polygons) {
      for (let at = 0; at < polygon.length; at += 2) {
        const u = polygon[at] ?? 0;
        const v = polygon[at + 1] ?? 0;
        // As `toPatient` has it, without an array for each of many thousand points. NaN, outside of the grid, is
        // neither lower nor higher.
        bends.see(sample(ux * u + vx * v + nx * w, uy * u + vy * v + ny * w, uz * u + vz * v + nz * w));
      }
    }
  }
}
