import { describe, expect, it } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { type NativeShape, nativePixels } from './native-pixels.ts';

type Frame = { pixelData: ArrayLike<number>; smallestPixelValue: number; largestPixelValue: number };
type Decode = (
  frame: unknown,
  transferSyntax: string,
  bytes: Uint8Array,
  config: unknown,
  options: unknown,
) => Promise<Frame>;

/** The decoder that Cornerstone's own workers run; the package does not export it by name. */
async function cornerstone(bytes: ArrayBuffer, shape: NativeShape): Promise<Frame> {
  const path = '../../../node_modules/@cornerstonejs/dicom-image-loader/dist/esm/decodeImageFrameWorker.js';
  const { decodeImageFrame } = (await import(path)) as { decodeImageFrame: Decode };
  const { slope, intercept } = shape;
  const scales = slope !== 1 || intercept !== 0;
  return decodeImageFrame(
    {
      rows: shape.rows,
      columns: shape.columns,
      bitsAllocated: shape.bitsAllocated,
      bitsStored: shape.bitsStored,
      pixelRepresentation: shape.signed ? 1 : 0,
      samplesPerPixel: 1,
      photometricInterpretation: 'MONOCHROME2',
    },
    '1.2.840.10008.1.2.1',
    new Uint8Array(bytes),
    {},
    {
      preScale: {
        enabled: scales,
        ...(scales && {
          scalingParameters: { rescaleSlope: slope, rescaleIntercept: intercept, modality: 'CT' },
        }),
      },
      allowFloatRendering: true,
    },
  );
}

const shape = (part: Partial<NativeShape>): NativeShape => ({
  rows: 32,
  columns: 64,
  bitsAllocated: 16,
  bitsStored: 16,
  signed: false,
  slope: 1,
  intercept: 0,
  ...part,
});

/** Values over the whole of an extent, by a small generator of fixed seed. */
function frame(of: NativeShape, low: number, high: number): ArrayBuffer {
  const length = of.rows * of.columns;
  const values = of.bitsAllocated === 8 ? new Uint8Array(length) : new Uint16Array(length);
  const mask = 2 ** of.bitsStored - 1;
  const { next } = random(12345);
  for (let i = 0; i < length; i += 1) {
    const value = i === 0 ? low : i === 1 ? high : low + Math.floor(next() * (high - low + 1));
    values[i] = value & mask;
  }
  return values.buffer;
}

const cases: [string, NativeShape, number, number][] = [
  ['CT, unsigned with an intercept', shape({ intercept: -1024 }), 0, 4095],
  ['CT, signed in full', shape({ signed: true }), -1024, 3071],
  ['CT, signed in 12 of 16 bits', shape({ signed: true, bitsStored: 12 }), -2048, 2047],
  ['signed with an intercept', shape({ signed: true, intercept: -24 }), -1000, 3000],
  ['MR, unsigned as it is', shape({}), 0, 3000],
  ['all 16 bits', shape({}), 0, 65535],
  ['an even slope', shape({ slope: 2, intercept: -5 }), 0, 8000],
  ['few values of 16 bits', shape({}), 0, 200],
  ['few values below zero', shape({ signed: true }), -100, 100],
  ['8 bits', shape({ bitsAllocated: 8, bitsStored: 8 }), 0, 255],
  ['8 bits with an intercept', shape({ bitsAllocated: 8, bitsStored: 8, intercept: -1000 }), 0, 255],
  ['nothing but zeros', shape({ intercept: -1024 }), 0, 0],
  ['PET, a slope of its own', shape({ slope: 0.6318 }), 0, 32767],
  ['PET, signed', shape({ signed: true, slope: 2.0441, intercept: 0.5 }), -5, 32767],
  ['too large for 16 bits', shape({ intercept: -1024 }), 0, 65535],
];

describe('an uncompressed frame', () => {
  it.each(cases)('is what Cornerstone makes of it: %s', async (_, of, low, high) => {
    const bytes = frame(of, low, high);
    const expected = await cornerstone(bytes.slice(0), of);
    const own = nativePixels(bytes, of, true);
    expect(own.pixels.constructor.name).toBe(expected.pixelData.constructor.name);
    expect(Array.from(own.pixels)).toEqual(Array.from(expected.pixelData));
    expect([own.min, own.max]).toEqual([expected.smallestPixelValue, expected.largestPixelValue]);
    expect(own.scaled).toBe(of.slope !== 1 || of.intercept !== 0);
  });

  it.each(cases)('takes no more memory than it came in, where that is asked for: %s', (_, of, low, high) => {
    const bytes = frame(of, low, high);
    const stored = nativePixels(bytes.slice(0), { ...of, slope: 1, intercept: 0 }, false);
    const own = nativePixels(bytes.slice(0), of, false);
    expect(own.pixels.BYTES_PER_ELEMENT).toBeLessThanOrEqual(2);
    const [slope, intercept] = own.scaled ? [1, 0] : [of.slope, of.intercept];
    const values = Array.from(own.pixels, (value) => value * slope + intercept);
    expect(values).toEqual(Array.from(stored.pixels, (value) => value * of.slope + of.intercept));
  });

  it('uses the memory that it came in', () => {
    const of = shape({ intercept: -1024 });
    const bytes = frame(of, 0, 4095);
    expect(nativePixels(bytes, of, false).pixels.buffer).toBe(bytes);
  });

  it('of signed bytes keeps their sign', () => {
    const of = shape({ bitsAllocated: 8, bitsStored: 8, signed: true, rows: 1, columns: 3 });
    expect([...nativePixels(new Int8Array([-128, -1, 127]).buffer, of, false).pixels]).toEqual([
      -128, -1, 127,
    ]);
  });

  it('that is too short is refused', () => {
    expect(() => nativePixels(new ArrayBuffer(10), shape({}), false)).toThrow(RangeError);
  });
});
