import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { isocentresOf, parsePlan, prescribedGy } from './rtplan.ts';

const values = (vr: string, ...list: unknown[]) => ({ vr, Value: list });
const sequence = (...list: JsonDataSet[]) => values('SQ', ...list);

const firstPoint: JsonDataSet = {
  '300A0114': values('DS', 6),
  '300A011E': values('DS', 327),
  '300A0120': values('DS', 10),
  '300A0122': values('DS', 0),
  '300A012C': values('DS', 1, 2, 3),
  '300A0130': values('DS', '912.5'),
  '300A0134': values('DS', 0),
  '300A011A': sequence(
    { '300A00B8': values('CS', 'ASYMX'), '300A011C': values('DS', -40, 50) },
    { '300A00B8': values('CS', 'MLCX'), '300A011C': values('DS', -10, -20, 10, 20) },
  ),
};

const plan = (changes: JsonDataSet = {}): JsonDataSet => ({
  '00080018': values('UI', '2.25.1'),
  '300A0002': values('SH', 'B1'),
  '300A000A': values('CS', 'CURATIVE'),
  '300A0010': sequence(
    {
      '300A0012': values('IS', 1),
      '300A0016': values('LO', 'Breast'),
      '300A0020': values('CS', 'TARGET'),
      '300A0026': values('DS', 50),
      '30060084': values('IS', 4),
    },
    { '300A0020': values('CS', 'TARGET'), '300A0016': values('LO', 'Boost'), '300A0026': values('DS', 66) },
    { '300A0020': values('CS', 'ORGAN_AT_RISK'), '300A0026': values('DS', 99) },
  ),
  '300A0070': sequence({
    '300A0071': values('IS', 1),
    '300A0078': values('IS', 25),
    '300C0004': sequence({
      '300C0006': values('IS', 3),
      '300A0084': values('DS', 0.5),
      '300A0086': values('DS', 97),
    }),
  }),
  '300A00B0': sequence({
    '300A00C0': values('IS', 3),
    '300A00C2': values('LO', 'RAO'),
    '300A00C4': values('CS', 'DYNAMIC'),
    '300A00C6': values('CS', 'PHOTON'),
    '300A00CE': values('CS', 'TREATMENT'),
    '300A00B3': values('CS', 'MU'),
    '300A00B4': values('DS', 1000),
    '300C006A': values('IS', 1),
    '300A00B6': sequence({ '300A00B8': values('CS', 'MLCX'), '300A00BE': values('DS', -5, 0, 5) }),
    '300A0111': sequence(firstPoint, {
      '300A0134': values('DS', 1),
      '300A011A': sequence({ '300A00B8': values('CS', 'MLCX'), '300A011C': values('DS', -1, -2, 1, 2) }),
    }),
  }),
  '300A0180': sequence({ '300A0182': values('IS', 1), '00185100': values('CS', 'HFS') }),
  '300C0060': sequence({ '00081155': values('UI', '2.25.7') }),
  ...changes,
});

test('prescriptions are those of targets; the highest is the reference', () => {
  const found = parsePlan(plan());
  expect(found.prescriptions.map((one) => [one.description, one.doseGy, one.roiNumber])).toEqual([
    ['Breast', 50, 4],
    ['Boost', 66, null],
  ]);
  expect(prescribedGy(found)).toBe(66);
  expect(found).toMatchObject({ label: 'B1', intent: 'CURATIVE', structureSetUid: '2.25.7', missing: [] });
});

test('fractions, metersets and doses of beams', () => {
  expect(parsePlan(plan()).fractionGroups).toEqual([
    { number: 1, fractions: 25, brachySetups: 0, beams: [{ beamNumber: 3, meterset: 97, doseGy: 0.5 }] },
  ]);
});

test('what a control point leaves out is as it was before (PS3.3 C.8.8.14.5)', () => {
  const [beam] = parsePlan(plan()).beams;
  expect(beam).toMatchObject({ number: 3, name: 'RAO', patientPosition: 'HFS', sourceAxisDistance: 1000 });
  const [first, last] = beam?.points ?? [];
  expect(first).toMatchObject({ gantry: 327, collimator: 10, couch: 0, ssd: 912.5, energy: 6 });
  expect(last).toMatchObject({ gantry: 327, isocentre: [1, 2, 3], weight: 1 });
  expect(last?.devices).toEqual([
    { type: 'ASYMX', positions: [-40, 50], boundaries: [] },
    { type: 'MLCX', positions: [-1, -2, 1, 2], boundaries: [-5, 0, 5] },
  ]);
  expect(isocentresOf(parsePlan(plan()))).toEqual([[1, 2, 3]]);
});

test('a tilt of the table or the gantry besides the three angles is told', () => {
  const tilted = (tag: string, value: number) => {
    const points = sequence({ '300A011E': values('DS', 0), [tag]: values('DS', value) });
    const beams = sequence({ '300A00C0': values('IS', 1), '300A0111': points });
    return parsePlan(plan({ '300A00B0': beams })).beams[0]?.points[0]?.otherAngles;
  };
  expect(['300A0125', '300A0140', '300A0144', '300A014A'].map((tag) => tilted(tag, 2))).toEqual(
    Array(4).fill(true),
  );
  expect(tilted('300A0140', 0)).toBe(false);
});

describe('what is missing is said, never made up', () => {
  test.each([
    ['prescription', { '300A0010': undefined }],
    ['prescription', { '300A0010': sequence({ '300A0020': values('CS', 'TARGET') }) }],
    ['fractions', { '300A0070': undefined }],
    ['metersets', { '300A0070': sequence({ '300A0078': values('IS', 2) }) }],
    ['beams', { '300A00B0': undefined }],
    ['isocentre', { '300A00B0': sequence({ '300A00C0': values('IS', 3) }) }],
    ['structure_set', { '300C0060': undefined }],
  ] as const)('%s', (gap, changes) => {
    expect(parsePlan(plan(changes)).missing).toContain(gap);
  });

  test('an empty object', () => {
    expect(parsePlan({})).toMatchObject({ label: '', prescriptions: [], beams: [], fractionGroups: [] });
    expect(prescribedGy(parsePlan({}))).toBeNull();
  });
});
