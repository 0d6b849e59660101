import { describe, expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { addScaled, cross, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import { reslice } from './reslice.ts';
import { toPatient, type ViewPlane } from './view-plane.ts';
import { sampleAt, toIndex, type Volume } from './volume.ts';
import { axialShape, FRAME, planesOf, type StackShape, unit, volumeOf } from './volumes.fixture.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1e6);

const view = (centre: Mm3, right: Mm3, down: Mm3, mmPerPixel: number, width: number, height: number) =>
  ({ frameOfReferenceUid: FRAME, centre, right, down, mmPerPixel, width, height }) satisfies ViewPlane;

function cut(volume: Volume, plane: ViewPlane, size: { width: number; height: number }, nearest = false) {
  const out = new Float32Array(size.width * size.height);
  reslice(volume, plane, size, out, nearest ? 'nearest' : 'linear');
  return out;
}

/** The patient's point under a pixel's centre. */
const pointOf = (plane: ViewPlane, size: { width: number; height: number }, index: number): Mm3 =>
  toPatient(plane, [
    (((index % size.width) + 0.5) * plane.width) / size.width,
    ((Math.floor(index / size.width) + 0.5) * plane.height) / size.height,
  ]);

const ramp = ([x, y, z]: Mm3): number => 3 * x - 2 * y + 5 * z + 7;

test('an axial cut on a slice, pixel upon pixel, is that slice', () => {
  const volume = volumeOf(planesOf({ ...axialShape, rowSpacing: 2 }), ramp);
  const plane = view([0, 10, 18], [1, 0, 0], [0, 1, 0], 2, 8, 6);
  const out = cut(volume, plane, { width: 8, height: 6 });
  expect(Array.from(out)).toEqual(Array.from(volume.slices[2]?.pixels ?? []));
});

describe(`cuts in any direction through any stack are what sampleAt says (seed ${seed})`, () => {
  const { next } = random(seed);
  const between = (low: number, high: number) => low + next() * (high - low);
  const direction = (): Mm3 => unit([between(-1, 1), between(-1, 1), between(-1, 1)]);
  const pair = (): [Mm3, Mm3] => {
    const a = direction();
    const b = direction();
    return [a, unit(addScaled(b, a, -dot(a, b)))];
  };

  function shapeOf(kind: string): StackShape {
    const [rowDirection, columnDirection] =
      kind === 'axial' ? [axialShape.rowDirection, axialShape.columnDirection] : pair();
    const normal = cross(rowDirection, columnDirection);
    const sideways = kind === 'sheared' ? addScaled(normal, columnDirection, between(-0.5, 0.5)) : normal;
    let offset = 0;
    return {
      columns: 3 + Math.floor(next() * 20),
      rows: 3 + Math.floor(next() * 20),
      columnSpacing: between(0.5, 3),
      rowSpacing: between(0.5, 3),
      origin: [between(-50, 50), between(-50, 50), between(-50, 50)],
      rowDirection,
      columnDirection,
      offsets: Array.from({ length: 2 + Math.floor(next() * 12) }, () => {
        offset += kind === 'uneven' ? between(0.5, 6) : 2.5;
        return offset;
      }),
      step: unit(next() < 0.5 ? sideways : [-sideways[0], -sideways[1], -sideways[2]]),
    };
  }

  test.each(['axial', 'oblique', 'sheared', 'uneven'])('%s stacks', (kind) => {
    for (let round = 0; round < 12; round += 1) {
      const shape = shapeOf(kind);
      const whole = volumeOf(planesOf(shape), ramp);
      const slices = whole.slices.map((slice) => (next() < 0.15 ? null : slice));
      const volume = { ...whole, slices };
      const middle = whole.geometry.offsets.length / 2;
      const centre = addScaled(
        addScaled(shape.origin, shape.step, shape.offsets[Math.floor(middle)] ?? 0),
        unit(addScaled(shape.rowDirection, shape.columnDirection, 1)),
        between(0, 15),
      );
      const along: [Mm3, Mm3][] = [
        pair(),
        [shape.rowDirection, shape.columnDirection],
        [shape.rowDirection, whole.geometry.normal],
        [whole.geometry.normal, shape.columnDirection],
        [
          shape.columnDirection,
          [-whole.geometry.normal[0], -whole.geometry.normal[1], -whole.geometry.normal[2]],
        ],
      ];
      for (const [right, down] of along) {
        const plane = view(centre, right, down, between(0.2, 1.5), 40, 30);
        const size = { width: 37, height: 41 };
        const wrong = Array.from(cut(volume, plane, size)).flatMap((value, index) => {
          const point = pointOf(plane, size, index);
          const expected = sampleAt(volume, point);
          const same = Number.isNaN(expected) ? Number.isNaN(value) : Math.abs(value - expected) < 1e-3;
          return same ? [] : [{ round, index, point, value, expected }];
        });
        expect(wrong).toEqual([]);
      }
    }
  });

  test('a linear field comes out exactly wherever it is joined', () => {
    for (let round = 0; round < 10; round += 1) {
      const shape = { ...shapeOf('sheared'), offsets: [0, 2.4, 5, 7.7, 10] };
      const volume = volumeOf(planesOf(shape), ramp);
      const { geometry } = volume;
      const [right, down] = pair();
      const centre = addScaled(
        addScaled(shape.origin, shape.step, 5),
        shape.rowDirection,
        (shape.columns * shape.columnSpacing) / 2,
      );
      const plane = view(centre, right, down, 0.5, 40, 40);
      const size = { width: 40, height: 40 };
      cut(volume, plane, size).forEach((value, index) => {
        const point = pointOf(plane, size, index);
        const [column, row, place] = toIndex(geometry, point);
        const joined =
          column >= 0 &&
          row >= 0 &&
          place >= 0 &&
          column <= shape.columns - 1 &&
          row <= shape.rows - 1 &&
          place <= 4;
        if (joined) expect(Math.abs(value - ramp(point))).toBeLessThan(1e-3);
      });
    }
  });
});

test('a sphere keeps its radius in a cut that crosses all axes', () => {
  const shape = {
    ...axialShape,
    columns: 60,
    rows: 60,
    columnSpacing: 1,
    rowSpacing: 1,
    origin: [-30, -30, -30] as const,
    offsets: Array.from({ length: 41 }, (_, k) => k * 1.5),
  };
  const volume = volumeOf(planesOf(shape), ([x, y, z]) => 20 - Math.hypot(x, y, z));
  const plane = view([0, 0, 0], unit([1, 1, 0]), unit([1, -1, 1]), 0.25, 200, 200);
  const size = { width: 200, height: 200 };
  const inside = cut(volume, plane, size).filter((value) => value > 0).length;
  expect(Math.abs(Math.sqrt((inside * 0.25 ** 2) / Math.PI) - 20)).toBeLessThan(0.05);
});

test('nearest: the voxel that the point lies in', () => {
  const volume = volumeOf(planesOf(axialShape), ramp);
  const plane = view(
    [0, 12, 18],
    unit([1, 0.2, 0.1]),
    unit(cross(unit([1, 0.2, 0.1]), [0, 1, 0])),
    0.7,
    30,
    30,
  );
  const size = { width: 30, height: 30 };
  cut(volume, plane, size, true).forEach((value, index) => {
    const point = pointOf(plane, size, index);
    const [column, row, place] = toIndex(volume.geometry, point);
    if (Number.isNaN(column)) expect(value).toBeNaN();
    else {
      const voxel = (at: number, count: number) => Math.min(Math.max(Math.round(at), 0), count - 1);
      const slice = volume.slices[voxel(place, 5)];
      expect(value).toBe(Math.fround(slice?.pixels[voxel(row, 6) * 8 + voxel(column, 8)] ?? Number.NaN));
    }
  });
});

test('half a voxel beyond the outer centres is drawn as the outer voxels, more is nothing', () => {
  const volume = volumeOf(planesOf(axialShape), () => 4);
  const plane = view([0, 12.5, 18], [1, 0, 0], [0, 0, -1], 1, 20, 24);
  const out = cut(volume, plane, { width: 20, height: 24 });
  // 8 columns of 2 mm, 5 slices of 4 mm.
  expect(out.filter((value) => value === 4)).toHaveLength(16 * 20);
  expect(out.filter((value) => Number.isNaN(value))).toHaveLength(20 * 24 - 16 * 20);
  expect(subtract(pointOf(plane, { width: 20, height: 24 }, 0), [-9.5, 12.5, 29.5])).toEqual([0, 0, 0]);
});
