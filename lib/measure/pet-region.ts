import type { Mm3 } from '../dicom/image-plane.ts';
import { allAbove, keyOf, type Lesion, lesionOf } from './lesion.ts';
import { type Statistics, statisticsOf } from './statistics.ts';
import { type Peak, suvPeak } from './suv-peak.ts';
import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** From which value on a voxel is of the lesion. `liver` is the statistics of a reference region in the liver. */
export type RegionThreshold =
  | { kind: 'none' }
  | { kind: 'fraction'; of: number }
  | { kind: 'suv'; atLeast: number }
  | { kind: 'liver'; liver: Statistics };

/** 41 % of the maximum: EANM procedure guidelines for tumour PET 1.0 (Boellaard 2010) and 2.0 (2015). */
export const EANM_FRACTION = 0.41;

/** In the unit of the grid: SUV of one normalisation. */
export type RegionValues = {
  /** Voxel centres in the region. */
  all: Statistics;
  max: { value: number; at: Mm3 };
  /** Null when no sphere of 1 cm³ lies in the image. */
  peak: Peak | null;
  /** The value from which voxels count; null: all of the region counts. */
  threshold: number | null;
  /** Of the voxels that count. Null: the hottest one is below the threshold. */
  lesion: {
    statistics: Statistics;
    /** Metabolic tumour volume, ml. */
    mtv: number;
    /** Total lesion glycolysis: mean x volume, SUV x ml. */
    tlg: number;
    /** What counts goes on outside of the region: it should be drawn larger. */
    cut: boolean;
    /** ml of the region that reach the threshold and do not count, as they are not joined to the hottest voxel. */
    apart: number;
    found: Lesion;
  } | null;
};

export type RegionResult =
  | { known: true; values: RegionValues }
  /** `empty`: no voxel centre lies in it. `incomplete`: slices are missing or not loaded yet. */
  | { known: false; reason: 'empty' | 'incomplete' };

/**
 * SUVmax, mean, peak, MTV and TLG of a region. A voxel belongs to the region when its centre does. What counts of it is
 * all that reaches a threshold which holds for every lesion alike: a fixed SUV, the liver's. A share of the maximum is
 * one lesion's own: of it counts what is joined face to face to the hottest voxel, and what lies apart is told.
 * No interpolation: stored values only. Of several equally hot voxels the first counts, in the order of places, rows
 * and columns.
 */
export function regionValues(
  grid: VoxelGrid,
  region: readonly Voxel[],
  threshold: RegionThreshold,
): RegionResult {
  const values = region.map((voxel) => grid.value(...voxel));
  if (values.some(Number.isNaN)) return { known: false, reason: 'incomplete' };
  const all = statisticsOf(values);
  const hottest = all && region[values.indexOf(all.max)];
  if (!all || !hottest) return { known: false, reason: 'empty' };
  const from = thresholdOf(threshold, all.max);
  const found = countedOf(grid, region, hottest, threshold, from);
  return {
    known: true,
    values: {
      all,
      max: { value: all.max, at: grid.centre(hottest) },
      peak: suvPeak(grid, region),
      threshold: from,
      lesion: lesionValues(grid, found, from === null ? 0 : apartOf(grid, region, found, from)),
    },
  };
}

/** PERCIST 1.0 (Wahl 2009): a measurable lesion is hotter than 1.5 x the liver's mean + 2 standard deviations. */
export const liverThreshold = ({ mean, sd }: Statistics): number => 1.5 * mean + 2 * sd;

function thresholdOf(threshold: RegionThreshold, max: number): number | null {
  switch (threshold.kind) {
    case 'none':
      return null;
    case 'fraction':
      return threshold.of * max;
    case 'suv':
      return threshold.atLeast;
    case 'liver':
      return liverThreshold(threshold.liver);
  }
}

function countedOf(
  grid: VoxelGrid,
  region: readonly Voxel[],
  hottest: Voxel,
  { kind }: RegionThreshold,
  from: number | null,
): Lesion {
  if (from === null) return { voxels: [...region], keys: new Set(), cut: false };
  return kind === 'fraction' ? lesionOf(grid, region, hottest, from) : allAbove(grid, region, from);
}

/** ml that reach the threshold and are not among what counts. */
function apartOf(grid: VoxelGrid, region: readonly Voxel[], { keys }: Lesion, from: number): number {
  let mm3 = 0;
  for (const voxel of region)
    if (grid.value(...voxel) >= from && !keys.has(keyOf(grid, voxel))) mm3 += grid.volumeMm3(voxel[2]);
  return mm3 / 1000;
}

function lesionValues(grid: VoxelGrid, found: Lesion, apart: number): RegionValues['lesion'] {
  const statistics = statisticsOf(found.voxels.map((voxel) => grid.value(...voxel)));
  if (!statistics) return null;
  let [mm3, glycolysis] = [0, 0];
  for (const voxel of found.voxels) {
    const volume = grid.volumeMm3(voxel[2]);
    mm3 += volume;
    glycolysis += volume * grid.value(...voxel);
  }
  return { statistics, mtv: mm3 / 1000, tlg: glycolysis / 1000, cut: found.cut, apart, found };
}
