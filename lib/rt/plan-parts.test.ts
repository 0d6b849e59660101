import { expect, test } from 'vitest';
import type { DoseHeader } from '../dicom/rtdose-header.ts';
import { type Beam, parsePlan, type RtPlan } from '../dicom/rtplan.ts';
import { partsNotThere } from './plan-parts.ts';

const beam = (number: number, delivery = 'TREATMENT'): Beam => ({
  number,
  name: `B${number}`,
  type: 'STATIC',
  radiation: 'PHOTON',
  delivery,
  machine: '',
  metersetUnit: 'MU',
  sourceAxisDistance: null,
  patientPosition: 'HFS',
  points: [],
});
const group = (number: number, ...beams: number[]) => ({
  number,
  fractions: 5,
  brachySetups: 0,
  beams: beams.map((beamNumber) => ({ beamNumber, meterset: 100, doseGy: null })),
});
const plan: RtPlan = {
  ...parsePlan({}),
  sopInstanceUid: '2.25.1',
  beams: [beam(1), beam(2), beam(3), beam(4, 'SETUP')],
  fractionGroups: [group(1, 1, 2, 4), group(2, 3)],
};
const dose = (summationType: string, fractionGroups: number[], beams: number[], uid = '2.25.1') =>
  ({ summationType, fractionGroups, beams, planUids: [uid] }) as unknown as DoseHeader;

test.each<[string, DoseHeader[], string[]]>([
  ['all beams that treat', [dose('BEAM', [1], [1]), dose('BEAM', [1], [2]), dose('BEAM', [2], [3])], []],
  ['one beam is missing', [dose('BEAM', [1], [1]), dose('BEAM', [2], [3])], ['1/2 B2']],
  ['groups are not said', [dose('BEAM', [], [1]), dose('BEAM', [], [2])], ['2/3 B3']],
  ['one group is missing', [dose('FRACTION', [1], [])], ['2/- ']],
  ['which beams they are is not said', [dose('BEAM', [1], [1]), dose('BEAM', [1], [])], []],
  ['a whole plan', [dose('PLAN', [], [])], []],
  ['of another plan', [dose('BEAM', [1], [1], '2.25.2')], []],
])('%s', (_, doses, expected) => {
  const found = partsNotThere(doses, plan).map((part) => `${part.group}/${part.beam ?? '-'} ${part.name}`);
  expect(found).toEqual(expected);
});
