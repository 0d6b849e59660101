import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { colourTable } from './colours.ts';
import { composeRgba, type Overlay, type Shown } from './compose.ts';

const shown = (values: number[], changes: Partial<Shown> = {}): Shown => ({
  ...{ values: Float32Array.from(values), voi: { center: 50, width: 100 }, colours: 'grey' },
  ...changes,
});

function bytes(base: Shown, overlay: Overlay | null = null): number[] {
  const out = new Uint8ClampedArray(base.values.length * 4);
  composeRgba(base, overlay, out);
  return Array.from(out);
}

// SHA-256 of the palettes as the standard's own objects hold them, entry by entry.
test.each([
  ['hot_iron', '8bba464199e149c18cf501e8174289abf693e5af4a7db4c1602ad48dd4338dda'],
  ['pet', 'bc03f513531e405c3535f0e0d42ab86fb4d7df84fc02f2cd96e75c364b460145'],
] as const)('%s is the palette of PS3.6 annex B', (id, hash) => {
  expect(createHash('sha256').update(colourTable(id)).digest('hex')).toBe(hash);
});

test.each([
  ['below the window', -1, 0],
  ['its lower end', 0, 0],
  ['more than half an entry', 0.51 * (100 / 255), 1],
  ['its middle', 50, 128],
  ['its upper end', 100, 255],
  ['above the window', 1e9, 255],
])('LINEAR_EXACT: %s', (_, value, grey) => {
  expect(bytes(shown([value]))).toEqual([grey, grey, grey, 255]);
});

test('nothing is black, whatever the table', () => {
  expect(bytes(shown([Number.NaN, 0], { colours: 'inverse' }))).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  expect(bytes(shown([Number.NaN, 0], { invert: true }))).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
});

test.each<[string, Partial<Overlay>, number, number[]]>([
  ['half and half', { blend: 0.5 }, 100, [192, 192, 192, 255]],
  ['the overlay alone', { blend: 1 }, 100, [255, 255, 255, 255]],
  ['the base alone', { blend: 0 }, 100, [128, 128, 128, 255]],
  ['nothing of the overlay', { blend: 1 }, Number.NaN, [128, 128, 128, 255]],
  ['below the threshold', { blend: 1, above: 4.1 }, 4, [128, 128, 128, 255]],
  ['on the threshold', { blend: 1, above: 4.1 }, 4.1, [20, 0, 0, 255]],
])('fusion: %s', (_, changes, value, rgba) => {
  const over: Overlay = { ...shown([value], { colours: 'hot_iron' }), blend: 1, above: null, ...changes };
  expect(bytes(shown([50]), over)).toEqual(rgba);
});
