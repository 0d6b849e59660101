import { describe, expect, test } from 'vitest';
import { cross, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { doseSampler } from './dose-at.ts';
import { doseEdge } from './dose-edge.ts';
import { type DosePlane, dosePlane } from './dose-plane.ts';
import { isolinesOf } from './isodose.ts';
import type { CutPlane } from './section-plane.ts';
import { FRAME } from './shapes.fixture.ts';

const isolines = (plane: DosePlane, level: number) => isolinesOf(plane, [level])[0] ?? [];

/** A grid along any axes over a box round 0, filled by a formula. */
function gridOf(
  formula: (x: number, y: number, z: number) => number,
  at: { row: Mm3; column: Mm3; size: Mm3; spacing: Mm3; offsets?: number[] },
): DoseGrid {
  const { row, column, size, spacing } = at;
  const normal = cross(row, column);
  const [columns, rows, frames] = size.map((mm, axis) => Math.round(mm / (spacing[axis] ?? 1)) + 1) as [
    number,
    number,
    number,
  ];
  const offsets = at.offsets ?? Array.from({ length: frames }, (_, k) => k * spacing[2]);
  const point = (i: number, j: number, w: number): Mm3 => {
    const [u, v, n] = [i * spacing[0] - size[0] / 2, j * spacing[1] - size[1] / 2, w - size[2] / 2];
    const axis = (a: 0 | 1 | 2) => u * row[a] + v * column[a] + n * normal[a];
    return [axis(0), axis(1), axis(2)];
  };
  const doses: number[] = [];
  for (const w of offsets)
    for (let j = 0; j < rows; j += 1)
      for (let i = 0; i < columns; i += 1) doses.push(formula(...point(i, j, w)));
  return {
    sopInstanceUid: '2.25.2',
    frameOfReferenceUid: FRAME,
    origin: point(0, 0, 0),
    rowDirection: row,
    columnDirection: column,
    normal,
    columnSpacing: spacing[0],
    rowSpacing: spacing[1],
    columns,
    rows,
    offsets: Float64Array.from(offsets),
    doses: Float32Array.from(doses),
    doseType: 'PHYSICAL',
    summationType: 'PLAN',
    referencedPlanUid: '',
  };
}

const unit = (v: Mm3): Mm3 => {
  const size = Math.hypot(...v);
  return [v[0] / size, v[1] / size, v[2] / size];
};
const planeOf = (right: Mm3, towards: Mm3, depth: number): CutPlane => {
  const normal = unit(cross(right, towards));
  return { right: unit(right), down: cross(normal, unit(right)), normal, depth };
};
const pointOf = ({ right, down, normal, depth }: CutPlane, x: number, y: number): Mm3 => {
  const axis = (a: 0 | 1 | 2) => right[a] * x + down[a] * y + normal[a] * depth;
  return [axis(0), axis(1), axis(2)];
};

const planes: [string, CutPlane][] = [
  ['axial', planeOf([1, 0, 0], [0, 1, 0], 3.3)],
  ['sagittal', planeOf([0, 1, 0], [0, 0, -1], -4.1)],
  ['coronal', planeOf([1, 0, 0], [0, 0, -1], 2.7)],
  ['oblique', planeOf([1, 0.3, 0.2], [-0.2, 1, 0.4], 1.9)],
];
const grids: [string, Parameters<typeof gridOf>[1]][] = [
  ['even', { row: [1, 0, 0], column: [0, 1, 0], size: [80, 80, 80], spacing: [2, 2, 2] }],
  ['anisotropic', { row: [1, 0, 0], column: [0, 1, 0], size: [90, 80, 81], spacing: [2.5, 4, 3] }],
  ['sagittal grid', { row: [0, 1, 0], column: [0, 0, -1], size: [80, 80, 80], spacing: [2, 2.5, 2] }],
  [
    'turned grid',
    { row: unit([1, 0.4, 0]), column: unit([-0.4, 1, 0]), size: [90, 90, 80], spacing: [2.5, 3, 2] },
  ],
  [
    'uneven planes',
    {
      row: [1, 0, 0],
      column: [0, 1, 0],
      size: [80, 80, 80],
      spacing: [2, 2, 2],
      offsets: [0, 10, 20, 25, 29, 33, 36, 38, 40, 41, 43, 46, 50, 56, 63, 70, 80],
    },
  ],
];

describe.each(grids)('dose on a plane: %s', (_, at) => {
  test.each(planes)('a linear dose has straight isodoses, exactly: %s', (_name, plane) => {
    const grid = gridOf((x, y, z) => 50 + 0.3 * x - 0.2 * y + 0.25 * z, at);
    const sampled = dosePlane(grid, plane);
    if (!sampled) throw new Error('not on the grid');
    for (const level of [40, 50, 57]) {
      const lines = isolines(sampled, level);
      expect(lines.length).toBeGreaterThan(0);
      // It ends at the grid's edge; where that runs slantwise to the samples it may come in pieces.
      expect(lines.some((line) => line.closed)).toBe(false);
      const points = lines.flatMap((line) => [...line.points]);
      for (let p = 0; p < points.length; p += 2) {
        const [x, y, z] = pointOf(plane, points[p] ?? 0, points[p + 1] ?? 0);
        // mm along the gradient, 0.44 Gy/mm.
        expect(Math.abs(50 + 0.3 * x - 0.2 * y + 0.25 * z - level) / 0.44).toBeLessThan(1e-3);
      }
    }
  });
});

test.each(planes)('isodoses of a round dose are circles: %s', (_, plane) => {
  const dose = (x: number, y: number, z: number) => 60 - Math.hypot(x, y, z);
  const grid = gridOf(dose, {
    row: [1, 0, 0],
    column: [0, 1, 0],
    size: [100, 100, 100],
    spacing: [1, 1, 1],
  });
  const sampled = dosePlane(grid, plane);
  if (!sampled) throw new Error('not on the grid');
  for (const radius of [15, 25, 35]) {
    const lines = isolines(sampled, 60 - radius);
    expect(lines.map((line) => line.closed)).toEqual([true]);
    const wanted = Math.sqrt(radius ** 2 - plane.depth ** 2);
    const points = lines[0]?.points ?? [];
    expect(points.length).toBeGreaterThan(100);
    for (let p = 0; p < points.length; p += 2)
      expect(Math.abs(Math.hypot(points[p] ?? 0, points[p + 1] ?? 0) - wanted)).toBeLessThan(0.05);
  }
});

test('two peaks: two rings above the saddle, one below; lines never cross where cells are ambiguous', () => {
  const peak = (x: number, y: number, at: number) => 50 * Math.exp(-((x - at) ** 2 + y ** 2) / 200);
  const grid = gridOf((x, y) => peak(x, y, -15) + peak(x, y, 15), {
    row: [1, 0, 0],
    column: [0, 1, 0],
    size: [100, 100, 10],
    spacing: [2, 2, 2],
  });
  const sampled = dosePlane(grid, planeOf([1, 0, 0], [0, 1, 0], 0));
  if (!sampled) throw new Error('not on the grid');
  const saddle = 2 * 50 * Math.exp(-225 / 200);
  expect(isolines(sampled, saddle + 0.5).map((line) => line.closed)).toEqual([true, true]);
  expect(isolines(sampled, saddle - 0.5).map((line) => line.closed)).toEqual([true]);
  expect(isolines(sampled, 51)).toEqual([]);
});

test('nothing is known beyond the outermost voxel centres: lines end there, planes beyond have none', () => {
  const grid = gridOf((x) => 50 + x, {
    row: [1, 0, 0],
    column: [0, 1, 0],
    size: [40, 30, 20],
    spacing: [4, 3, 5],
  });
  const axial = (z: number) => planeOf([1, 0, 0], [0, 1, 0], z);
  expect([...doseEdge(grid, axial(0))]).toHaveLength(8);
  // The outermost plane itself is known.
  expect(dosePlane(grid, axial(10))?.values.some(Number.isNaN)).toBe(false);
  expect(dosePlane(grid, axial(10.1))).toBeNull();
  const sampled = dosePlane(grid, axial(0));
  const [line] = sampled ? isolines(sampled, 50) : [];
  const ys = [...(line?.points ?? [])].filter((_, index) => index % 2 === 1);
  expect([Math.min(...ys), Math.max(...ys)]).toEqual([expect.closeTo(-15, 6), expect.closeTo(15, 6)]);
  const oblique = dosePlane(grid, planeOf([1, 1, 0], [-1, 1, 1], 0));
  expect(oblique?.values.some(Number.isNaN)).toBe(true);
});

test.each(grids)('line by line or point by point, the dose is the same: %s', (_, at) => {
  const grid = gridOf((x, y, z) => 50 + x * y * 0.01 - z * x * 0.02, at);
  const sample = doseSampler(grid);
  for (const [, plane] of planes) {
    const sampled = dosePlane(grid, plane);
    if (!sampled) throw new Error('not on the grid');
    const { columns, values, x, y, dx, dy } = sampled;
    for (let index = 0; index < values.length; index += 13) {
      const point = pointOf(plane, x + (index % columns) * dx, y + Math.floor(index / columns) * dy);
      const wanted = sample(...point);
      if (Number.isNaN(wanted)) expect(values[index]).toBeNaN();
      else expect(Math.abs((values[index] ?? 0) - wanted)).toBeLessThan(1e-3);
    }
  }
});

test('a voxel that is unknown leaves a hole, not a line', () => {
  const grid = gridOf((x, y) => 50 - Math.hypot(x, y), {
    row: [1, 0, 0],
    column: [0, 1, 0],
    size: [80, 80, 10],
    spacing: [2, 2, 2],
  });
  grid.doses.fill(Number.NaN, 0, grid.columns * 20);
  const sampled = dosePlane(grid, planeOf([1, 0, 0], [0, 1, 0], -5));
  if (!sampled) throw new Error('not on the grid');
  const lines = isolines(sampled, 20);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.closed).toBe(false);
});
