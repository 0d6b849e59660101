import { describe, expect, test } from 'vitest';
import { addScaled, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { evenOddArea } from './scanline.ts';
import {
  axialAt,
  axialContour,
  closed,
  coronalAt,
  cutAt,
  perimeter,
  roiOf,
  sagittalAt,
} from './section.fixture.ts';
import { sectionOf } from './section.ts';
import { indexRoi } from './section-index.ts';
import type { CutPlane } from './section-plane.ts';
import { circles, planesBetween, sphere } from './shapes.fixture.ts';

const cut = (roi: Roi, plane: CutPlane, fallback: number | null = 3) =>
  sectionOf(indexRoi(roi, fallback), plane);
const area = (roi: Roi, plane: CutPlane, fallback?: number) => evenOddArea(cut(roi, plane, fallback).loops);
const square = (low: number, high: number) => [low, low, high, low, high, high, low, high];

describe('a sphere of radius 20 mm, contours 0.5 mm apart', () => {
  const ball = sphere(20, 0.5);

  test.each([0.25, 7.75, -15.25])('axial at %d: the contour itself', (z) => {
    expect(area(ball, axialAt(z))).toBeCloseTo(Math.PI * (400 - z * z), 6);
  });

  test.each([0.1, 10, -18])('coronal and sagittal %d mm off the middle: a circle within a slab', (off) => {
    const truth = Math.PI * (400 - off * off);
    expect(Math.abs(area(ball, coronalAt(off)) / truth - 1)).toBeLessThan(0.005);
    expect(Math.abs(area(ball, sagittalAt(off)) / truth - 1)).toBeLessThan(0.005);
  });

  test('oblique planes through the middle, steep and flat: the great circle', () => {
    for (const degrees of [1, 5, 30, 45, 60, 85, 89]) {
      const angle = (degrees * Math.PI) / 180;
      const plane = cutAt([0, 0, 0], [1, 0, 0], [0, Math.cos(angle), Math.sin(angle)]);
      const off = Math.abs(area(ball, plane) / (Math.PI * 400) - 1);
      expect(off, `${degrees} degrees`).toBeLessThan(0.01);
    }
  });

  test('beside it there is nothing', () => {
    for (const plane of [coronalAt(20.5), sagittalAt(-21), axialAt(20.3)])
      expect(cut(ball, plane)).toEqual({ loops: [], lines: [], marks: [] });
  });
});

describe('a cylinder: slabs of one shape', () => {
  const cylinder = circles(planesBetween(0, 30, 3), () => 10);

  test('a cut at right angles is one rectangle: no edge between slabs that touch', () => {
    const { loops } = cut(cylinder, coronalAt(6));
    expect(loops).toHaveLength(1);
    expect(perimeter({ loops, lines: [], marks: [] })).toBeCloseTo(2 * 30 + 4 * 8, 1);
    expect(evenOddArea(loops)).toBeCloseTo(30 * 16, 0);
  });

  test('an oblique cut through its side is an ellipse', () => {
    const plane = cutAt([0, 0, 15], [1, 0, 0], [0, Math.SQRT1_2, Math.SQRT1_2]);
    const { loops } = cut(cylinder, plane);
    expect(loops).toHaveLength(1);
    expect(evenOddArea(loops)).toBeCloseTo(Math.PI * 10 * 10 * Math.SQRT2, 6);
  });

  test('it ends half a plane distance beyond its last contours', () => {
    expect(area(cylinder, axialAt(29.9))).toBeGreaterThan(0);
    expect(area(cylinder, axialAt(30.1))).toBe(0);
    const heights = cut(cylinder, sagittalAt(0)).loops.flatMap((loop) => [...loop.filter((_, at) => at % 2)]);
    expect(Math.min(...heights)).toBeCloseTo(-30, 9);
    expect(Math.max(...heights)).toBeCloseTo(0, 9);
  });
});

describe('holes', () => {
  const heights = planesBetween(0, 12, 3);
  const box = roiOf(
    heights.flatMap((z) => [axialContour(square(0, 30), z), axialContour(square(10, 20), z)]),
  );
  const keyhole = roiOf(
    heights.map((z) =>
      axialContour([...square(0, 30), 0, 0, 10, 10, 10, 20, 20, 20, 20, 10, 10, 10, 0, 0], z),
    ),
  );

  test.each<[string, Roi]>([
    ['an inner contour (XOR)', box],
    ['a keyhole', keyhole],
  ])('%s: open on every plane, without the channel', (_, roi) => {
    expect(area(roi, axialAt(1.5))).toBeCloseTo(800, 9);
    const { loops, ...rest } = cut(roi, coronalAt(15));
    expect(loops).toHaveLength(2);
    expect(evenOddArea(loops)).toBeCloseTo(12 * 20, 9);
    expect(perimeter({ loops, ...rest })).toBeCloseTo(2 * (2 * 12 + 20), 9);
    // Through the channel, which is no boundary.
    expect(perimeter(cut(roi, coronalAt(5)))).toBeCloseTo(2 * (12 + 30), 9);
    expect(perimeter(cut(roi, axialAt(1.5)))).toBeCloseTo(4 * 30 + 4 * 10, 9);
  });

  test('a hole that ends half-way: its floor is an edge', () => {
    const roi = roiOf(
      heights.flatMap((z, index) => [
        axialContour(square(0, 30), z),
        ...(index < 2 ? [axialContour(square(10, 20), z)] : []),
      ]),
    );
    const { loops, ...rest } = cut(roi, coronalAt(15));
    expect(evenOddArea(loops)).toBeCloseTo(12 * 30 - 6 * 10, 9);
    expect(perimeter({ loops, ...rest })).toBeCloseTo(2 * (12 + 30) + 2 * 6, 9);
  });
});

describe('planes that are not evenly spaced', () => {
  test('half-way to each neighbour', () => {
    const roi = roiOf([
      axialContour(square(0, 10), 0),
      axialContour(square(0, 20), 3),
      axialContour(square(0, 30), 7),
    ]);
    // Distances 3 and 4: their median, 3.5, is Δz at the ends.
    expect(area(roi, coronalAt(5))).toBeCloseTo(10 * (1.75 + 1.5) + 20 * (1.5 + 2) + 30 * (2 + 1.75), 9);
    expect(area(roi, axialAt(1.4))).toBeCloseTo(100, 9);
    expect(area(roi, axialAt(1.6))).toBeCloseTo(400, 9);
  });

  test('a gap of more than one and a half plane distances stays open', () => {
    const roi = roiOf([0, 3, 6, 15, 18].map((z) => axialContour(square(0, 10), z)));
    const index = indexRoi(roi, null);
    expect(index.body.known && index.body.solid.gaps).toBe(1);
    const { loops } = cut(roi, sagittalAt(5));
    expect(loops).toHaveLength(2);
    expect(evenOddArea(loops)).toBeCloseTo(10 * (9 + 6), 9);
    expect(area(roi, axialAt(10))).toBe(0);
  });
});

test('contours on tilted planes are cut like any', () => {
  const [row, column, normal]: [Mm3, Mm3, Mm3] = [
    [0.8, 0.6, 0],
    [-0.36, 0.48, 0.8],
    [0.48, -0.64, 0.6],
  ];
  const corner = (u: number, v: number, w: number): Mm3 =>
    addScaled(addScaled(addScaled([50, -20, 300], row, u), column, v), normal, w);
  const roi = roiOf(
    [0, 2, 4, 6].map((w) =>
      closed([corner(0, 0, w), corner(10, 0, w), corner(10, 10, w), corner(0, 10, w)].flat()),
    ),
  );
  expect(area(roi, cutAt(corner(0, 0, 2), row, column))).toBeCloseTo(100, 6);
  expect(area(roi, cutAt(corner(5, 0, 0), column, normal))).toBeCloseTo(10 * 8, 6);
  expect(area(roi, cutAt(corner(0, 4, 0), normal, row))).toBeCloseTo(10 * 8, 6);
});

describe('what is no part of a body', () => {
  const at = (type: Contour['type'], ...points: number[]) =>
    cut(roiOf([closed(points, type)]), axialAt(10), 3);

  test('a point is marked on planes within half a plane distance', () => {
    expect(at('POINT', 1, 2, 11.4).marks).toEqual([1, 2]);
    expect(at('POINT', 1, 2, 11.6).marks).toEqual([]);
  });

  test('an open curve is a line on its plane, a mark on a plane that it passes through', () => {
    expect(at('OPEN_PLANAR', 0, 0, 10, 5, 0, 10, 5, 5, 10).lines).toHaveLength(1);
    const through = at('OPEN_NONPLANAR', 0, 0, 0, 10, 0, 20);
    expect(through).toMatchObject({ lines: [], loops: [] });
    expect(through.marks[0]).toBeCloseTo(5, 9);
    expect(through.marks[1]).toBeCloseTo(0, 9);
  });

  test('closed curves that share no direction: each on its own plane, marks elsewhere', () => {
    const roi = roiOf([axialContour(square(0, 10), 10), closed([0, 5, 0, 10, 5, 0, 10, 5, 20, 0, 5, 20])]);
    const index = indexRoi(roi, 3);
    expect(index.body).toEqual({ known: false, reason: 'not_parallel' });
    const { loops, marks } = sectionOf(index, axialAt(10));
    expect(evenOddArea(loops)).toBeCloseTo(100, 9);
    expect(marks).toHaveLength(4);
  });

  test('an ROI without contours shows nothing', () => {
    expect(cut(roiOf([]), axialAt(0))).toEqual({ loops: [], lines: [], marks: [] });
  });
});
