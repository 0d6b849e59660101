import { expect, test } from 'vitest';
import { boundaryLoops } from './keyhole.ts';
import { evenOddArea } from './scanline.ts';

const of = (...points: [number, number][]) => Float64Array.from(points.flat());
const square = (low: number, high: number): [number, number][] => [
  [low, low],
  [high, low],
  [high, high],
  [low, high],
];

test('a plain polygon is its own boundary; repeated points are one', () => {
  const polygon = of(...square(0, 10));
  expect(boundaryLoops(polygon)).toEqual([polygon]);
  const repeated = of([0, 0], [0, 0], [10, 0], [10, 10], [10, 10], [0, 10], [0, 0]);
  expect(boundaryLoops(repeated)).toEqual([polygon]);
});

test('a keyhole is two loops without its channel (PS3.3 C.8.8.6.3)', () => {
  const keyhole = of([0, 0], [10, 0], [10, 10], [0, 10], [0, 0], ...square(3, 7).reverse(), [3, 7], [0, 0]);
  const loops = boundaryLoops(keyhole);
  expect(loops.map((loop) => loop.length / 2)).toEqual([4, 4]);
  expect(evenOddArea(loops)).toBeCloseTo(evenOddArea([keyhole]), 9);
  expect(evenOddArea(loops)).toBeCloseTo(100 - 16, 9);
});

test('a channel of several points, and two holes in one curve', () => {
  const hole = (at: number): [number, number][] => [
    [at, 4],
    [at, 6],
    [at + 2, 6],
    [at + 2, 4],
    [at, 4],
  ];
  const curve = of(
    [0, 0],
    [20, 0],
    [20, 10],
    [0, 10],
    [0, 0],
    [1, 2],
    [2, 3],
    ...hole(3),
    [8, 4],
    ...hole(12),
    [8, 4],
    [3, 4],
    [2, 3],
    [1, 2],
  );
  const loops = boundaryLoops(curve);
  expect(loops).toHaveLength(3);
  expect(evenOddArea(loops)).toBeCloseTo(200 - 8, 9);
});

test('there and back encloses nothing', () => {
  expect(boundaryLoops(of([0, 0], [5, 5], [9, 9], [5, 5]))).toEqual([]);
  expect(boundaryLoops(of([0, 0], [5, 5]))).toEqual([]);
});

test('a spur that is drawn out in steps and straight back in one goes, and nothing else does', () => {
  const spur = of([0, 0], [10, 0], [10, 10], [11, 10], [12, 10], [14, 10], [7, 10], [0, 10]);
  expect(boundaryLoops(spur)).toEqual([of([0, 0], [10, 0], [10, 10], [7, 10], [0, 10])]);
  const notch = of([0, 0], [10, 0], [10, 10], [5, 0.01], [0, 10]);
  expect(boundaryLoops(notch)).toEqual([notch]);
});

test('thirty thousand points', () => {
  const points = Array.from({ length: 30_000 }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / 30_000;
    return [100 * Math.cos(angle), 100 * Math.sin(angle)];
  });
  expect(boundaryLoops(of(...points))).toHaveLength(1);
});
