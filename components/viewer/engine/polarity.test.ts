import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { header, stacksOf } from '../data/stack.fixture.ts';
import type { Stack } from '../data/stack.ts';
import { firstInvert, turned, turnedTable } from './polarity.ts';

const text = (value: string) => ({ vr: 'CS', Value: [value] });
const high: JsonDataSet = { '00280004': text('MONOCHROME2') };
const low: JsonDataSet = { '00280004': text('MONOCHROME1') };
const inverse: JsonDataSet = { '00280004': text('MONOCHROME2'), '20500020': text('INVERSE') };
const stackOf = (modality: string, ...images: JsonDataSet[]): Stack => {
  const headers = images.map((more, index) => header(index + 1, { position: [0, 0, index] }, more));
  const [made] = stacksOf(headers, modality);
  if (!made) throw new Error('No stack');
  return made;
};

describe('which end is white', () => {
  test.each<[string, JsonDataSet, boolean]>([
    ['MONOCHROME2', high, false],
    ['MONOCHROME1', low, true],
    ['a Presentation LUT Shape of INVERSE', inverse, true],
    ['nothing said', {}, false],
  ])('%s: what the image asks for, and turned round against it, both ways', (_, more, whiteLow) => {
    const [image] = stackOf('CR', more).images;
    if (!image) throw new Error('No image');
    expect(turned(image, false)).toBe(whiteLow);
    expect(turned(image, true)).toBe(!whiteLow);
    for (const invert of [false, true]) expect(turned(image, turned(image, invert))).toBe(invert);
  });

  test('each image of a series is asked by itself', () => {
    const { images } = stackOf('CR', high, low, high);
    expect(images.map((image) => turned(image, false))).toEqual([false, true, false]);
  });

  test('a PET opens dark on white, however it is stored; all else as it asks', () => {
    for (const more of [high, low, inverse]) {
      const pet = stackOf('PT', more);
      const [image] = pet.images;
      expect(image && turned(image, firstInvert(pet))).toBe(true);
      expect(turnedTable(pet, { colours: 'grey', invert: firstInvert(pet) })).toBe(true);
    }
    for (const modality of ['CT', 'CR', 'DX']) expect(firstInvert(stackOf(modality, low))).toBe(false);
  });

  test('cuts: greys as the image asks, other colours by value', () => {
    const ct = stackOf('CT', low);
    expect(turnedTable(ct, { colours: 'grey', invert: false })).toBe(true);
    expect(turnedTable(ct, { colours: 'grey', invert: true })).toBe(false);
    expect(turnedTable(ct, { colours: 'inverse', invert: false })).toBe(true);
    expect(turnedTable(ct, { colours: 'hot_iron', invert: false })).toBe(false);
    expect(turnedTable(ct, { colours: 'hot_iron', invert: true })).toBe(true);
    expect(turnedTable(stackOf('CT', high), { colours: 'grey', invert: true })).toBe(true);
  });
});
