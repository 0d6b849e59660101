import { expect, test } from 'vitest';
import type { SpatialRegistration } from '@/lib/dicom/registration.ts';
import { IDENTITY } from '@/lib/dicom/rigid.ts';
import type { Fusion, ViewportState } from '@/lib/live/view-state.ts';
import type { GeometryResult } from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';
import { FusionActs, type FusionStage } from './fusion-acts.ts';
import type { Pane, PaneChange } from './pane.ts';
import { Spaces } from './spaces.ts';

const stack = (name: string, Modality: string, frameOfReferenceUid: string, more: object = {}) =>
  ({
    ...{ SeriesInstanceUID: name, StudyInstanceUID: '2.25.1', Modality, header: {}, images: [1, 2, 3] },
    ...{ planes: [{ frameOfReferenceUid }], suv: { known: true, factor: 1 } },
    ...more,
  }) as unknown as Stack;

const ct = stack('ct', 'CT', 'a');
const pet = stack('pet', 'PT', 'a');
const mr = stack('mr', 'MR', 'b');
const scout = stack('scout', 'CT', 'a', { colour: true });

const registration = (uid: string, x: number): SpatialRegistration => ({
  ...{ sopInstanceUid: uid, seriesUid: '', studyUid: '', label: uid, date: '', to: 'a' },
  frames: [
    {
      ...{ from: 'b', comment: '', method: '', applied: true as const },
      transform: { ...IDENTITY, translation: [x, 0, 0] },
    },
  ],
});

function viewer(
  own: Stack,
  kind: ViewportState['kind'] = 'plane',
  registrations: SpatialRegistration[] = [],
) {
  const state = { fusion: null as Fusion | null };
  const pane = { stack: own, kind, state: () => state } as unknown as Pane;
  const cuts: Fusion[] = [];
  const stage: FusionStage = {
    spaces: new Spaces(() => ({ registrations, handLinks: [] })),
    volumes: {
      geometryOf: (one) => ({ ok: one !== scout, reason: 'colour' }) as unknown as GeometryResult,
    },
    store: { get: () => ({ stacks: [ct, mr, scout, pet], registrations }) },
    active: pane,
    change: (_pane: Pane, part: PaneChange) => Object.assign(state, part),
    cutInstead: (_pane, fusion) => cuts.push(fusion),
  };
  const acts = new FusionActs(stage);
  const press = (key: string) => acts.key({ key } as KeyboardEvent);
  return { acts, pane, state, cuts, press };
}

test('what can lie over a series: the other volumes, PET first, each with what brings it here', () => {
  const { acts, pane } = viewer(ct);
  expect(
    acts.candidates(pane).map(({ stack: { SeriesInstanceUID }, path }) => [SeriesInstanceUID, path]),
  ).toEqual([
    ['pet', { registrationUid: null }],
    ['mr', { reason: 'no_registration' }],
  ]);
  const mip = viewer(ct, 'mip');
  expect(mip.acts.candidates(mip.pane)).toEqual([]);
});

test('the registration that brings the two together is part of what is shown', () => {
  const { acts, pane, state } = viewer(ct, 'plane', [registration('r', 1)]);
  acts.choose(pane, mr);
  expect(state.fusion).toMatchObject({ seriesUid: 'mr', registrationUid: 'r' });
  expect(acts.registrationOf(pane)).toBe('r');
  acts.choose(pane, pet);
  expect(state.fusion).toMatchObject({ seriesUid: 'pet', registrationUid: null });
  expect(acts.registrationOf(pane)).toBeNull();
});

test('of two registrations that differ none is taken, both are offered, and the named one counts', () => {
  const { acts, pane, state } = viewer(ct, 'plane', [registration('r', 1), registration('s', 9)]);
  acts.choose(pane, mr);
  expect(state.fusion).toMatchObject({ registrationUid: null });
  expect(acts.path(pane)).toEqual({ reason: 'ambiguous', candidates: ['r', 's'] });
  expect(acts.registrationsFor(pane).map((one) => one.sopInstanceUid)).toEqual(['r', 's']);
  acts.set(pane, { registrationUid: 's' });
  expect(acts.path(pane)).toEqual({ registrationUid: 's' });
});

test('v brings it back by the registration that was chosen', () => {
  const { acts, pane, state, press } = viewer(mr, 'plane', [registration('one', 0), registration('two', 5)]);
  acts.choose(pane, pet);
  acts.set(pane, { registrationUid: 'two' });
  press('v');
  expect(state.fusion).toBeNull();
  press('v');
  expect(state.fusion?.registrationUid).toBe('two');
});

test('v takes it away and brings it back as it was; brackets blend, and stop at the ends', () => {
  const { state, press } = viewer(ct);
  expect(press('[')).toBe(false);
  expect(press('v')).toBe(true);
  expect(state.fusion).toMatchObject({ seriesUid: 'pet', blend: 0.5 });
  for (let times = 0; times < 7; times += 1) press(']');
  expect(state.fusion?.blend).toBe(1);
  press('[');
  press('v');
  expect(state.fusion).toBeNull();
  press('v');
  expect(state.fusion).toMatchObject({ seriesUid: 'pet', blend: 0.9 });
});

test('acquired images become cuts with something over them', () => {
  const { acts, pane, cuts, state } = viewer(ct, 'stack');
  acts.choose(pane, pet);
  expect(cuts).toMatchObject([{ seriesUid: 'pet' }]);
  expect(state.fusion).toBeNull();
});
