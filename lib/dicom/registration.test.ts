import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import {
  DEFORMABLE_SPATIAL_REGISTRATION,
  parseRegistration,
  type RegisteredFrame,
  SPATIAL_REGISTRATION,
} from './registration.ts';
import { apart, determinant, IDENTITY, inverse, joined, mapped, type Rigid, skewness } from './rigid.ts';

const is = (vr: string, ...Value: unknown[]) => ({ vr, Value });
const [TO, FROM] = ['2.25.10', '2.25.20'];

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
/** A quarter turn about z, then moved. */
const quarter = [0, -1, 0, 10, 1, 0, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1];
const shift = [1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1];

const item = (frame: string | null, matrices: number[][], type = 'RIGID', more: JsonDataSet = {}) => ({
  ...(frame !== null && { '00200052': is('UI', frame) }),
  '00700309': is('SQ', {
    '300600C8': is('ST', 'after breakfast'),
    '0070030D': is('SQ', { '00080104': is('LO', 'Visual Alignment') }),
    '0070030A': is(
      'SQ',
      ...matrices.map((matrix) => ({ '300600C6': is('DS', ...matrix), '0070030C': is('CS', type) })),
    ),
  }),
  ...more,
});

const header = (registered: JsonDataSet[], more: JsonDataSet = {}): JsonDataSet => ({
  '00080016': is('UI', SPATIAL_REGISTRATION),
  '00080018': is('UI', '2.25.1'),
  '00080023': is('DA', '20261120'),
  '00200052': is('UI', TO),
  '00700080': is('CS', 'MR TO CT'),
  '00700308': is('SQ', ...registered),
  ...more,
});

function only(registered: JsonDataSet, more: JsonDataSet = {}): RegisteredFrame {
  const [frame] = parseRegistration(header([registered], more)).frames;
  if (!frame) throw new Error('no frame');
  return frame;
}

function transformOf(registered: JsonDataSet): Rigid {
  const frame = only(registered);
  if (!frame.applied) throw new Error(frame.reason);
  return frame.transform;
}

test('a rigid matrix takes points of the source into the registered frame; what it is called is told', () => {
  const { frames, to, label, date } = parseRegistration(
    header([item(TO, [identity]), item(FROM, [quarter])]),
  );
  expect([to, label, date]).toEqual([TO, 'MR TO CT', '20261120']);
  // The registered frame's own item says nothing.
  expect(frames).toMatchObject([
    { from: FROM, comment: 'after breakfast', method: 'Visual Alignment', applied: true },
  ]);
  expect(mapped(transformOf(item(FROM, [quarter])), [5, 6, 7])).toEqual([4, 25, 37]);
});

test('of several matrices the last is applied to the source first: the product in their order (C.20.2-2)', () => {
  // shift: (6, 8, 10); quarter: (-8 + 10, 6 + 20, 10 + 30).
  expect(mapped(transformOf(item(FROM, [quarter, shift])), [5, 6, 7])).toEqual([2, 26, 40]);
  expect(mapped(transformOf(item(FROM, [shift, quarter])), [5, 6, 7])).toEqual([5, 27, 40]);
});

test.each([
  ['scales', item(FROM, [quarter], 'RIGID_SCALE')],
  ['affine', item(FROM, [quarter], 'AFFINE')],
  ['affine', item(FROM, [quarter, shift], 'AFFINE')],
  ['unknown_type', item(FROM, [quarter], '')],
  ['no_matrix', item(FROM, [])],
  ['no_matrix', item(FROM, [quarter.slice(0, 12)])],
  ['not_rigid', item(FROM, [identity.map((value) => value * 1.002)])],
  ['not_rigid', item(FROM, [[...quarter.slice(0, 12), 0, 0, 0.1, 1]])],
  ['mirrors', item(FROM, [[-1, ...identity.slice(1)]])],
  ['no_source_frame', item(null, [quarter])],
  ['within_frame', item(TO, [quarter])],
])('not applied: %s', (reason, registered) => {
  expect(only(registered)).toMatchObject({ applied: false, reason });
});

test('a registration into no frame of reference is not applied', () => {
  expect(only(item(FROM, [quarter]), { '00200052': undefined })).toMatchObject({ reason: 'no_target_frame' });
});

test('an item that names images only is of their frame, if they are here and have one', () => {
  const images = {
    '00081140': is('SQ', ...['2.25.7', '2.25.8'].map((uid) => ({ '00081155': is('UI', uid) }))),
  };
  const json = header([item(null, [quarter], 'RIGID', images)]);
  const frames = (known: Record<string, string>) => parseRegistration(json, (uid) => known[uid]).frames;
  expect(frames({ '2.25.7': FROM, '2.25.8': FROM })).toMatchObject([{ from: FROM, applied: true }]);
  expect(frames({ '2.25.7': FROM })).toMatchObject([{ reason: 'no_source_frame' }]);
  expect(frames({ '2.25.7': FROM, '2.25.8': '2.25.9' })).toMatchObject([{ reason: 'no_source_frame' }]);
});

test('a deformable registration is named and never applied', () => {
  const json = {
    ...header([]),
    '00080016': is('UI', DEFORMABLE_SPATIAL_REGISTRATION),
    '00640002': is('SQ', { '00640003': is('UI', FROM) }),
  };
  expect(parseRegistration(json).frames).toMatchObject([
    { from: FROM, applied: false, reason: 'deformable' },
  ]);
});

describe('rigid transforms', () => {
  const angle = 0.3;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  /** Written with four decimals, as some do. */
  const written = [c, -s, 0, 4, s, c, 0, -5, 0, 0, 1, 6, 0, 0, 0, 1].map((value) => Number(value.toFixed(4)));
  const made = transformOf(item(FROM, [written]));

  test('cut decimals are made a rotation again, the nearest one', () => {
    expect(skewness(made.rotation)).toBeLessThan(1e-14);
    expect(determinant(made.rotation)).toBeCloseTo(1, 14);
    expect(made.rotation[1]).toBeCloseTo(-s, 4);
  });

  test('there and back is where one was; joined is one after the other', () => {
    const other = transformOf(item(FROM, [quarter]));
    expect(apart(joined(made, inverse(made)), IDENTITY)).toBeLessThan(1e-10);
    const [x, y, z] = mapped(other, mapped(made, [50, -60, 70]));
    const both = mapped(joined(made, other), [50, -60, 70]);
    expect(Math.hypot(both[0] - x, both[1] - y, both[2] - z)).toBeLessThan(1e-10);
  });

  test('how far two are apart is told in mm', () => {
    expect(apart(IDENTITY, { ...IDENTITY, translation: [3, 4, 0] })).toBeCloseTo(5, 10);
  });
});
