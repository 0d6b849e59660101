import { expect, test } from 'vitest';
import { type AskedRegion, askedRegion, voxelsOf, withSlicesNear } from './asked-region.ts';
import { volumeOf } from './volume.fixture.ts';

const volume = volumeOf((x, y, z) => 8 * Math.exp(-((x - 3) ** 2 + y ** 2 + (z - 20) ** 2) / 800), {
  size: [60, 60, 60],
  spacing: [4, 4, 3],
});
const asked = (change: Partial<AskedRegion> = {}): AskedRegion => ({
  volume,
  scale: 1,
  centre: [0, 0, 20],
  radius: 20,
  threshold: { kind: 'fraction', of: 0.41 },
  ...change,
});

test.each<[string, Partial<AskedRegion>]>([
  ['41 % of the maximum', {}],
  ['a fixed SUV', { threshold: { kind: 'suv', atLeast: 2.5 } }],
  ['in another unit', { scale: 0.7 }],
  ['at the edge of the image', { centre: [0, 0, 85] }],
])('the slices near a region are enough for all its values, and are sent as copies: %s', (_, change) => {
  const whole = asked(change);
  const near = withSlicesNear(whole);
  expect(askedRegion(structuredClone(near))).toEqual(askedRegion(whole));
  const kept = near.volume.slices.filter((slice) => slice !== null);
  expect(kept.length).toBeGreaterThan(8);
  expect(kept.length).toBeLessThan(40);
  expect(kept.some((slice) => volume.slices.some((own) => own?.pixels.buffer === slice.pixels.buffer))).toBe(
    false,
  );
});

test('about how many voxels a region has', () => {
  const found = askedRegion(asked({ threshold: { kind: 'none' } }));
  const count = found.known ? found.values.all.count : 0;
  expect(Math.abs(voxelsOf(asked()) / count - 1)).toBeLessThan(0.1);
});
