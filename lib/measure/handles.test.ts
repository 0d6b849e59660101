import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { ViewPlane } from '../planes/view-plane.ts';
import { distanceTo, handleAt, handlesOf, regionCircle } from './handles.ts';
import { measurement } from './measurement.fixture.ts';

/** Two CSS pixels to a millimetre. */
const at = (z: number, right: Mm3 = [1, 0, 0], down: Mm3 = [0, 1, 0]): ViewPlane => ({
  frameOfReferenceUid: '2.25.1',
  centre: [0, 0, z],
  right,
  down,
  mmPerPixel: 0.5,
  width: 400,
  height: 300,
});

describe('a length', () => {
  const length = measurement('length', [
    [0, 0, 0],
    [50, 0, 0],
  ]);
  test('its ends are handles, within reach only', () => {
    expect(handlesOf(length, at(0)).map((one) => one.at)).toEqual([
      [200, 150],
      [300, 150],
    ]);
    expect(handleAt(length, at(0), [305, 155], 12)?.index).toBe(1);
    expect(handleAt(length, at(0), [305, 165], 12)).toBeNull();
  });
  test('its line is near between its ends, not beyond them', () => {
    expect(distanceTo(length, at(0), [250, 153])).toBe(3);
    expect(distanceTo(length, at(0), [340, 150])).toBe(40);
  });
});

describe('a region', () => {
  const region = measurement('region', [
    [0, 0, 0],
    [0, 15, 0],
  ]);
  test('is cut in a smaller circle away from its centre, from any side', () => {
    expect(regionCircle(region, at(0))).toEqual({ centre: [200, 150], radius: 30 });
    expect(regionCircle(region, at(9))).toEqual({ centre: [200, 150], radius: 24 });
    expect(regionCircle(region, at(15))).toBeNull();
    const coronal = at(4, [1, 0, 0], [0, 0, -1]);
    expect(regionCircle(region, coronal)).toEqual({ centre: [200, 158], radius: 30 });
  });
  test('its second handle lies on the circle, also where its point does not lie on the plane', () => {
    expect(handlesOf(region, at(9))[1]?.at).toEqual([200, 174]);
    expect(handlesOf(region, at(0, [1, 0, 0], [0, 0, -1]))[1]?.at).toEqual([230, 150]);
  });
  test('its line is the circle', () => {
    expect(distanceTo(region, at(0), [200, 170])).toBe(10);
    expect(distanceTo(region, at(20), [200, 170])).toBe(Number.POSITIVE_INFINITY);
  });
});

test('of two handles in one place the later one is taken', () => {
  const ellipse = measurement('ellipse', [
    [0, 0, 0],
    [0.1, 0, 0],
    [0, 0.1, 0],
  ]);
  expect(handleAt(ellipse, at(0), [200, 150], 12)?.index).toBe(0);
  expect(handleAt(ellipse, at(0), [201, 151], 12)?.index).toBe(2);
});
