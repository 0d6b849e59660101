import { expect, test } from 'vitest';
import type { RoiState } from '@/lib/live/view-state.ts';
import { contourAt, structureSetOf } from '@/lib/rt/planes.fixture.ts';
import { fromRoiStates, initialRois, opacityOf, toRoiStates } from './roi-state.ts';

const set = structureSetOf([contourAt(0)]);
const fitting = { set, fit: { fits: true as const, missingImages: 0, refused: [] } };
const refused = { set, fit: { fits: false as const, reason: 'no_contours' as const, details: {} } };

test('everything of a set that fits is seen at first; of a refused one nothing', () => {
  expect(toRoiStates(initialRois([fitting], new Map()))).toEqual([
    { structureSetUid: set.sopInstanceUid, visible: [1], opacity: {} },
  ]);
  expect(initialRois([refused], new Map()).size).toBe(0);
});

test('what a shared view said before the set was loaded stays', () => {
  const shared = fromRoiStates([{ structureSetUid: set.sopInstanceUid, visible: [], opacity: { '1': 0.5 } }]);
  expect(toRoiStates(initialRois([fitting], shared))).toEqual([
    { structureSetUid: set.sopInstanceUid, visible: [], opacity: { '1': 0.5 } },
  ]);
});

test('a round trip changes nothing; sets and ROIs come in order', () => {
  const states: RoiState[] = [
    { structureSetUid: '2.25.8', visible: [10, 2, 1], opacity: {} },
    { structureSetUid: '2.25.3', visible: [4], opacity: { '4': 1 } },
  ];
  expect(toRoiStates(fromRoiStates(states))).toEqual([
    { structureSetUid: '2.25.3', visible: [4], opacity: { '4': 1 } },
    { structureSetUid: '2.25.8', visible: [1, 2, 10], opacity: {} },
  ]);
});

test('the outline of the body is not filled by itself; a fill that was asked for is', () => {
  const [roi] = set.rois;
  if (!roi) throw new Error('No ROI');
  const body = { ...roi, interpretedType: 'EXTERNAL' };
  expect(opacityOf(undefined, roi)).toBeGreaterThan(0);
  expect(opacityOf(undefined, body)).toBe(0);
  expect(opacityOf({ visible: new Set([1]), opacity: { '1': 0.3 } }, body)).toBe(0.3);
  expect(opacityOf({ visible: new Set([1]), opacity: { '1': 0 } }, roi)).toBe(0);
});
