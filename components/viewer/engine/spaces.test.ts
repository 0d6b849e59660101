import { describe, expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { SpatialRegistration } from '@/lib/dicom/registration.ts';
import { IDENTITY } from '@/lib/dicom/rigid.ts';
import { linkedByHand } from './hand-links.ts';
import type { Pane } from './pane.ts';
import { type HandLink, Spaces } from './spaces.ts';

const said = { comment: '', method: '' };
const registration = (uid: string, x: number): SpatialRegistration => ({
  ...{ sopInstanceUid: uid, seriesUid: '', studyUid: '', label: '', date: '', to: 'ct' },
  frames: [{ ...said, from: 'mr', applied: true, transform: { ...IDENTITY, translation: [x, 0, 0] } }],
});
const affine: SpatialRegistration = {
  ...registration('affine', 0),
  frames: [{ ...said, from: 'us', applied: false, reason: 'affine' }],
};
const spaces = (registrations: SpatialRegistration[], handLinks: readonly HandLink[] = []) =>
  new Spaces(() => ({ registrations, handLinks }));
const place = (frameOfReferenceUid: string | null, focalMm: Mm3 | null = [1, 2, 3]) => ({
  ...{ seriesUid: `series ${frameOfReferenceUid}`, frameOfReferenceUid },
  focalMm: focalMm && ([...focalMm] as [number, number, number]),
  normal: [0, 0, 1] as [number, number, number],
});

describe('what brings two frames of reference together', () => {
  const known = spaces([registration('a', 10), affine]);
  test.each([
    ['ct', 'ct', { registrationUid: null }],
    ['mr', 'ct', { registrationUid: 'a' }],
    ['ct', 'mr', { registrationUid: 'a' }],
    ['mr', 'pet', { reason: 'no_registration' }],
    ['ct', null, { reason: 'no_frame' }],
    ['ct', 'us', { reason: 'refused', refusal: 'affine' }],
  ])('%s and %s', (from, to, expected) => {
    expect(known.pathBetween(from, to)).toEqual(expected);
  });

  test('of two that differ none is chosen, but the one that is named', () => {
    const two = spaces([registration('a', 10), registration('b', 20)]);
    expect(two.pathBetween('mr', 'ct')).toEqual({ reason: 'ambiguous', candidates: ['a', 'b'] });
    expect(two.map([0, 0, 0], 'mr', 'ct')).toBeNull();
    expect(two.map([0, 0, 0], 'mr', 'ct', 'b')).toEqual([20, 0, 0]);
  });

  test('registrations that come later count', () => {
    const registrations: SpatialRegistration[][] = [[]];
    const later = new Spaces(() => ({ registrations: registrations[0] ?? [], handLinks: [] }));
    expect(later.map([0, 0, 0], 'mr', 'ct')).toBeNull();
    registrations[0] = [registration('a', 10)];
    expect(later.map([0, 0, 0], 'mr', 'ct')).toEqual([10, 0, 0]);
  });
});

describe('following', () => {
  const link: HandLink = { from: 'old', to: 'ct', offset: [0, 0, 50] };
  const known = spaces([registration('a', 10)], [link]);
  test('by one space, by registration, as linked by hand, and not at all', () => {
    expect(known.follow(place('ct'), place('ct'))?.point).toEqual([1, 2, 3]);
    expect(known.follow(place('mr'), place('ct'))?.point).toEqual([11, 2, 3]);
    expect(known.follow(place('old'), place('ct'))?.point).toEqual([1, 2, 53]);
    expect(known.follow(place('ct'), place('old'))?.point).toEqual([1, 2, -47]);
    expect(known.follow(place('old'), place('mr'))).toBeNull();
    expect(known.follow(place('ct', null), place('ct'))).toBeNull();
  });
  test('a link by hand is no registration', () => {
    expect(known.pathBetween('old', 'ct')).toEqual({ reason: 'no_registration' });
    expect(known.map([0, 0, 0], 'old', 'ct')).toBeNull();
  });
});

describe('linking by hand', () => {
  const pane = (frame: string | null, focalMm: Mm3) =>
    ({ state: () => place(frame, focalMm) }) as unknown as Pane;
  const ct = pane('ct', [0, 0, 100]);
  const mr = pane('mr', [0, 0, 100]);
  const old = pane('old', [5, 0, 40]);
  const known = spaces([registration('a', 10)]);
  const links = linkedByHand([], known, ct, [ct, mr, old]);

  test('as they stand, what is registered left out', () => {
    expect(links).toEqual([{ from: 'ct', to: 'old', offset: [5, 0, -60] }]);
  });
  test('pressed again it is undone, from either side', () => {
    expect(linkedByHand(links, known, ct, [ct, old])).toEqual([]);
    expect(linkedByHand(links, known, old, [ct, old])).toEqual([]);
  });
  test('images without a frame of reference are linked by their series', () => {
    const bare = pane(null, [0, 0, 7]);
    expect(linkedByHand([], known, ct, [ct, bare])).toEqual([
      { from: 'ct', to: 'series null', offset: [0, 0, -93] },
    ]);
  });
});
