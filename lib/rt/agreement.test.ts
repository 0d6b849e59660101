import { describe, expect, test } from 'vitest';
import type { Roi } from '../dicom/rtstruct.ts';
import { agreementOf } from './agreement.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, sphere } from './shapes.fixture.ts';

function compare(a: Roi, b: Roi) {
  const [one, two] = [roiSolid(a, null), roiSolid(b, null)];
  if (!one.known || !two.known) throw new Error('no solid');
  return agreementOf(one.solid, two.solid);
}

/** A busy machine takes several times what a quiet one does. */
const PATIENCE_MS = 60_000;

describe('two spheres, centres δ apart', { timeout: PATIENCE_MS }, () => {
  test.each([
    [10, 3, 1, [3, 0, 0]],
    [10, 4, 1, [0, 0, 4]],
    [5, 1, 0.5, [0, 1, 0]],
  ] as const)('radius %d mm, δ %d mm, planes %d mm apart', (radius, delta, step, centre) => {
    const result = compare(sphere(radius, step), sphere(radius, step, centre));
    if (!result.known) throw new Error(result.reason);
    const { dice, hd, hd95, mean } = result.agreement;
    expect(dice).toBeCloseTo(((2 * radius - delta) ** 2 * (4 * radius + delta)) / (16 * radius ** 3), 2);
    expect(hd / delta).toBeCloseTo(1, 1);
    // A sphere's flat caps cost its poles, which are the farthest along the normal.
    expect(Math.abs(hd95 / (0.95 * delta) - 1)).toBeLessThan(0.08);
    expect(mean / (delta / 2)).toBeCloseTo(1, 1);
  });
});

test('the same body: 1, 1 and 0', () => {
  const result = compare(sphere(3, 1), sphere(3, 1));
  expect(result).toMatchObject({ known: true, agreement: { dice: 1, surfaceDice: 1 } });
  expect(result.known && result.agreement.hd).toBeLessThan(1e-6);
});

test('far apart: nothing in common', () => {
  const result = compare(sphere(3, 1), sphere(3, 1, [50, 0, 0]));
  expect(result).toMatchObject({ known: true, agreement: { dice: 0, surfaceDice: 0 } });
});

test('frames that differ are refused', () => {
  const other = { ...sphere(3, 1), frameOfReferenceUid: '2.25.9' };
  expect(compare(sphere(3, 1), other)).toEqual({ known: false, reason: 'frame_of_reference_differs' });
});

test('the same oblique contours, written to the tenth of a millimetre by one of two systems', () => {
  const turned = (digits: number): Roi => {
    const [cosine, sine] = [Math.cos(0.5), Math.sin(0.5)];
    const contours = sphere(6, 1).contours.map((one) => {
      const points = Float64Array.from(one.points, (value, at) => {
        const [y, z] = [one.points[at - (at % 3) + 1] ?? 0, one.points[at - (at % 3) + 2] ?? 0];
        const own = [value, 400 + y * cosine - z * sine, 300 + y * sine + z * cosine][at % 3] ?? 0;
        return Number(own.toFixed(digits));
      });
      return { ...one, points };
    });
    return { ...circles([], () => 0), contours };
  };
  const result = compare(turned(6), turned(1));
  if (!result.known) throw new Error(result.reason);
  expect(result.agreement.dice).toBeGreaterThan(0.98);
  expect(result.agreement.surfaceDice).toBe(1);
  expect(result.agreement.hd95).toBeLessThan(0.15);
});
