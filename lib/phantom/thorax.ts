import { ellipsoid } from './anatomy.ts';
import { type CtPlanes, ctFile } from './ct-series.ts';
import { ctModel, type Mass } from './ct-slice.ts';
import type { PhantomFile } from './hodgkin.ts';
import type { PhantomPatient } from './patient.ts';

export const thoraxPlanes: CtPlanes = { bottom: 12, spacing: 4.5, count: 60, pixel: 0.75 };
/** He is larger than the anatomy's patient. */
const SCALE = 1.06;

/** A nodule of the right upper lobe and a node beside the trachea. */
const masses: readonly Mass[] = [
  {
    section: ellipsoid({ x: -62, y: 22, z: 186, rx: 13, ry: 11.5, rz: 13, uneven: 0.16, phase: 1.1 }),
    hu: 44,
  },
  { section: ellipsoid({ x: -16, y: -6, z: 166, rx: 8, ry: 7, rz: 9 }), hu: 52 },
];

/** A man with a lung nodule: chest CT only, so that the board has a second case to turn to. */
export const thoraxPatient = (seed = 2): PhantomPatient => ({
  seed,
  name: 'SYNTHETIQUE^Thorace',
  id: `SYN-T-${seed}`,
  birthDate: '19580923',
  sex: 'M',
  age: '068Y',
  weightKg: 81,
  heightM: 1.76,
  studyDate: '20261118',
  studyTime: '143000',
  studyDescription: 'TDM thoracique',
  accessionNumber: `TDM${String(seed).padStart(6, '0')}`,
  bodyPart: 'CHEST',
});

export function* thoraxFiles(seed = 2): Generator<PhantomFile> {
  const patient = thoraxPatient(seed);
  const model = ctModel(seed, masses);
  for (let number = 1; number <= thoraxPlanes.count; number += 1)
    yield {
      path: `CT/${String(number).padStart(4, '0')}.dcm`,
      bytes: ctFile(patient, model, thoraxPlanes, number, SCALE),
    };
}
