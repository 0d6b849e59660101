import { describe, expect, test } from 'vitest';
import { cielabColour } from './cielab.ts';
import type { JsonDataSet } from './display-json.ts';
import { LABEL_MAP_SEGMENTATION, parseSegmentation, type Segmentation } from './seg.ts';
import { fillMask, isComplete } from './seg-pixels.ts';

const is = (vr: string, ...Value: unknown[]) => ({ vr, Value });

/** Frames at heights, each of one segment; 5 columns by 3 rows. */
function header(
  frames: readonly (readonly [segment: number, z: number])[],
  more: JsonDataSet = {},
): JsonDataSet {
  return {
    '00080016': is('UI', '1.2.840.10008.5.1.4.1.1.66.4'),
    '00080018': is('UI', '2.25.1'),
    '00200052': is('UI', '2.25.9'),
    '00280002': is('US', 1),
    '00280008': is('IS', frames.length),
    '00280010': is('US', 3),
    '00280011': is('US', 5),
    '00280100': is('US', 1),
    '00620001': is('CS', 'BINARY'),
    '00620002': is(
      'SQ',
      ...[1, 2].map((number) => ({ '00620004': is('US', number), '00620005': is('LO', `S${number}`) })),
    ),
    '52009229': is('SQ', {
      '00209116': is('SQ', { '00200037': is('DS', 1, 0, 0, 0, 1, 0) }),
      '00289110': is('SQ', { '00280030': is('DS', 2, 2) }),
    }),
    '52009230': is(
      'SQ',
      ...frames.map(([segment, z]) => ({
        '0062000A': is('SQ', { '0062000B': is('US', segment) }),
        '00209113': is('SQ', { '00200032': is('DS', 0, 0, z) }),
      })),
    ),
    ...more,
  };
}

function known(json: JsonDataSet): Segmentation {
  const result = parseSegmentation(json);
  if (!result.known) throw new Error(result.reason);
  return result.segmentation;
}

describe('single bits, packed without padding between frames (PS3.5 8.1.1)', () => {
  // 15 pixels a frame: the second begins at the last bit of the second byte.
  const segmentation = known(
    header([
      [1, 0],
      [2, 3],
    ]),
  );
  const bits = [...('100000000000001' + '010000000000011')].map(Number);
  const whole = new Uint8Array(4);
  bits.forEach((bit, at) => {
    whole[at >> 3] = (whole[at >> 3] ?? 0) | (bit << (at & 7));
  });

  test('a frame may begin within a byte', () => {
    const mask = new Uint8Array(15);
    expect(fillMask(segmentation, { whole }, 0, 1, mask)).toBe(2);
    expect([...mask]).toEqual(bits.slice(0, 15));
    expect(fillMask(segmentation, { whole }, 1, 2, mask)).toBe(3);
    expect([...mask]).toEqual(bits.slice(15));
  });

  test('too few bytes are noticed', () => {
    expect(isComplete(segmentation, { whole })).toBe(true);
    expect(isComplete(segmentation, { whole: whole.subarray(0, 3) })).toBe(false);
  });
});

test('fractional: from half of the largest value on', () => {
  const segmentation = known(
    header([[1, 0]], {
      '00620001': is('CS', 'FRACTIONAL'),
      '00280100': is('US', 8),
      '0062000E': is('US', 200),
    }),
  );
  const mask = new Uint8Array(15);
  expect(
    fillMask(segmentation, { whole: Uint8Array.from([99, 100, 101, ...Array(12).fill(0)]) }, 0, 1, mask),
  ).toBe(2);
  expect([...mask.subarray(0, 3)]).toEqual([0, 1, 1]);
});

test('label map: the value is the segment', () => {
  const segmentation = known(
    header([[1, 0]], {
      '00080016': is('UI', LABEL_MAP_SEGMENTATION),
      '00280100': is('US', 8),
      '00620001': is('CS', 'LABELMAP'),
    }),
  );
  expect(segmentation.frames[0]?.segment).toBeNull();
  const mask = new Uint8Array(15);
  expect(
    fillMask(segmentation, { whole: Uint8Array.from([0, 1, 2, 2, ...Array(11).fill(0)]) }, 0, 2, mask),
  ).toBe(2);
});

test('frames in any order, some missing, two segments at one place', () => {
  const { frames } = known(
    header([
      [2, 6],
      [1, 0],
      [1, 6],
    ]),
  );
  expect(frames.map(({ segment, plane }) => [segment, plane.origin[2]])).toEqual([
    [2, 6],
    [1, 0],
    [1, 6],
  ]);
});

test.each<[string, JsonDataSet]>([
  ['unknown_type', header([[1, 0]], { '00620001': is('CS', 'SURFACE') })],
  ['pixel_format', header([[1, 0]], { '00280100': is('US', 8) })],
  ['no_frames', header([])],
  ['no_frame_of_reference', header([[1, 0]], { '00200052': undefined })],
  ['no_geometry', header([[1, 0]], { '52009229': undefined })],
  ['segment_unknown', header([[3, 0]])],
  [
    'repeated_frames',
    header([
      [1, 0],
      [1, 0],
    ]),
  ],
])('refused: %s', (reason, json) => {
  expect(parseSegmentation(json)).toEqual({ known: false, reason });
});

test.each<[string, [number, number, number], string]>([
  ['white', [65535, 32896, 32896], '#ffffff'],
  ['black', [0, 32896, 32896], '#000000'],
  // 3D Slicer's tissue and bone as written by tools that take the white point for D65, not D50: a few steps off.
  ['a green', [43803, 26565, 37722], '#80ae80'],
  ['a yellow', [56638, 32899, 42533], '#f1d691'],
])('CIELab: %s', (_, lab, colour) => {
  const parts = (text: string) => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  parts(cielabColour(lab)).forEach((value, at) => {
    expect(Math.abs(value - (parts(colour)[at] ?? 0))).toBeLessThanOrEqual(6);
  });
});
