import { describe, expect, test } from 'vitest';
import { AXES, normalOf } from '@/lib/planes/axes.ts';
import { axialShape, geometryOf, planesOf } from '@/lib/planes/volumes.fixture.ts';
import { directionsOf, planeFrame } from './plane-frame.ts';
import { isReached, onStep, stepAt, stepsAlong } from './plane-scroll.ts';

// 8 columns of 2 mm, 6 rows of 3 mm, 5 slices 4 mm apart: 16 x 18 x 20 mm.
const geometry = geometryOf(planesOf(axialShape));
const stateOf = (axis: keyof typeof AXES) => {
  const { down } = AXES[axis];
  const up: [number, number, number] = [-down[0], -down[1], -down[2]];
  return { normal: [...normalOf(AXES[axis])] as [number, number, number], up };
};

describe('the plane that a state asks for', () => {
  test.each(['axial', 'coronal', 'sagittal'] as const)('%s: right and down of its normal and up', (axis) => {
    const directions = directionsOf(stateOf(axis));
    for (const key of ['right', 'down'] as const)
      for (const [at, value] of AXES[axis][key].entries())
        expect(directions?.[key][at]).toBeCloseTo(value, 12);
  });

  test.each([
    ['axial', 18 / 100],
    ['coronal', 20 / 100],
    ['sagittal', 20 / 100],
  ] as const)('%s: at zoom 1 the whole just fits a window of 200 x 100', (axis, mmPerPixel) => {
    const state = {
      ...stateOf(axis),
      kind: 'plane' as const,
      focalMm: [0, 10, 15] as [number, number, number],
    };
    const view = planeFrame(geometry, { ...state, zoom: 1 }, { width: 200, height: 100 });
    expect(view?.mmPerPixel).toBeCloseTo(mmPerPixel, 12);
    const closer = planeFrame(geometry, { ...state, zoom: 2 }, { width: 200, height: 100 });
    expect(closer?.mmPerPixel).toBeCloseTo(mmPerPixel / 2, 12);
  });

  test('told of a wide window, as much as that one holds is in a narrow one', () => {
    const state = { ...stateOf('axial'), kind: 'plane' as const, zoom: 2, aspect: 2 };
    const at = (width: number, height: number) =>
      planeFrame(geometry, { ...state, focalMm: [0, 10, 15] }, { width, height })?.mmPerPixel;
    // 18 mm of height at zoom 1: 18 x 9 mm are shown at zoom 2.
    expect(at(200, 100)).toBeCloseTo(9 / 100, 12);
    expect(at(100, 100)).toBeCloseTo(18 / 100, 12);
    expect(at(400, 100)).toBeCloseTo(9 / 100, 12);
  });

  test('a projection keeps its size while it turns about the patient', () => {
    const at = (angle: number) => {
      const normal: [number, number, number] = [Math.sin(angle), Math.cos(angle), 0];
      const state = { kind: 'mip' as const, normal, up: [0, 0, 1] as [number, number, number], zoom: 1 };
      return planeFrame(geometry, { ...state, focalMm: [0, 0, 0] }, { width: 100, height: 300 })?.mmPerPixel;
    };
    expect(at(0)).toBeCloseTo(Math.hypot(16, 18) / 100, 12);
    expect(at(0.7)).toBeCloseTo(at(0) ?? 0, 12);
  });

  test('no place, no direction, no room: no plane', () => {
    const size = { width: 10, height: 10 };
    const state = { ...stateOf('axial'), kind: 'plane' as const, zoom: 1 };
    expect(planeFrame(geometry, { ...state, focalMm: null }, size)).toBeNull();
    expect(planeFrame(geometry, { ...state, up: null, focalMm: [0, 0, 0] }, size)).toBeNull();
    expect(planeFrame(geometry, { ...state, focalMm: [0, 0, 0] }, { width: 0, height: 10 })).toBeNull();
  });
});

describe('the scroll of a cut', () => {
  test('along the images it stops at each of them, in their own order', () => {
    expect(stepsAlong(geometry, [0, 0, 1])).toEqual([10, 14, 18, 22, 26]);
    expect(stepsAlong(geometry, [0, 0, -1])).toEqual([-10, -14, -18, -22, -26]);
  });

  test('across them it stops at each row and each column', () => {
    const rows = stepsAlong(geometry, [0, 1, 0]);
    expect(rows).toHaveLength(6);
    for (const [index, at] of rows.entries()) expect(at).toBeCloseTo(5 + 3 * index, 9);
    const columns = stepsAlong(geometry, [-1, 0, 0]);
    expect(columns).toHaveLength(8);
    expect(columns[0]).toBeCloseTo(-7, 9);
  });

  test('a point is moved along the normal alone, and held at the ends', () => {
    const steps = stepsAlong(geometry, [0, 0, 1]);
    expect(stepAt(steps, [0, 0, 1], [3, 3, 19])).toBe(2);
    expect(onStep(steps, [0, 0, 1], [3, 4, 19], 3)).toEqual([3, 4, 22]);
    expect(onStep(steps, [0, 0, 1], [3, 4, 19], 99)).toEqual([3, 4, 26]);
    expect(isReached(steps, [0, 0, 1], [0, 0, 28])).toBe(true);
    expect(isReached(steps, [0, 0, 1], [0, 0, 28.1])).toBe(false);
    const back = stepsAlong(geometry, [0, 0, -1]);
    expect(isReached(back, [0, 0, -1], [0, 0, 28])).toBe(true);
    expect(isReached(back, [0, 0, -1], [0, 0, 7.9])).toBe(false);
  });
});
