import { describe, expect, test } from 'vitest';
import { displayedArea, type Framing } from './displayed-area.ts';

const framing = (change: Partial<Framing> = {}): Framing => ({
  columns: 512,
  rows: 256,
  middle: [255.5, 127.5],
  zoom: 1,
  spacing: [0.5, 0.5],
  rotation: 0,
  flipHorizontal: false,
  ...change,
});

test('at zoom 1 around its middle it is the whole image', () => {
  expect(displayedArea(framing())).toMatchObject({ topLeft: [1, 1], bottomRight: [512, 256] });
});

test('larger, around a point: as many pixels to each side of it', () => {
  const { topLeft, bottomRight } = displayedArea(framing({ zoom: 4, middle: [100, 60] }));
  expect([bottomRight[0] - topLeft[0] + 1, bottomRight[1] - topLeft[1] + 1]).toEqual([128, 64]);
  expect(Math.abs((topLeft[0] + bottomRight[0]) / 2 - 101)).toBeLessThanOrEqual(0.5);
  expect(Math.abs((topLeft[1] + bottomRight[1]) / 2 - 61)).toBeLessThanOrEqual(0.5);
});

test('smaller, or aside, it reaches beyond the image', () => {
  expect(displayedArea(framing({ zoom: 0.5 }))).toMatchObject({
    topLeft: [-255, -127],
    bottomRight: [768, 384],
  });
});

describe('turned and flipped, the corners are those that stand there on the screen', () => {
  test.each([
    [0, false, [1, 1], [512, 256]],
    [90, false, [1, 256], [512, 1]],
    [180, false, [512, 256], [1, 1]],
    [270, false, [512, 1], [1, 256]],
    [0, true, [512, 1], [1, 256]],
    [90, true, [1, 1], [512, 256]],
  ] as const)('%i degrees, flip %s', (rotation, flipHorizontal, topLeft, bottomRight) => {
    expect(displayedArea(framing({ rotation, flipHorizontal }))).toMatchObject({ topLeft, bottomRight });
  });
});
