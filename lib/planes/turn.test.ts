import { expect, test } from 'vitest';
import { dot, type Mm3 } from '../dicom/image-plane.ts';
import { turnedAbout } from './turn.ts';

const close = (vector: Mm3) => vector.map((value) => expect.closeTo(value, 12));

test('a quarter turn about the way to the head takes left to back', () => {
  expect(turnedAbout([1, 0, 0], [0, 0, 1], 90)).toEqual(close([0, 1, 0]));
  expect(turnedAbout([1, 0, 0], [0, 0, 1], -90)).toEqual(close([0, -1, 0]));
});

test('sixty turns of six degrees end where they began', () => {
  const axis: Mm3 = [0, 0.6, 0.8];
  const first: Mm3 = [1, 0, 0];
  const last = Array.from({ length: 60 }).reduce<Mm3>((one) => turnedAbout(one, axis, 6), first);
  expect(last).toEqual(close(first));
  expect(dot(turnedAbout(first, axis, 33), axis)).toBeCloseTo(0, 12);
});
