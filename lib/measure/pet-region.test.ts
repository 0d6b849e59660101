import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import { hottestCentre } from './peak-search.ts';
import { EANM_FRACTION, liverThreshold, type RegionThreshold, regionValues } from './pet-region.ts';
import { sphereMean } from './sphere-mean.ts';
import { PEAK_RADIUS } from './suv-peak.ts';
import { type FixtureGrid, volumeOf } from './volume.fixture.ts';
import { type VoxelGrid, voxelGrid, voxelsWithin } from './voxel-grid.ts';

const fine: FixtureGrid = { size: [61, 61, 61], spacing: [1, 1, 1] };
/** A PET scanner's voxels: not as tall as wide, and nothing centred on one. */
const pet: FixtureGrid = { size: [30, 31, 24], spacing: [4.07, 4.07, 5] };
const oblique: FixtureGrid = {
  ...pet,
  directions: [
    [0.8, 0.6, 0],
    [-0.36, 0.48, 0.8],
  ],
};

const sphereOf = (radius: number, hot: number, cold: number, at: Mm3 = [0, 0, 0]) => {
  return (x: number, y: number, z: number) =>
    Math.hypot(x - at[0], y - at[1], z - at[2]) <= radius ? hot : cold;
};
const gaussian = (height: number, sigma: number, at: Mm3 = [0, 0, 0]) => {
  return (x: number, y: number, z: number) =>
    height * Math.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2 + (z - at[2]) ** 2) / (2 * sigma * sigma));
};

function valuesOf(grid: VoxelGrid, radius: number, threshold: RegionThreshold, at: Mm3 = [0, 0, 0]) {
  const found = regionValues(grid, voxelsWithin(grid, at, radius), threshold);
  if (!found.known) throw new Error(found.reason);
  return found.values;
}

describe('a uniform sphere', () => {
  test.each([
    ['41 % of the maximum', { kind: 'fraction', of: EANM_FRACTION }, 4.1],
    ['a fixed SUV of 2.5', { kind: 'suv', atLeast: 2.5 }, 2.5],
    ['a fixed SUV of 4.0', { kind: 'suv', atLeast: 4 }, 4],
    [
      'the liver: 1.5 x mean + 2 SD',
      { kind: 'liver', liver: { count: 100, mean: 2, sd: 0.25, min: 1, max: 3 } },
      3.5,
    ],
  ] as const)('%s: MTV is the sphere’s volume, TLG ten times it', (_, threshold, from) => {
    const values = valuesOf(voxelGrid(volumeOf(sphereOf(20, 10, 1), fine)), 28, threshold);
    const volume = (4 / 3) * Math.PI * 20 ** 3 * 1e-3;
    expect(values.threshold).toBeCloseTo(from, 9);
    // 33 ml of voxels of 1 µl: the surface's rounding is less than a percent.
    expect(Math.abs((values.lesion?.mtv ?? 0) / volume - 1)).toBeLessThan(0.005);
    expect(values.lesion?.tlg).toBeCloseTo(10 * (values.lesion?.mtv ?? 0), 6);
    expect(values.lesion).toMatchObject({ cut: false, statistics: { mean: 10, sd: 0, min: 10, max: 10 } });
    expect(values.peak?.value).toBeCloseTo(10, 9);
  });

  test('without a threshold all of the region counts', () => {
    const values = valuesOf(voxelGrid(volumeOf(sphereOf(10, 10, 1), fine)), 20, { kind: 'none' });
    expect(values.threshold).toBeNull();
    expect(values.lesion?.mtv).toBeCloseTo(values.all.count / 1000, 9);
    expect(values.lesion?.statistics.mean).toBeCloseTo(values.all.mean, 9);
    expect(values.all.mean).toBeCloseTo(1 + 9 / 8, 1);
  });

  test('a region that cuts the lesion says so', () => {
    const grid = voxelGrid(volumeOf(sphereOf(20, 10, 1), fine));
    expect(valuesOf(grid, 15, { kind: 'suv', atLeast: 4 }).lesion?.cut).toBe(true);
    expect(valuesOf(grid, 22, { kind: 'suv', atLeast: 4 }).lesion?.cut).toBe(false);
  });

  test('below the threshold there is no lesion; SUVmax is told all the same', () => {
    const values = valuesOf(voxelGrid(volumeOf(sphereOf(20, 2, 1), fine)), 25, { kind: 'suv', atLeast: 2.5 });
    expect(values).toMatchObject({ lesion: null, max: { value: 2 } });
  });
});

describe('two foci in one region', () => {
  /** ml: 2109 voxels of 1 µl have their centre within 8 mm. */
  const node = 2.109;
  const both = (x: number, y: number, z: number) =>
    Math.max(sphereOf(8, 10, 1, [-15, 0, 0])(x, y, z), sphereOf(8, 9, 1, [15, 0, 0])(x, y, z));

  test.each<[string, RegionThreshold]>([
    ['a fixed SUV', { kind: 'suv', atLeast: 4 }],
    ['the liver’s', { kind: 'liver', liver: { count: 100, mean: 2, sd: 0.25, min: 1, max: 3 } }],
  ])('%s is reached by both: both count', (_, threshold) => {
    const values = valuesOf(voxelGrid(volumeOf(both, fine)), 28, threshold);
    expect(values.lesion?.mtv).toBeCloseTo(2 * node, 9);
    expect(values.lesion?.tlg).toBeCloseTo(9.5 * (values.lesion?.mtv ?? 0), 6);
    expect(values.lesion).toMatchObject({ apart: 0, cut: false, statistics: { min: 9, max: 10 } });
    expect(values.lesion?.found.keys.size).toBe(values.lesion?.statistics.count);
  });

  test('41 % is a share of one lesion’s maximum: that lesion counts, and how much lies apart is told', () => {
    const grid = voxelGrid(volumeOf(both, fine));
    const values = valuesOf(grid, 28, { kind: 'fraction', of: EANM_FRACTION });
    expect(values.lesion?.mtv).toBeCloseTo(node, 9);
    expect(values.lesion?.statistics.min).toBe(10);
    expect(values.lesion?.apart).toBeCloseTo(node, 9);
    expect(valuesOf(grid, 12, { kind: 'fraction', of: 0.41 }, [-15, 0, 0]).lesion?.apart).toBe(0);
  });

  test('where the region cuts the second one, it says so', () => {
    const grid = voxelGrid(volumeOf(both, fine));
    expect(valuesOf(grid, 14, { kind: 'suv', atLeast: 4 }, [-10, 0, 0]).lesion?.cut).toBe(false);
    expect(valuesOf(grid, 17, { kind: 'suv', atLeast: 4 }, [-6, 0, 0]).lesion?.cut).toBe(true);
  });

  test('voxels that meet at an edge or a corner are not joined: 6-connectivity', () => {
    const two = (x: number, y: number, z: number) =>
      (x === 0 && y === 0 && z === 0) || (x === 1 && y === 1 && z === 0) || (x === 0 && y === 1 && z === 1)
        ? 5
        : 0;
    const values = valuesOf(voxelGrid(volumeOf(two, fine)), 5, { kind: 'fraction', of: 0.41 });
    expect(values.lesion?.statistics.count).toBe(1);
    expect(values.lesion?.apart).toBeCloseTo(0.002, 12);
  });
});

describe('SUVpeak', () => {
  test('the sphere has 1 cm³ and is 12.4 mm across', () => {
    expect((4 / 3) * Math.PI * PEAK_RADIUS ** 3).toBeCloseTo(1000, 9);
    expect(2 * PEAK_RADIUS).toBeCloseTo(12.407, 3);
  });

  /** Mean of A exp(-r²/2s²) over a sphere of radius R round its centre, integrated by parts. */
  function meanOfGaussian(height: number, s: number, radius: number): number {
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i += 1) {
      const r = ((i + 0.5) / steps) * radius;
      sum += r * r * Math.exp((-r * r) / (2 * s * s));
    }
    return (height * 3 * sum * (radius / steps)) / radius ** 3;
  }

  // Voxels count with their stored value, in steps of some mm: on a scanner's grid that is a few percent of the slope.
  test.each<[string, FixtureGrid, Mm3, number]>([
    ['fine voxels', fine, [0, 0, 0], 0.002],
    ['fine voxels, the maximum between them', fine, [0.4, -0.3, 0.5], 0.002],
    ['a scanner’s voxels', pet, [1.1, -0.7, 1.9], 0.05],
    ['a scanner’s voxels, oblique', oblique, [1.1, -0.7, 1.9], 0.05],
  ])('of a gaussian, against its integral: %s', (_, shape, at, share) => {
    const grid = voxelGrid(volumeOf(gaussian(12, 8, at), shape));
    const { peak } = valuesOf(grid, 25, { kind: 'none' }, at);
    const expected = meanOfGaussian(12, 8, PEAK_RADIUS);
    expect(Math.abs((peak?.value ?? 0) / expected - 1)).toBeLessThan(share);
    const off = Math.hypot(...at.map((value, axis) => value - (peak?.at[axis] ?? 0)));
    expect(off).toBeLessThan(Math.min(...shape.spacing) / 2);
  });

  test('it is where its mean is highest, not where the hottest voxel is', () => {
    // One hot voxel of noise at the edge of a warm ball.
    const noisy = (x: number, y: number, z: number) =>
      x === 9 && y === 0 && z === 0 ? 11 : sphereOf(10, 10, 0)(x, y, z);
    const grid = voxelGrid(volumeOf(noisy, fine));
    const values = valuesOf(grid, 20, { kind: 'none' });
    expect(values.max).toEqual({ value: 11, at: [9, 0, 0] });
    expect(values.peak?.value).toBeGreaterThan(9.99);
    expect(sphereMean(grid, [39, 30, 30], PEAK_RADIUS)).toBeLessThan(8);
  });

  test('it is looked for in the whole region, however far from a hotter voxel of noise', () => {
    const four: FixtureGrid = { size: [41, 41, 41], spacing: [4, 4, 4] };
    const lesion = sphereOf(15, 10, 2, [20, 0, 0]);
    const noisy = (x: number, y: number, z: number) =>
      x === -32 && y === 0 && z === 0 ? 12 : lesion(x, y, z);
    const values = valuesOf(voxelGrid(volumeOf(noisy, four)), 45, { kind: 'fraction', of: 0.41 });
    expect(values.max).toEqual({ value: 12, at: [-32, 0, 0] });
    expect(values.peak?.value).toBeCloseTo(10, 9);
    expect(Math.hypot((values.peak?.at[0] ?? 0) - 20, values.peak?.at[1] ?? 0)).toBeLessThan(9);
  });

  test.each<[string, FixtureGrid, number]>([
    ['a scanner’s voxels', pet, 0],
    ['oblique', oblique, 0],
    ['slices that are not equally far apart', pet, 0.2],
  ])('no sphere round a voxel of the region has a higher mean: %s', (_, shape, uneven) => {
    let state = 7;
    const noise = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const volume = volumeOf((x, y, z) => gaussian(4, 9, [15, -9, 4])(x, y, z) + 2 * noise(), shape);
    const { geometry } = volume;
    const offsets = geometry.offsets.map((offset, place) => offset + uneven * (place % 3));
    const grid = voxelGrid({ ...volume, geometry: { ...geometry, offsets } });
    const region = voxelsWithin(grid, [4, 3, -2], 30);
    const highest = Math.max(...region.map((voxel) => sphereMean(grid, voxel, PEAK_RADIUS)));
    const { peak } = valuesOf(grid, 30, { kind: 'none' }, [4, 3, -2]);
    const centre = hottestCentre(grid, region, PEAK_RADIUS);
    expect(centre && sphereMean(grid, centre, PEAK_RADIUS)).toBeCloseTo(highest, 12);
    expect(peak?.value).toBeGreaterThanOrEqual(highest);
    expect(peak?.value).toBeLessThan(1.1 * highest);
  });

  test('at the edge of the image no sphere is whole: there is none', () => {
    const flat: FixtureGrid = { size: [20, 20, 3], spacing: [2, 2, 2] };
    expect(valuesOf(voxelGrid(volumeOf(() => 3, flat)), 4, { kind: 'none' }).peak).toBeNull();
  });
});

describe('a gaussian at 41 %', () => {
  // A exp(-r²/2s²) = T at r = s √(2 ln(A/T)); T is 41 % of the hottest voxel, which is not quite A.
  test.each<[string, FixtureGrid, number]>([
    ['fine voxels', fine, 0.01],
    ['a scanner’s voxels', pet, 0.08],
    ['a scanner’s voxels, oblique', oblique, 0.08],
  ])('%s', (_, shape, share) => {
    const grid = voxelGrid(volumeOf(gaussian(12, 10), shape));
    const values = valuesOf(grid, 30, { kind: 'fraction', of: 0.41 });
    const radius = 10 * Math.sqrt(2 * Math.log(12 / (values.threshold ?? 0)));
    const volume = (4 / 3) * Math.PI * radius ** 3 * 1e-3;
    expect(Math.abs((values.lesion?.mtv ?? 0) / volume - 1)).toBeLessThan(share);
  });
});

test('another normalisation scales every value alike and leaves 41 % where it is', () => {
  const volume = volumeOf(gaussian(12, 8), pet);
  const byWeight = valuesOf(voxelGrid(volume), 25, { kind: 'fraction', of: 0.41 });
  const byLbm = valuesOf(voxelGrid(volume, 0.77), 25, { kind: 'fraction', of: 0.41 });
  expect(byLbm.max.value / byWeight.max.value).toBeCloseTo(0.77, 6);
  expect((byLbm.peak?.value ?? 0) / (byWeight.peak?.value ?? 1)).toBeCloseTo(0.77, 6);
  expect(byLbm.lesion?.mtv).toBe(byWeight.lesion?.mtv);
});

test('a slice that is not loaded is not guessed', () => {
  const volume = volumeOf(gaussian(12, 8), fine);
  volume.slices[32] = null;
  const grid = voxelGrid(volume);
  expect(regionValues(grid, voxelsWithin(grid, [0, 0, 0], 10), { kind: 'none' })).toEqual({
    known: false,
    reason: 'incomplete',
  });
});

test('the liver’s threshold, as PERCIST writes it', () => {
  expect(liverThreshold({ count: 9, mean: 2, sd: 0.3, min: 1, max: 3 })).toBeCloseTo(3.6, 12);
});
