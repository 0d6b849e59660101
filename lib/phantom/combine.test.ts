import { expect, test } from 'vitest';
import { contains, outlineAround, subtract, touches } from './combine.ts';
import { area, blob } from './polygon.ts';

const disc = (x: number, r: number) => blob(x, 0, r, r, { points: 360 });

/** Area that two discs of radius r share when their centres are d apart. */
const lens = (r: number, d: number) =>
  2 * r * r * Math.acos(d / (2 * r)) - (d / 2) * Math.sqrt(4 * r * r - d * d);

test('a disc less another one is what the lens leaves', () => {
  const [left, ...more] = subtract(disc(0, 50), disc(40, 50));
  expect(more).toEqual([]);
  expect(area(left ?? disc(0, 0)) / (Math.PI * 2500 - lens(50, 40))).toBeCloseTo(1, 2);
});

test('a band across a disc leaves two pieces', () => {
  const pieces = subtract(disc(0, 50), blob(0, 0, 10, 90, { exponent: 20, points: 720 }));
  expect(pieces).toHaveLength(2);
  const cut = 2 * (10 * Math.sqrt(2500 - 100) + 2500 * Math.asin(10 / 50));
  const total = pieces.reduce((sum, piece) => sum + area(piece), 0);
  expect(total / (Math.PI * 2500 - cut)).toBeCloseTo(1, 1);
});

test('what is covered is gone, what is apart or holds the other stays', () => {
  expect(subtract(disc(0, 10), disc(0, 50))).toEqual([]);
  expect(subtract(disc(0, 10), disc(90, 50))).toEqual([disc(0, 10)]);
  expect(subtract(disc(0, 50), disc(0, 10))).toEqual([disc(0, 50)]);
});

test('the outline around two discs that touch holds both', () => {
  const outline = outlineAround([disc(0, 50), disc(45, 30)], 0, 0);
  expect(touches(disc(45, 30), disc(0, 50))).toBe(true);
  expect(touches(disc(190, 30), disc(0, 50))).toBe(false);
  for (const [x, y] of [
    [0, 0],
    [-49, 0],
    [74, 0],
    [45, 29],
    [0, -49],
  ] as const)
    expect(contains(outline, x, y), `${x} ${y}`).toBe(true);
  expect(contains(outline, 76, 0)).toBe(false);
});
