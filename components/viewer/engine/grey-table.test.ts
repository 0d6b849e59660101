import { describe, expect, it } from 'vitest';
import { greyTable, type Shading, shade } from './grey-table.ts';

type LutImage = {
  minPixelValue: number;
  maxPixelValue: number;
  slope: number;
  intercept: number;
  isPreScaled: boolean;
};
type GenerateLut = (image: LutImage, width: number, center: number, invert: boolean) => Uint8ClampedArray;

/** The table of Cornerstone's CPU path; the package does not export it by name. */
async function cornerstone(image: LutImage, { width, center, invert }: Shading): Promise<number[]> {
  const path =
    '../../../node_modules/@cornerstonejs/core/dist/esm/RenderingEngine/helpers/cpuFallback/rendering/generateLut.js';
  const { default: generateLut } = (await import(path)) as { default: GenerateLut };
  // Its table begins at 0, or at the smallest value below it.
  const from = image.minPixelValue - Math.min(image.minPixelValue, 0);
  return [...generateLut(image, width, center, invert)].slice(from);
}

const plain: Shading = { slope: 1, intercept: 0, center: 40, width: 400, invert: false };
const cases: [string, number, number, Shading][] = [
  ['CT in a soft tissue window', -1024, 3071, plain],
  ['CT in a lung window', -1024, 3071, { ...plain, center: -600, width: 1500 }],
  ['a window of one unit', -10, 10, { ...plain, center: 0, width: 2 }],
  ['values from above zero', 100, 4000, { ...plain, center: 1000, width: 1711 }],
  ['white is low', 0, 4095, { ...plain, center: 2048, width: 4096, invert: true }],
  [
    'PET, rescaled by its slice',
    0,
    32767,
    { slope: 0.6318, intercept: 0, center: 7000, width: 14000, invert: true },
  ],
  ['rescaled below zero', 0, 65535, { ...plain, intercept: -1024 }],
];

describe('a table of greys', () => {
  it.each(cases)('is the one of Cornerstone’s CPU path: %s', async (_, low, high, shading) => {
    const expected = await cornerstone(
      {
        minPixelValue: low,
        maxPixelValue: high,
        slope: shading.slope,
        intercept: shading.intercept,
        isPreScaled: false,
      },
      shading,
    );
    const { shades } = greyTable(low, high, shading);
    expect(Array.from(shades, (one) => one & 0xff)).toEqual(expected);
    expect(shades.every((one) => one >>> 24 === 255 && ((one >> 8) & 0xff) === (one & 0xff))).toBe(true);
  });

  it('shades pixels by their value', () => {
    const out = new Uint32Array(3);
    shade(Int16Array.of(-1000, 40, 1000), greyTable(-1000, 1000, plain), out);
    expect(Array.from(out, (one) => one & 0xff)).toEqual([0, 128, 255]);
  });
});
