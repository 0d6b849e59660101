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

describe('told of a window, it is what that window held', () => {
  const size = ({ topLeft, bottomRight }: ReturnType<typeof displayedArea>) => [
    Math.abs(bottomRight[0] - topLeft[0]) + 1,
    Math.abs(bottomRight[1] - topLeft[1]) + 1,
  ];
  const square = { columns: 512, rows: 512, middle: [255.5, 255.5], zoom: 2 } as const;

  test.each([
    ['a wide one', { ...square, aspect: 2 }, [512, 256]],
    ['a narrow one', { ...square, aspect: 0.5 }, [256, 512]],
    ['one of the image’s own shape', { ...square, aspect: 1 }, [256, 256]],
    ['none', square, [256, 256]],
    // 512 x 1024 mm: the least room twice as wide is 2048 x 1024.
    ['pixels that are not square', { ...square, spacing: [2, 1], aspect: 2 }, [1024, 256]],
    ['without a spacing they are square', { ...square, spacing: null, aspect: 2 }, [512, 256]],
    // The screen's width lies along the image's columns.
    ['a quarter turn', { ...square, rotation: 90, aspect: 2 }, [256, 512]],
    ['three', { ...square, rotation: 270, flipHorizontal: true, aspect: 2 }, [256, 512]],
    ['half a turn', { ...square, rotation: 180, aspect: 2 }, [512, 256]],
  ] as const)('%s', (_name, change, expected) => {
    expect(size(displayedArea(framing(change)))).toEqual(expected);
  });

  test('around the same point', () => {
    const { topLeft, bottomRight } = displayedArea(framing({ ...square, middle: [100, 60], aspect: 2 }));
    expect(Math.abs((topLeft[0] + bottomRight[0]) / 2 - 101)).toBeLessThanOrEqual(0.5);
    expect(Math.abs((topLeft[1] + bottomRight[1]) / 2 - 61)).toBeLessThanOrEqual(0.5);
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
