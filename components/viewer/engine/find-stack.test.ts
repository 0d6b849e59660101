import { expect, test } from 'vitest';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { axialAt, header, SERIES, stacksOf } from '../data/stack.fixture.ts';
import { findStack, nearestIndex, nothingIn } from './find-stack.ts';

const mixed = stacksOf([
  header(1, { position: [0, 0, 0], orientation: [0, 1, 0, 0, 0, -1] }),
  ...[2, 3].map((number) => header(number, { position: [0, 0, number * 3] })),
  header(4, {}),
  ...[5, 6].map((number) =>
    header(number, { position: [0, 0, 200 + number * 3] }, { '00280011': { vr: 'US', Value: [8] } }),
  ),
]);
const state = (change: Partial<ViewportState>): ViewportState => ({
  ...nothingIn('v1'),
  seriesUid: SERIES,
  frameOfReferenceUid: '2.25.1',
  focalMm: [0, 0, 6],
  normal: [0, 0, 1],
  ...change,
});
const found = (change: Partial<ViewportState>) => {
  const stack = findStack(mixed, state(change));
  return stack ? mixed.indexOf(stack) : null;
};

test.each<[string, Partial<ViewportState>, number | null]>([
  ['the one of its direction', {}, 1],
  ['the other direction', { normal: [-1, 0, 0] }, 0],
  ['the nearer of two of one direction', { focalMm: [0, 0, 214] }, 3],
  [
    'without a position: the one that holds the named image',
    { focalMm: null, normal: null, sopInstanceUid: '2.25.100.4' },
    2,
  ],
  ['a series that is not here', { seriesUid: '2.25.77' }, null],
  ['another space', { frameOfReferenceUid: '2.25.2' }, null],
  ['a direction that none has', { normal: [0, 1, 0] }, null],
  ['seen from the other side', { normal: [0, 0, -1] }, null],
  ['an image that is not here', { focalMm: null, normal: null, sopInstanceUid: '2.25.5' }, null],
])('%s', (_, change, expected) => {
  expect(found(change)).toBe(expected);
});

test('a place that a stack does not reach moves nothing', () => {
  const [stack] = stacksOf(axialAt(0, 3, 6));
  if (!stack) throw new Error('No stack');
  expect([-4, -3, 0, 4, 9, 9.1].map((z) => nearestIndex(stack, [5, 5, z]))).toEqual([null, 0, 0, 1, 2, null]);
});
