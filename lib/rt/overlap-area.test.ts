import { describe, expect, test } from 'vitest';
import { overlapArea } from './overlap-area.ts';
import { evenOddArea, type Polygon } from './scanline.ts';

const of = (...points: number[]): Polygon => Float64Array.from(points);
const square = (u: number, v: number, side: number) => of(u, v, u + side, v, u + side, v + side, u, v + side);
const diamond = (half: number) => of(half, 0, 0, half, -half, 0, 0, -half);

describe('what two outlines have in common', () => {
  test.each<[string, Polygon[], Polygon[], number]>([
    ['shifted squares', [square(0, 0, 10)], [square(4, 3, 10)], 6 * 7],
    ['side by side', [square(0, 0, 10)], [square(10, 0, 10)], 0],
    ['one inside the other', [square(0, 0, 10)], [square(2, 2, 3)], 9],
    ['with itself', [diamond(5)], [diamond(5)], 50],
    // Cut corners: a square of half side 1 in a diamond of half diagonal 1.5 loses four triangles of legs 0.5.
    ['edges that cross where no corner is', [square(-1, -1, 2)], [diamond(1.5)], 4 - 4 * 0.125],
    ['a hole', [square(0, 0, 10), square(2, 2, 6)], [square(0, 0, 5)], 25 - 9],
    ['a hole against an island in it', [square(0, 0, 10), square(2, 2, 6)], [square(3, 3, 2)], 0],
    ['nothing', [square(0, 0, 10)], [], 0],
    ['an outline that crosses itself', [of(0, 0, 4, 4, 4, 0, 0, 4)], [square(0, 0, 2)], 2],
  ])('%s', (_, a, b, area) => {
    expect(overlapArea(a, b)).toBeCloseTo(area, 9);
    expect(overlapArea(b, a)).toBeCloseTo(area, 9);
  });
});

test('an outline and its copy, but for rounding', () => {
  const circle = (noise: number): Polygon =>
    Float64Array.from(
      Array.from({ length: 360 }, (_, index) => {
        const angle = (index * Math.PI) / 180 + 0.3;
        const away = noise * Math.sin(index * 7919);
        return [10 * Math.cos(angle) + away, 10 * Math.sin(angle) - away];
      }).flat(),
    );
  const area = evenOddArea([circle(0)]);
  for (const noise of [1e-15, 1e-13, 1e-11, 1e-9])
    expect(Math.abs(overlapArea([circle(0)], [circle(noise)]) / area - 1)).toBeLessThan(1e-6);
});

test('stars of random corners: both areas, less what only one has, which even-odd over both gives by fine lines', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const star = (shift: number): Polygon =>
    Float64Array.from(
      Array.from({ length: 24 }, (_, index) => {
        const radius = 5 + 10 * random();
        const angle = (index * Math.PI) / 12;
        return [shift + radius * Math.cos(angle), radius * Math.sin(angle)];
      }).flat(),
    );
  for (let round = 0; round < 20; round += 1) {
    const [a, b] = [star(0), star(3)];
    // Corners on many heights, where nothing changes: bands so thin that crossings within them do not count.
    const ruler = Array.from({ length: 4000 }, (_, index) =>
      of(99, -16 + index / 125, 99, -16 + (index + 1) / 125, 99, -16 + index / 125),
    );
    const only = evenOddArea([a, b, ...ruler]);
    const truth = (evenOddArea([a]) + evenOddArea([b]) - only) / 2;
    expect(Math.abs(overlapArea([a], [b]) / truth - 1)).toBeLessThan(1e-4);
  }
});
