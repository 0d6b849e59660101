import { describe, expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import type { Mm3 } from '../dicom/image-plane.ts';
import { angleOf } from './angle.ts';
import { bidirectionalOf, offeredShortAxis, onPerpendicular } from './bidirectional.ts';
import { ellipseInBox, ellipseShape } from './ellipse.ts';
import { freehandShape, simplified } from './freehand.ts';
import { lengthOf } from './length.ts';
import { valuesInShape } from './plane-values.ts';
import type { VoxelEdges } from './uncertainty.ts';
import { type FixtureGrid, volumeOf } from './volume.fixture.ts';
import { voxelGrid } from './voxel-grid.ts';

const cube = (side: number): VoxelEdges => [
  [side, 0, 0],
  [0, side, 0],
  [0, 0, side],
];
const ct: VoxelEdges = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 5],
];
const UP: Mm3 = [0, 0, 1];

describe('length', () => {
  test('3, 4, 12 is 13; ± 2 s/√6 with isotropic voxels, in any direction', () => {
    for (const end of [[3, 4, 12] as const, [13, 0, 0] as const, [0, 0, 13] as const]) {
      const found = lengthOf([0, 0, 0], end, cube(1));
      expect(found.value).toBeCloseTo(13, 12);
      expect(found.plusMinus).toBeCloseTo(2 / Math.sqrt(6), 12);
    }
  });

  test('across thick slices less is certain than along them', () => {
    expect(lengthOf([0, 0, 0], [10, 0, 0], ct).plusMinus).toBeCloseTo(0.8165, 4);
    expect(lengthOf([0, 0, 0], [0, 0, 10], ct).plusMinus).toBeCloseTo(5 * 0.8165, 3);
  });

  test('95 % of ends anywhere in their voxels give a length within ±', () => {
    const seed = 20_261_125;
    const { next } = random(seed);
    const jitter = (p: Mm3): Mm3 => [p[0] + next() - 0.5, p[1] + next() - 0.5, p[2] + 5 * (next() - 0.5)];
    const [a, b]: [Mm3, Mm3] = [
      [0, 0, 0],
      [20, 15, 25],
    ];
    const { value, plusMinus } = lengthOf(a, b, ct);
    let within = 0;
    for (let i = 0; i < 20_000; i += 1)
      if (Math.abs(lengthOf(jitter(a), jitter(b), ct).value - value) <= plusMinus) within += 1;
    expect(within / 20_000, `seed ${seed}`).toBeGreaterThan(0.94);
    expect(within / 20_000, `seed ${seed}`).toBeLessThan(0.98);
  });

  test('of two clicks on one point: 0, and nothing else made up', () => {
    expect(lengthOf([1, 2, 3], [1, 2, 3], ct)).toEqual({ value: 0, plusMinus: 0 });
  });
});

describe('angle', () => {
  test.each([30, 45, 90, 135, 180])('%d degrees', (degrees) => {
    const turn = (degrees * Math.PI) / 180;
    const end: Mm3 = [40 * Math.cos(turn), 40 * Math.sin(turn), 0];
    expect(angleOf([40, 0, 0], [0, 0, 0], end, ct)?.value).toBeCloseTo(degrees, 9);
  });

  test('short arms are less certain, in proportion', () => {
    const long = angleOf([40, 0, 0], [0, 0, 0], [0, 40, 0], cube(1));
    const short = angleOf([10, 0, 0], [0, 0, 0], [0, 10, 0], cube(1));
    // Each arm end gives s/√12 across it, the vertex both at once: √4 s/√12 / L.
    expect(long?.plusMinus).toBeCloseTo((2 * Math.sqrt(4 / 12) * 180) / Math.PI / 40, 9);
    expect((short?.plusMinus ?? 0) / (long?.plusMinus ?? 1)).toBeCloseTo(4, 9);
  });

  test('an arm without length has no angle', () => {
    expect(angleOf([0, 0, 0], [0, 0, 0], [1, 0, 0], ct)).toBeNull();
  });
});

describe('bidirectional', () => {
  test('the longer one is the long axis, whichever was drawn first', () => {
    const points: Mm3[] = [
      [0, -5, 0],
      [0, 5, 0],
      [-10, 0, 0],
      [10, 0, 0],
    ];
    expect(bidirectionalOf(points, ct)).toMatchObject({
      long: { value: 20 },
      short: { value: 10 },
      perpendicular: true,
    });
  });

  test('axes that are not perpendicular are told', () => {
    const points: Mm3[] = [
      [-10, 0, 0],
      [10, 0, 0],
      [-4, -4, 0],
      [4, 4, 0],
    ];
    expect(bidirectionalOf(points, ct)?.perpendicular).toBe(false);
  });

  test('what is offered is perpendicular, and an end stays so when it is pulled', () => {
    const [a, b]: [Mm3, Mm3] = [
      [1, 2, 3],
      [21, 12, 3],
    ];
    const [c, d] = offeredShortAxis(a, b, UP);
    expect(bidirectionalOf([a, b, c, d], ct)).toMatchObject({ perpendicular: true });
    const pulled = onPerpendicular([9, 30, 3], c, a, b);
    expect(bidirectionalOf([a, b, c, pulled], ct)?.perpendicular).toBe(true);
  });
});

describe('ellipse', () => {
  test('pi a b, and what its circle holds', () => {
    const shape = ellipseShape(
      [
        [1, 1, 7],
        [11, 1, 7],
        [1, 6, 7],
      ],
      UP,
      ct,
    );
    expect(shape?.area.value).toBeCloseTo(Math.PI * 50, 9);
    expect(shape?.contains([10.9, 1, 7])).toBe(true);
    expect(shape?.contains([10, 4, 7])).toBe(false);
    expect(shape?.radius).toBe(10);
  });

  test('from corner to corner of a box, in any direction', () => {
    const right: Mm3 = [1, 0, 0];
    const down: Mm3 = [0, 1, 0];
    for (const [from, to] of [
      [
        [0, 0, 0],
        [20, 10, 0],
      ],
      [
        [20, 0, 0],
        [0, 10, 0],
      ],
    ] as [Mm3, Mm3][])
      expect(ellipseShape(ellipseInBox(from, to, right, down), UP, ct)?.area.value).toBeCloseTo(
        Math.PI * 50,
        9,
      );
  });

  test('without a width there is none', () => {
    expect(
      ellipseShape(
        [
          [0, 0, 0],
          [5, 0, 0],
          [9, 0, 0],
        ] as Mm3[],
        UP,
        ct,
      ),
    ).toBeNull();
  });
});

describe('freehand', () => {
  const square: Mm3[] = [
    [0, 0, 2],
    [10, 0, 2],
    [10, 10, 2],
    [0, 10, 2],
  ];

  test('a square of 10 mm: 100 mm²; its edge as a whole is out by a voxel’s uncertainty', () => {
    const shape = freehandShape(square, UP, ct);
    expect(shape?.area.value).toBeCloseTo(100, 9);
    expect(shape?.area.plusMinus).toBeCloseTo((2 * 40) / Math.sqrt(12), 9);
    expect(shape?.contains([5, 5, 40])).toBe(true);
    expect(shape?.contains([11, 5, 2])).toBe(false);
  });

  test('a stroke keeps its form with fewer points, never more than allowed', () => {
    const stroke = Array.from({ length: 2000 }, (_, index): Mm3 => {
      const turn = (2 * Math.PI * index) / 2000;
      return [30 * Math.cos(turn), 20 * Math.sin(turn), 0];
    });
    const kept = simplified(stroke, 0.1, 200);
    expect(kept.length).toBeLessThanOrEqual(200);
    const area = freehandShape(kept, UP, ct)?.area.value ?? 0;
    expect(Math.abs(area / (Math.PI * 600) - 1)).toBeLessThan(0.01);
    expect(simplified(stroke, 1e-6, 60).length).toBeLessThanOrEqual(60);
  });
});

describe('values inside a shape', () => {
  const grid: FixtureGrid = { size: [41, 41, 11], spacing: [1, 1, 5] };
  const ramp = volumeOf((x, _y, z) => 100 + x + 1000 * z, grid);
  const circle = (centre: Mm3, radius: number, normal: Mm3, u: Mm3, v: Mm3) =>
    ellipseShape(
      [
        centre,
        [centre[0] + radius * u[0], centre[1] + radius * u[1], centre[2] + radius * u[2]],
        [centre[0] + radius * v[0], centre[1] + radius * v[1], centre[2] + radius * v[2]],
      ],
      normal,
      ct,
    );
  const axial = (centre: Mm3) => circle(centre, 5, UP, [1, 0, 0], [0, 1, 0]);

  test('on a slice: its stored values, nothing between slices', () => {
    const shape = axial([2, 0, 1.5]);
    const found = shape && valuesInShape(ramp, voxelGrid(ramp), shape, UP);
    expect(found).toMatchObject({
      known: true,
      values: { how: 'voxels', statistics: { count: 81, mean: 102 } },
    });
    expect(found?.known && [found.values.statistics.min, found.values.statistics.max]).toEqual([97, 107]);
  });

  test('across the slices: trilinear', () => {
    const shape = circle([0, 0, 2.5], 5, [0, 1, 0], [1, 0, 0], [0, 0, 1]);
    const found = shape && valuesInShape(ramp, voxelGrid(ramp), shape, [0, 1, 0]);
    expect(found?.known && found.values.how).toBe('interpolated');
    expect(found?.known && found.values.statistics.mean).toBeCloseTo(100 + 2500, 6);
  });

  test('a shape that is smaller than a voxel is read between voxels', () => {
    const shape = circle([0.5, 0.5, 0], 0.3, UP, [1, 0, 0], [0, 1, 0]);
    const found = shape && valuesInShape(ramp, voxelGrid(ramp), shape, UP);
    expect(found).toMatchObject({ known: true, values: { how: 'interpolated' } });
  });

  test('partly outside on a plane that is no slice, or on a slice that is not loaded: unknown', () => {
    const tall = circle([0, 0, 24], 8, [0, 1, 0], [1, 0, 0], [0, 0, 1]);
    const outside = tall && valuesInShape(ramp, voxelGrid(ramp), tall, [0, 1, 0]);
    expect(outside).toEqual({ known: false, reason: 'incomplete' });
    const partly = { ...ramp, slices: ramp.slices.map((slice, index) => (index === 5 ? null : slice)) };
    const shape = axial([0, 0, 0]);
    const found = shape && valuesInShape(partly, voxelGrid(partly), shape, UP);
    expect(found).toEqual({ known: false, reason: 'incomplete' });
  });
});
