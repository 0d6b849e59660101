import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { Beam } from '../dicom/rtplan.ts';
import type { BeamAt } from '../dicom/rtplan-control-points.ts';
import { beamToPatient } from './beam-frame.ts';
import { beamShape, fieldEdges } from './beam-lines.ts';
import { openingOf, outlineOf } from './beam-opening.ts';

const round = (vector: Mm3 | undefined) => vector?.map((value) => Math.round(value * 1e6) / 1e6 + 0);
const source = (gantry: number, position: string, couch = 0) =>
  round(beamToPatient({ gantry, collimator: 0, couch }, position)?.([0, 0, 1]));
const [LEFT, RIGHT, BACK, FRONT, HEAD, FEET]: number[][] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];

describe('where the source stands (IEC 61217, PS3.3 C.7.3.1.1.2)', () => {
  // Gantry 0 is above the table, 90 to the right of somebody who faces the gantry.
  test.each([
    ['HFS', FRONT, LEFT],
    ['HFP', BACK, RIGHT],
    ['FFS', FRONT, RIGHT],
    ['FFP', BACK, LEFT],
    ['HFDR', LEFT, BACK],
    ['HFDL', RIGHT, FRONT],
    ['FFDR', LEFT, FRONT],
    ['FFDL', RIGHT, BACK],
  ])('%s', (position, above, right) => {
    expect(source(0, position)).toEqual(above);
    expect(source(90, position)).toEqual(right);
    expect(source(180, position)).toEqual(above?.map((value) => 0 - value));
    // A turn keeps right-handedness: x across y is z.
    const turn = beamToPatient({ gantry: 33, collimator: 71, couch: 12 }, position);
    const [x, y, z] = (
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as Mm3[]
    ).map((one) => turn?.(one) ?? one);
    expect(
      x && y && round([x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]),
    ).toEqual(round(z));
  });

  test('the table turned by 90° counter-clockwise as seen from above: a lateral beam comes along the body', () => {
    expect(source(90, 'HFS', 90)).toEqual(FEET);
    expect(source(270, 'HFS', 90)).toEqual(HEAD);
    expect(source(0, 'HFS', 90)).toEqual(FRONT);
  });

  test('the collimator turns the field counter-clockwise as seen from the source', () => {
    const turn = beamToPatient({ gantry: 0, collimator: 90, couch: 0 }, 'HFS');
    expect(round(turn?.([1, 0, 0]))).toEqual(HEAD);
  });

  test('an unknown position is none', () => {
    expect(beamToPatient({ gantry: 0, collimator: 0, couch: 0 }, '')).toBeNull();
    expect(beamToPatient({ gantry: 0, collimator: 0, couch: 0 }, 'SITTING')).toBeNull();
  });
});

const at = (change: Partial<BeamAt> = {}): BeamAt => ({
  gantry: 0,
  rotation: null,
  collimator: 0,
  couch: 0,
  isocentre: [10, 20, 30],
  otherAngles: false,
  ssd: null,
  energy: 6,
  devices: [
    { type: 'ASYMX', positions: [-40, 50], boundaries: [] },
    { type: 'ASYMY', positions: [-30, 60], boundaries: [] },
  ],
  weight: null,
  ...change,
});
const beam = (...points: BeamAt[]): Beam => ({
  number: 1,
  name: 'A',
  type: 'STATIC',
  radiation: 'PHOTON',
  delivery: 'TREATMENT',
  machine: '',
  metersetUnit: 'MU',
  sourceAxisDistance: 1000,
  patientPosition: 'HFS',
  points,
});
const shape = (one: Beam) => {
  const found = beamShape(one);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

test('the field widens from the source: its edges on axial planes, and its outline across the beam', () => {
  const found = shape(beam(at()));
  expect(round(found.source)).toEqual([10, -980, 30]);
  const axial = { right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1], depth: 30 } as const;
  const edges = fieldEdges(found, axial);
  expect(edges).toHaveLength(2);
  for (const [x1, y1, x2, y2] of edges) {
    // Both lines go through the source, and pass 40 and 50 mm from the axis at the isocentre.
    const reach = (y: number) => ((x2 - x1) / (y2 - y1)) * (y - y1) + x1 - 10;
    expect(reach(-980)).toBeCloseTo(0, 6);
    expect([-40, 50]).toContain(Math.round(reach(20)));
  }
  // 100 mm behind the isocentre everything is a tenth larger.
  const coronal = { right: [1, 0, 0], down: [0, 0, -1], normal: [0, 1, 0], depth: 120 } as const;
  const outline = fieldEdges(found, coronal);
  expect(outline).toHaveLength(4);
  const xs = outline.flatMap(([x1, , x2]) => [x1, x2]);
  const ys = outline.flatMap(([, y1, , y2]) => [y1, y2]);
  expect([Math.min(...xs), Math.max(...xs)].map((x) => x - 10)).toEqual([
    expect.closeTo(-44, 6),
    expect.closeTo(55, 6),
  ]);
  expect([Math.min(...ys), Math.max(...ys)].map((y) => y + 30)).toEqual([
    expect.closeTo(-66, 6),
    expect.closeTo(33, 6),
  ]);
});

test('leaves within jaws: closed pairs let nothing through, neighbours share no edge', () => {
  const leaves = (positions: number[]) => ({ type: 'MLCX', positions, boundaries: [-40, -20, 0, 20, 40] });
  const jaws = at().devices;
  const pieces = openingOf(beam(at({ devices: [...jaws, leaves([-10, -20, -60, 5, 10, 20, 15, 5])] })));
  expect(pieces).toEqual([
    { x: [-10, 10], y: [-30, -20] },
    { x: [-20, 20], y: [-20, 0] },
    { x: [-40, 15], y: [0, 20] },
  ]);
  // Two sides each; two ends; two steps of two pieces each.
  expect(outlineOf(pieces)).toHaveLength(6 + 2 + 4);
});

test('leaves that move: what they let through at one point or another', () => {
  const leaves = (positions: number[]) => ({ type: 'MLCX', positions, boundaries: [-10, 0, 10] });
  const points = [
    [-30, 0, -20, 0],
    [-10, 0, 5, 0],
    [10, 0, 30, 0],
  ].map((positions) => at({ devices: [leaves(positions)] }));
  expect(openingOf(beam(...points))).toEqual([{ x: [-30, 30], y: [-10, 0] }]);
});

test('an arc runs from its start the way that it turns, at one distance from the isocentre', () => {
  const [arc = [], ...more] = shape(beam(at({ gantry: 0, rotation: 'CW' }), at({ gantry: 90 }))).arcs;
  expect(more).toEqual([]);
  // From above the table, over the patient's left shoulder, to the left.
  expect(round(arc[0])).toEqual([10, 20 - 160, 30]);
  expect(round(arc.at(-1))).toEqual([10 + 160, 20, 30]);
  expect(round(arc[15])).toEqual([
    expect.closeTo(10 + 160 * Math.SQRT1_2, 4),
    expect.closeTo(20 - 160 * Math.SQRT1_2, 4),
    30,
  ]);
  const other = shape(beam(at({ gantry: 0, rotation: 'CC' }), at({ gantry: 90 }))).arcs[0];
  expect(other).toHaveLength(91);
  expect(shape(beam(at({ gantry: 0 }), at({ gantry: 90 }))).arcs).toEqual([]);
  expect(shape(beam(at())).arcs).toEqual([]);
});

test('an arc has an axis at either end; what is not known is said', () => {
  expect(shape(beam(at({ gantry: 181 }), at({ gantry: 179 }))).axes).toHaveLength(2);
  expect(shape(beam(at(), at())).axes).toHaveLength(1);
  expect(beamShape(beam(at({ isocentre: null })))).toBe('no_isocentre');
  expect(beamShape(beam(at({ gantry: null })))).toBe('no_gantry');
  expect(beamShape(beam(at({ otherAngles: true })))).toBe('other_angles');
  expect(beamShape({ ...beam(at()), patientPosition: '' })).toBe('patient_position');
  expect(beamShape(beam())).toBe('no_isocentre');
});
