import { decimal, dicomFile } from '../dicom/dicom-file.ts';
import { commonModules, instanceUid, type PhantomPatient } from './patient.ts';
import { petPlanes, petSlices } from './pet-volume.ts';

const PET_IMAGE = '1.2.840.10008.5.1.4.1.1.128';
/** Fluorine-18, in seconds. */
export const HALF_LIFE = 6586.2;
const POSITRON_FRACTION = 0.97;
const BED_SECONDS = 120;
const SLICES_PER_BED = 22;

/** What was injected, and when the scan that the values are decayed to began; times of the study's day. */
export const injection = { doseBq: 248_000_000, time: '083200', scanTime: '093400', secondsBefore: 3720 };

/** From Bq/ml of the stored images to SUV by body weight, g/ml: what a reader of the headers must find. */
export function suvFactor(patient: PhantomPatient): number {
  return (patient.weightKg * 1000) / (injection.doseBq * 2 ** (-injection.secondsBefore / HALF_LIFE));
}

/** The PET images (PS3.3 A.21) from Instance Number 1 at the head; activity in Bq/ml at the start of the series. */
export function* petFiles(
  patient: PhantomPatient,
  first = 0,
  last = petPlanes.count - 1,
): Generator<{ instanceNumber: number; bytes: Uint8Array }> {
  const toActivity = 1 / suvFactor(patient);
  let index = first;
  for (const slice of petSlices(patient.seed, first, last)) {
    const instanceNumber = petPlanes.count - index;
    yield { instanceNumber, bytes: petFile(patient, index, instanceNumber, slice, toActivity) };
    index += 1;
  }
}

function petFile(
  patient: PhantomPatient,
  index: number,
  instanceNumber: number,
  suv: Float32Array,
  toActivity: number,
): Uint8Array {
  let highest = 1e-3;
  for (const value of suv) if (value > highest) highest = value;
  // The slope as it is written, not as it was computed: values read back must be those that were meant.
  const slope = decimal(Number(((highest * toActivity) / 32767).toPrecision(8)));
  const perSuv = toActivity / Number(slope);
  const stored = new Uint16Array(suv.length);
  for (let i = 0; i < stored.length; i += 1) stored[i] = Math.round((suv[i] ?? 0) * perSuv);
  const bed = Math.floor((petPlanes.count - 1 - index) / SLICES_PER_BED);
  const origin = (-petPlanes.pixel * (petPlanes.size - 1)) / 2;
  const z = petPlanes.bottom + index * petPlanes.spacing;
  return dicomFile({
    ...commonModules(patient, {
      series: 'pet',
      modality: 'PT',
      sopClassUid: PET_IMAGE,
      sopInstanceUid: instanceUid(patient, 'pet', z),
      number: 3,
      description: 'TEP 18F-FDG corps entier, corrigée',
      date: patient.studyDate,
      time: injection.scanTime,
      instanceNumber,
    }),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    AcquisitionDate: patient.studyDate,
    AcquisitionTime: clock(injection.scanTime, bed * BED_SECONDS),
    ContentDate: patient.studyDate,
    ContentTime: injection.scanTime,
    BodyPartExamined: patient.bodyPart,
    PatientPosition: 'HFS',
    SeriesType: ['WHOLE BODY', 'IMAGE'],
    Units: 'BQML',
    CountsSource: 'EMISSION',
    CorrectedImage: ['DECY', 'ATTN', 'SCAT', 'DTIM', 'RAN', 'NORM'],
    DecayCorrection: 'START',
    RandomsCorrectionMethod: 'DLYD',
    AttenuationCorrectionMethod: 'CT',
    ScatterCorrectionMethod: 'Model-based',
    ReconstructionMethod: 'OSEM 3i 21s',
    CollimatorType: 'NONE',
    NumberOfSlices: petPlanes.count,
    ImageIndex: instanceNumber,
    FrameReferenceTime: bed * BED_SECONDS * 1000 + 59_874,
    ActualFrameDuration: BED_SECONDS * 1000,
    DecayFactor: decimal(Number((2 ** ((bed * BED_SECONDS + 59.874) / HALF_LIFE)).toPrecision(8))),
    RadiopharmaceuticalInformationSequence: [
      {
        Radiopharmaceutical: 'Fluorodeoxyglucose',
        RadiopharmaceuticalVolume: 2,
        RadiopharmaceuticalStartTime: injection.time,
        RadiopharmaceuticalStartDateTime: `${patient.studyDate}${injection.time}`,
        RadionuclideTotalDose: injection.doseBq,
        RadionuclideHalfLife: HALF_LIFE,
        RadionuclidePositronFraction: POSITRON_FRACTION,
        RadionuclideCodeSequence: [
          { CodeValue: 'C-111A1', CodingSchemeDesignator: 'SRT', CodeMeaning: '^18^Fluorine' },
        ],
        RadiopharmaceuticalCodeSequence: [
          { CodeValue: 'C-B1031', CodingSchemeDesignator: 'SRT', CodeMeaning: 'Fluorodeoxyglucose F^18^' },
        ],
      },
    ],
    PatientOrientationCodeSequence: [
      {
        CodeValue: 'F-10450',
        CodingSchemeDesignator: 'SRT',
        CodeMeaning: 'recumbent',
        PatientOrientationModifierCodeSequence: [
          { CodeValue: 'F-10340', CodingSchemeDesignator: 'SRT', CodeMeaning: 'supine' },
        ],
      },
    ],
    PatientGantryRelationshipCodeSequence: [
      { CodeValue: 'F-10470', CodingSchemeDesignator: 'SRT', CodeMeaning: 'headfirst' },
    ],
    SliceThickness: petPlanes.spacing,
    SpacingBetweenSlices: petPlanes.spacing,
    ImagePositionPatient: [decimal(origin), decimal(origin), decimal(z)],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    SliceLocation: decimal(z),
    PixelSpacing: [decimal(petPlanes.pixel), decimal(petPlanes.pixel)],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: petPlanes.size,
    Columns: petPlanes.size,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    RescaleIntercept: 0,
    RescaleSlope: slope,
    WindowCenter: decimal(Number((3.5 * toActivity).toPrecision(6))),
    WindowWidth: decimal(Number((7 * toActivity).toPrecision(6))),
    PixelData: [stored.buffer],
  });
}

/** `HHMMSS` so many seconds later. */
function clock(time: string, seconds: number): string {
  const at =
    Number(time.slice(0, 2)) * 3600 + Number(time.slice(2, 4)) * 60 + Number(time.slice(4)) + seconds;
  return [at / 3600, (at / 60) % 60, at % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join('');
}
