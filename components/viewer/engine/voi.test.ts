import { describe, expect, test } from 'vitest';
import type { SuvFactor } from '@/lib/rt/suv.ts';
import { axialAt, header, stacksOf } from '../data/stack.fixture.ts';
import type { Stack } from '../data/stack.ts';
import { displayFactor, firstVoi, presetsOf, unitOf, windowDigits } from './voi.ts';

const stack = (change: Partial<Stack>): Stack => {
  const [made] = stacksOf(axialAt(0));
  if (!made) throw new Error('No stack');
  return { ...made, ...change };
};
const known = { known: true, factor: 2e-4 } as SuvFactor;
const unknown = { known: false, reason: 'weight_missing' } as SuvFactor;
/** As CT images are: in HU. */
const rescale = { '00281052': { vr: 'DS', Value: [-1024] }, '00281053': { vr: 'DS', Value: [1] } };
const window = (center: number[], width: number[]) =>
  header(
    1,
    {},
    { ...rescale, '00281050': { vr: 'DS', Value: center }, '00281051': { vr: 'DS', Value: width } },
  );

describe('PET', () => {
  test('with SUV: 0 to 7, in SUV', () => {
    const pet = stack({ Modality: 'PT', suv: known });
    expect(firstVoi(pet)).toEqual({ center: 3.5, width: 7 });
    expect(displayFactor(pet)).toBe(2e-4);
    expect(unitOf(pet)).toBe('SUV');
    expect(presetsOf(pet).map((preset) => preset.voi.width)).toEqual([5, 7, 10, 15]);
  });

  test('without: no SUV preset, no factor, and never the unit SUV', () => {
    const units = { '00541001': { vr: 'CS', Value: ['BQML'] } };
    const pet = stack({ Modality: 'PT', suv: unknown, header: header(1, {}, units) });
    expect(firstVoi(pet)).toBeNull();
    expect(displayFactor(pet)).toBe(1);
    expect(presetsOf(pet)).toEqual([]);
    expect(unitOf(pet)).toBe('Bq/ml');
    expect(unitOf(stack({ Modality: 'PT', suv: unknown }))).toBe('');
  });
});

const iodine = { ...rescale, '00281054': { vr: 'LO', Value: ['MGML'] } };

test('windows in HU are of CT in HU', () => {
  const inHu = stack({ header: header(1, {}, rescale) });
  expect([unitOf(inHu), presetsOf(inHu).length]).toEqual(['HU', 5]);
  const map = stack({ header: header(1, {}, iodine) });
  expect([unitOf(map), presetsOf(map).length]).toEqual(['mg/ml', 0]);
});

describe('first window', () => {
  test.each<[string, Partial<Stack>, ReturnType<typeof firstVoi>]>([
    ['of the header', { header: window([50], [350]) }, { center: 50, width: 350 }],
    ['the first of several', { header: window([50, -600], [350, 1500]) }, { center: 50, width: 350 }],
    ['a CT without one: soft tissue', { header: header(1, {}, rescale) }, { center: 40, width: 400 }],
    ['an iodine map without one: left to the pixels', { header: header(1, {}, iodine) }, null],
    ['a width of nothing is none', { header: window([50], [0]) }, { center: 40, width: 400 }],
    ['an MR without one: left to the pixels', { Modality: 'MR' }, null],
  ])('%s', (_, change, voi) => {
    expect(firstVoi(stack(change))).toEqual(voi);
  });
});

test.each([
  [400, 1],
  [7, 1],
  [0.5, 2],
  // ADC in mm²/s.
  [0.002, 4],
])('a window %d wide is told with %d decimals', (width, digits) => {
  expect(windowDigits({ center: 0, width })).toBe(digits);
});
