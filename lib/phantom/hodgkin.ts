import { type CtPlanes, ctFile } from './ct-series.ts';
import { ctModel } from './ct-slice.ts';
import { doseFile } from './dose.ts';
import type { PhantomPatient } from './patient.ts';
import { petFiles } from './pet-series.ts';
import { petPlanes } from './pet-volume.ts';
import { planFile } from './plan.ts';
import { structureSetFile } from './structure-set.ts';

export type PhantomFile = { path: string; bytes: Uint8Array };
export const DEFAULT_SEED = 1;
export const hodgkinPlanes: CtPlanes = { bottom: -505, spacing: 5, count: 199, pixel: 0.9765625 };
const STRUCTURES_DATE = '20261117';
const PLAN_DATE = '20261119';

/** A young woman with mediastinal and cervical Hodgkin lymphoma; one cervical node only PET shows. */
export const hodgkinPatient = (seed = DEFAULT_SEED): PhantomPatient => ({
  seed,
  name: 'SYNTHETIQUE^Hodgkine',
  id: `SYN-H-${seed}`,
  birthDate: '19950412',
  sex: 'F',
  age: '031Y',
  weightKg: 62,
  heightM: 1.68,
  studyDate: '20261116',
  studyTime: '092600',
  studyDescription: 'TEP-TDM 18F-FDG corps entier',
  accessionNumber: `TEP${String(seed).padStart(6, '0')}`,
  bodyPart: 'WHOLEBODY',
});

/** Which slices: all of them, or a few for a quick test. */
export type HodgkinExtent = { planes: CtPlanes; pet: { first: number; last: number } };
export const wholeBody: HodgkinExtent = {
  planes: hodgkinPlanes,
  pet: { first: 0, last: petPlanes.count - 1 },
};

export const hodgkinFileCount = ({ planes, pet }: HodgkinExtent): number =>
  planes.count + pet.last - pet.first + 1 + 3;

const file = (folder: string, number: number) => `${folder}/${String(number).padStart(4, '0')}.dcm`;

/** The patient, file by file: CT, PET, structure set, plan and dose in one Frame of Reference. */
export function* hodgkinFiles(seed = DEFAULT_SEED, extent = wholeBody): Generator<PhantomFile> {
  const patient = hodgkinPatient(seed);
  const { planes, pet } = extent;
  yield { path: 'RTSTRUCT/0001.dcm', bytes: structureSetFile(patient, planes, STRUCTURES_DATE) };
  yield { path: 'RTPLAN/0001.dcm', bytes: planFile(patient, PLAN_DATE) };
  yield { path: 'RTDOSE/0001.dcm', bytes: doseFile(patient, PLAN_DATE) };
  const model = ctModel(seed);
  for (let number = 1; number <= planes.count; number += 1)
    yield { path: file('CT', number), bytes: ctFile(patient, model, planes, number) };
  for (const { instanceNumber, bytes } of petFiles(patient, pet.first, pet.last))
    yield { path: file('PET', instanceNumber), bytes };
}
