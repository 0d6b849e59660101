import { describe, expect, test } from 'vitest';
import type { DoseHeader } from '../dicom/rtdose-header.ts';
import { doseSampler } from './dose-at.ts';
import { sumDoses } from './dose-sum.ts';
import { firstDoses, sumsOfParts, whyNoSum } from './dose-sum-rules.ts';
import { dvhOf } from './dvh.ts';
import { roiSolid } from './roi-solid.ts';
import { doseOf, FRAME, sphere } from './shapes.fixture.ts';

const header = (uid: string, change: Partial<DoseHeader> = {}): DoseHeader => ({
  studyUid: '2.25.1',
  seriesUid: '2.25.1',
  sopInstanceUid: uid,
  frameOfReferenceUid: FRAME,
  description: '',
  units: 'GY',
  doseType: 'PHYSICAL',
  summationType: 'PLAN',
  planUids: ['2.25.100'],
  fractionGroups: [],
  beams: [],
  frames: 10,
  bitsAllocated: 32,
  ...change,
});
const beam = (uid: string, ...beams: number[]) => header(uid, { summationType: 'BEAM', beams });

describe('what may be added up', () => {
  test.each<[string, DoseHeader[], ReturnType<typeof whyNoSum>]>([
    ['two plans', [header('a'), header('b', { planUids: ['2.25.101'] })], null],
    ['beams of one plan', [beam('a', 1), beam('b', 2), beam('c', 3)], null],
    ['a beam twice', [beam('a', 1), beam('b', 1)], 'twice'],
    ['a plan computed twice', [header('a'), header('b')], 'twice'],
    ['a plan and its beam', [header('a'), beam('b', 1)], 'whole_and_part'],
    ['a plan and the beam of another', [header('a'), { ...beam('b', 1), planUids: ['2.25.101'] }], null],
    [
      'fraction groups',
      [1, 2].map((group) => header(`${group}`, { summationType: 'FRACTION', fractionGroups: [group] })),
      null,
    ],
    [
      'several plans and one of them',
      [header('a', { summationType: 'MULTI_PLAN', planUids: ['2.25.100', '2.25.101'] }), header('b')],
      'whole_and_part',
    ],
    ['physical and effective', [header('a'), header('b', { doseType: 'EFFECTIVE' })], 'dose_type_differs'],
    [
      'two frames of reference',
      [header('a'), header('b', { frameOfReferenceUid: '2.25.9' })],
      'frame_of_reference_differs',
    ],
    [
      'a session and a course',
      [beam('a', 1), header('b', { summationType: 'BEAM_SESSION' })],
      'session_and_course',
    ],
    ['recorded and planned', [header('a'), header('b', { summationType: 'RECORD' })], 'recorded_and_planned'],
    ['of unknown extent', [header('a'), header('b', { summationType: '' })], 'kind_unknown'],
  ])('%s', (_, doses, reason) => {
    expect(whyNoSum(doses)).toBe(reason);
    expect(whyNoSum([...doses].reverse())).toBe(reason);
  });
});

test('shown first: a whole plan on the images; else all parts of one plan', () => {
  const frames = new Set([FRAME]);
  const uids = (doses: DoseHeader[]) => firstDoses(doses, frames).map((one) => one.sopInstanceUid);
  expect(uids([beam('a', 1), header('b', { frameOfReferenceUid: '2.25.9' }), header('c')])).toEqual(['c']);
  expect(uids([beam('a', 1), { ...beam('x', 1), planUids: ['2.25.7'] }, beam('b', 2)])).toEqual(['a', 'b']);
  expect(uids([header('a', { units: 'RELATIVE' })])).toEqual([]);
});

test('a plan whose dose came in parts only is their sum; one whose whole dose is there is not', () => {
  const uids = (doses: DoseHeader[]) =>
    sumsOfParts(doses).map((one) => one.map((dose) => dose.sopInstanceUid));
  const other = { ...beam('x', 1), planUids: ['2.25.7'] };
  expect(uids([beam('a', 1), other, beam('b', 2), beam('c', 2)])).toEqual([['a', 'b']]);
  expect(uids([beam('a', 1), beam('b', 2), header('c')])).toEqual([]);
  expect(uids([beam('a', 1)])).toEqual([]);
  expect(uids([1, 2].map((n) => ({ ...beam(`${n}`, n), planUids: [] })))).toEqual([]);
});

test('the same grids are added voxel by voxel', () => {
  const { grid, resampled } = sumDoses([doseOf((x) => 40 + x), doseOf((_, y) => 2 * y)]);
  expect(resampled).toBe(false);
  expect(doseSampler(grid)(3, 4, 5)).toBeCloseTo(40 + 3 + 8, 4);
});

test('other grids are brought onto the finest; where one of them ends, nothing is known', () => {
  const { grid, resampled } = sumDoses([doseOf((x) => 50 + x, 21, 3), doseOf((_, y) => 30 + y, 30, 2)]);
  expect(resampled).toBe(true);
  expect(grid.columnSpacing).toBe(2);
  expect(doseSampler(grid)(3.3, -4.1, 5.2)).toBeCloseTo(80 + 3.3 - 4.1, 4);
  expect(doseSampler(grid)(25, 0, 0)).toBeNaN();
});

test.each([
  ['along the grid', 0],
  ['across it', 0.3],
])('a DVH counts unknown voxels as outside of the grid, not as zero: lines %s', (_, turn) => {
  const grid = doseOf((x, y, z) => 100 + x + y + z, 30, 2);
  // Everything above z = 0 is unknown.
  grid.doses.fill(Number.NaN, 16 * grid.columns * grid.rows);
  const turned = turn
    ? { ...grid, rowDirection: turnedBy(turn, [1, 0, 0]), columnDirection: turnedBy(turn, [0, 1, 0]) }
    : grid;
  const solid = roiSolid(sphere(10, 1), null);
  if (!solid.known) throw new Error(solid.reason);
  const found = dvhOf(solid.solid, turned);
  if (!found.known) throw new Error(found.reason);
  const { volume, covered, outside, dose } = found.dvh;
  expect(covered + outside).toBeCloseTo(volume, 6);
  expect(covered / volume).toBeCloseTo(0.5, 1);
  expect(Number.isFinite(dose?.mean)).toBe(true);
  expect(dose?.max).toBeLessThan(100 + 18);
});

const turnedBy = (angle: number, [x, y]: readonly number[]): [number, number, number] => [
  (x ?? 0) * Math.cos(angle) - (y ?? 0) * Math.sin(angle),
  (x ?? 0) * Math.sin(angle) + (y ?? 0) * Math.cos(angle),
  0,
];
