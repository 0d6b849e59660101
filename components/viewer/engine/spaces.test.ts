import { describe, expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { SpatialRegistration } from '@/lib/dicom/registration.ts';
import { IDENTITY } from '@/lib/dicom/rigid.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { linkedByHand } from './hand-links.ts';
import type { NamedWay } from './named-ways.ts';
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

const view = (frameOfReferenceUid: string | null): ViewPlane => ({
  ...{ frameOfReferenceUid, centre: [0, 0, 0], right: [1, 0, 0], down: [0, 1, 0] },
  ...{ mmPerPixel: 1, width: 100, height: 100 },
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

describe('of several that differ', () => {
  const named = (...uids: string[]): NamedWay[] => uids.map((uid) => ({ between: ['ct', 'mr'], uid }));
  const ambiguous = { reason: 'ambiguous', candidates: ['a', 'b'] };
  const two = [registration('a', 10), { ...registration('b', 20), label: 'soft tissue' }];
  const shown: { ways: readonly NamedWay[] } = { ways: [] };
  const known = new Spaces(
    () => ({ registrations: two, handLinks: [] }),
    () => shown.ways,
  );

  test('the one is taken that the fusions on the screen name for these two frames, there and back', () => {
    shown.ways = named('b', 'b');
    expect(known.map([0, 0, 0], 'mr', 'ct')).toEqual([20, 0, 0]);
    expect(known.map([0, 0, 0], 'ct', 'mr')).toEqual([-20, 0, 0]);
    expect(known.pathBetween('mr', 'ct')).toEqual({ registrationUid: 'b' });
    expect(known.nameBetween('ct', 'mr')).toBe('soft tissue');
    expect(known.follow(place('mr'), place('ct'))?.point).toEqual([21, 2, 3]);
    expect(known.viewIn(view('mr'), 'ct')?.centre).toEqual([20, 0, 0]);
  });
  test('who names another gets that one', () => {
    shown.ways = named('b');
    expect(known.map([0, 0, 0], 'mr', 'ct', 'a')).toEqual([10, 0, 0]);
  });
  test('it counts as long as it is named, and the next one from then on', () => {
    shown.ways = named('b');
    expect(known.map([0, 0, 0], 'mr', 'ct')).toEqual([20, 0, 0]);
    shown.ways = named('a');
    expect(known.map([0, 0, 0], 'mr', 'ct')).toEqual([10, 0, 0]);
    shown.ways = [];
    expect(known.map([0, 0, 0], 'mr', 'ct')).toBeNull();
  });
  test.each<[string, NamedWay[]]>([
    ['two fusions name two', named('a', 'b')],
    ['what is named is not here', named('c')],
    ['it is named for other frames', [{ between: ['ct', 'pet'], uid: 'b' }]],
  ])('none is taken where %s', (_, ways) => {
    shown.ways = ways;
    expect(known.pathBetween('mr', 'ct')).toEqual(ambiguous);
    expect(known.map([0, 0, 0], 'mr', 'ct')).toBeNull();
    expect(known.nameBetween('mr', 'ct')).toBe('');
  });
  test('of a way through several registrations the named one is told', () => {
    const onwards: SpatialRegistration = {
      ...registration('on', 0),
      to: 'pet',
      frames: [{ ...said, from: 'ct', applied: true, transform: IDENTITY }],
    };
    const chain = new Spaces(
      () => ({ registrations: [...two, onwards], handLinks: [] }),
      () => [{ between: ['mr', 'pet'], uid: 'b' }],
    );
    expect(chain.pathBetween('pet', 'mr')).toEqual({ registrationUid: 'b' });
    expect(chain.map([0, 0, 0], 'mr', 'pet')).toEqual([20, 0, 0]);
  });
  test('one that needs no choice is gone by, whatever is named', () => {
    const one = new Spaces(
      () => ({ registrations: [registration('a', 10)], handLinks: [] }),
      () => named('c'),
    );
    expect(one.map([0, 0, 0], 'mr', 'ct')).toEqual([10, 0, 0]);
  });
});

describe('images without a frame of reference', () => {
  const known = spaces([registration('a', 10)]);
  const bare = place(null);
  const others = { ...bare, seriesUid: 'other series' };
  test('lie in one space with their own series', () => {
    expect(known.follow(bare, bare)).toEqual({ point: [1, 2, 3], normal: [0, 0, 1] });
    expect(known.mapFrom([7, 8, 9], bare, bare)).toEqual([7, 8, 9]);
    expect(known.viewFrom(view(null), bare, bare)).toEqual(view(null));
  });
  test.each([
    ['another series', others],
    ['a series with a frame of reference', place('ct')],
    ['the same series where that names one', { ...place('ct'), seriesUid: bare.seriesUid }],
    ['an image without position', { ...bare, focalMm: null }],
    ['nothing', { ...bare, seriesUid: null }],
  ])('not with %s', (_, other) => {
    expect(known.mapFrom([7, 8, 9], bare, other)).toBeNull();
    expect(known.mapFrom([7, 8, 9], other, bare)).toBeNull();
    expect(known.viewFrom(view(null), bare, other)).toBeNull();
    expect(known.follow(bare, other)).toBeNull();
  });
  test('what names nothing is not one series', () => {
    const nothing = { ...bare, seriesUid: null };
    expect(known.mapFrom([7, 8, 9], nothing, nothing)).toBeNull();
  });
  test('frames of reference lead on as before', () => {
    expect(known.mapFrom([0, 0, 0], place('mr'), place('ct'))).toEqual([10, 0, 0]);
    expect(known.viewFrom(view('mr'), place('mr'), place('ct'))?.centre).toEqual([10, 0, 0]);
    expect(known.viewFrom(view('pet'), place('pet'), place('ct'))).toBeNull();
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
