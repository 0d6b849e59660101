import { describe, expect, test } from 'vitest';
import type { PixelFormat } from './pixel-format.ts';
import { colourBytes, percentileWindow, sampleValues, windowed } from './render-values.ts';

const format = (more: Partial<PixelFormat>): PixelFormat => ({
  rows: 1,
  columns: 2,
  bits: 16,
  stored: 12,
  high: 11,
  signed: false,
  samples: 1,
  planar: false,
  photometric: 'MONOCHROME2',
  float: false,
  ...more,
});

describe('samples: stored bits only, sign extended (PS3.5 8.1.1)', () => {
  test('what lies above the stored bits is no value', () => {
    const pixels = Buffer.from([0x01, 0xf0, 0xff, 0x0f]);
    expect([...sampleValues(pixels, format({}))]).toEqual([1, 0xfff]);
    expect([...sampleValues(pixels, format({ signed: true }))]).toEqual([1, -1]);
  });
  test('32 bits and floats', () => {
    const pixels = Buffer.alloc(8);
    pixels.writeInt32LE(-7, 0);
    pixels.writeInt32LE(2_000_000_000, 4);
    expect([...sampleValues(pixels, format({ bits: 32, stored: 32, high: 31, signed: true }))]).toEqual([
      -7, 2_000_000_000,
    ]);
    pixels.writeFloatLE(1.5, 0);
    expect(sampleValues(pixels, format({ bits: 32, float: true }))[0]).toBe(1.5);
  });
});

describe('windows (PS3.3 C.11.2.1.2.1)', () => {
  test.each([
    ['linear', 0, 129],
    ['linear', -50, 0],
    ['linear', 49, 255],
    ['linear-exact', 0, 128],
    ['linear-exact', 50, 255],
    ['sigmoid', 0, 127.5],
  ] as const)('%s of %d in 0 ± 50', (shape, value, expected) => {
    expect(windowed({ center: 0, width: 100, shape })(value)).toBeCloseTo(expected, 5);
  });
  test('without a window: between the percentiles, flat images included', () => {
    expect(windowed(percentileWindow(Float64Array.from([5, 5, 5])))(5)).toBeGreaterThanOrEqual(0);
    const wide = percentileWindow(Float64Array.from({ length: 1000 }, (_, index) => index));
    expect(wide.center).toBeGreaterThan(400);
  });
});

describe('colour (PS3.3 C.7.6.3.1.2)', () => {
  const colour = (more: Partial<PixelFormat>) => format({ bits: 8, stored: 8, high: 7, samples: 3, ...more });
  test('planes and pixels give the same', () => {
    const together = colourBytes(Buffer.from([1, 2, 3, 4, 5, 6]), colour({ photometric: 'RGB' }));
    const apart = colourBytes(Buffer.from([1, 4, 2, 5, 3, 6]), colour({ photometric: 'RGB', planar: true }));
    expect(apart).toEqual(together);
  });
  test('YBR_FULL and its half-sampled form', () => {
    const full = colourBytes(Buffer.from([76, 85, 255, 76, 85, 255]), colour({ photometric: 'YBR_FULL' }));
    expect([...full.subarray(0, 3)]).toEqual([254, 0, 0]);
    const half = colourBytes(Buffer.from([76, 76, 85, 255]), colour({ photometric: 'YBR_FULL_422' }));
    expect(half).toEqual(full);
  });
});
