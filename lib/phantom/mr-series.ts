import { type DicomObject, decimal, dicomFile } from '../dicom/dicom-file.ts';
import { addScaled } from '../dicom/image-plane.ts';
import { SPATIAL_REGISTRATION } from '../dicom/registration.ts';
import { inverse, type Matrix3, mapped, type Rigid, turned } from '../dicom/rigid.ts';
import { ctModel, ctSlice } from './ct-slice.ts';
import { hodgkinPatient, type PhantomFile } from './hodgkin.ts';
import { commonModules, frameOfReferenceUid, instanceUid, type PhantomPatient } from './patient.ts';
import { uidFor } from './uid.ts';

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';
export const MR_SIZE = 192;
/** From the upper chest to the jaw, in mm of the CT's frame of reference. */
export const mrPlanes = { bottom: 180, spacing: 4, count: 36, pixel: 2 };
/** The images and the registration. */
export const mrFileCount = mrPlanes.count + 1;
const MR_DATE = '20261118';

/** Another day on another table: a turn of 6 degrees about x, then 4 about z, and moved. */
const [c, s, d, t] = [6, 4].flatMap((degrees) => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}) as [number, number, number, number];
const rotation: Matrix3 = [d, -t * c, t * s, t, d * c, -d * s, 0, s, c];
/** Patient mm of the MR's frame of reference to those of the CT and PET: what the registration object says. */
export const mrToCt: Rigid = { rotation, translation: [14, -9, 52] };

export const mrFrameOfReferenceUid = (patient: PhantomPatient): string => uidFor(patient.seed, 'frame mr');

/** The synthetic patient's MR of chest and neck, in a frame of reference of its own, and what registers it to the CT. */
export function* hodgkinMrFiles(seed?: number): Generator<PhantomFile> {
  const patient = hodgkinPatient(seed);
  const model = ctModel(patient.seed);
  yield { path: 'REG/0001.dcm', bytes: registrationFile(patient) };
  for (let number = 1; number <= mrPlanes.count; number += 1)
    yield { path: `MR/${String(number).padStart(4, '0')}.dcm`, bytes: mrFile(patient, model, number) };
}

function mrFile(patient: PhantomPatient, model: ReturnType<typeof ctModel>, number: number): Uint8Array {
  const z = mrPlanes.bottom + (mrPlanes.count - number) * mrPlanes.spacing;
  const first = (-mrPlanes.pixel * (MR_SIZE - 1)) / 2;
  const hounsfield = ctSlice(model, z, { size: MR_SIZE, spacing: mrPlanes.pixel, origin: first });
  const stored = Uint16Array.from(hounsfield, signal);
  const back = inverse(mrToCt);
  const position = mapped(back, addScaled([first, first, 0], [0, 0, 1], z));
  const directions = [...turned(back, [1, 0, 0]), ...turned(back, [0, 1, 0])];
  return dicomFile({
    ...commonModules(patient, {
      ...{ series: 'mr', modality: 'MR', sopClassUid: MR_IMAGE, number: 5, instanceNumber: number },
      sopInstanceUid: instanceUid(patient, 'mr', z),
      ...{ description: 'IRM T1 cou et thorax', date: MR_DATE, time: '151500' },
    }),
    FrameOfReferenceUID: mrFrameOfReferenceUid(patient),
    ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'SE'],
    AcquisitionDate: MR_DATE,
    AcquisitionTime: '151500',
    BodyPartExamined: 'CHEST',
    PatientPosition: 'HFS',
    ScanningSequence: 'SE',
    SequenceVariant: 'NONE',
    ScanOptions: '',
    MRAcquisitionType: '2D',
    EchoTime: 12,
    RepetitionTime: 520,
    MagneticFieldStrength: 1.5,
    SliceThickness: mrPlanes.spacing,
    SpacingBetweenSlices: mrPlanes.spacing,
    ImagePositionPatient: exact(position),
    ImageOrientationPatient: exact(directions),
    PixelSpacing: [mrPlanes.pixel, mrPlanes.pixel],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: MR_SIZE,
    Columns: MR_SIZE,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    WindowCenter: 500,
    WindowWidth: 1000,
    PixelData: [stored.buffer],
  });
}

/** Air and cortical bone are dark on T1, fat is bright, the rest in between. */
function signal(hounsfield: number): number {
  if (hounsfield < -300) return Math.max(0, 30 + (hounsfield + 1000) / 30);
  if (hounsfield < -30) return 950;
  if (hounsfield > 250) return 80;
  return Math.max(80, 430 + 2 * (40 - hounsfield));
}

const exact = (values: readonly number[]) => values.map((value) => decimal(Number(value.toFixed(9))));

/** A Spatial Registration (PS3.3 A.39.1): the CT's frame of reference as itself, and the MR's brought into it. */
export function registrationFile(patient: PhantomPatient): Uint8Array {
  const [a, b, e, f, g, h, i, j, k] = mrToCt.rotation;
  const [x, y, z] = mrToCt.translation;
  const matrix = exact([a, b, e, x, f, g, h, y, i, j, k, z, 0, 0, 0, 1]);
  const identity = exact([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  return dicomFile({
    ...commonModules(patient, {
      ...{ series: 'reg', modality: 'REG', sopClassUid: SPATIAL_REGISTRATION, number: 6, instanceNumber: 1 },
      sopInstanceUid: instanceUid(patient, 'reg'),
      ...{ description: 'Recalage IRM sur TDM', date: MR_DATE, time: '163000' },
    }),
    ContentDate: MR_DATE,
    ContentTime: '163000',
    ContentLabel: 'IRM_TDM',
    ContentDescription: 'IRM T1 sur TDM',
    ContentCreatorName: 'SYNTHETIQUE^Physicien',
    RegistrationSequence: [
      registered(frameOfReferenceUid(patient), identity, ['125021', 'Frame of Reference Identity']),
      registered(mrFrameOfReferenceUid(patient), matrix, ['125024', 'Image Content-based Alignment']),
    ],
  });
}

const registered = (
  frame: string,
  matrix: (string | number)[],
  [code, meaning]: [string, string],
): DicomObject => ({
  FrameOfReferenceUID: frame,
  MatrixRegistrationSequence: [
    {
      RegistrationTypeCodeSequence: [
        { CodeValue: code, CodingSchemeDesignator: 'DCM', CodeMeaning: meaning },
      ],
      MatrixSequence: [
        { FrameOfReferenceTransformationMatrix: matrix, FrameOfReferenceTransformationMatrixType: 'RIGID' },
      ],
    },
  ],
});
