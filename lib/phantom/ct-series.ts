import { decimal, dicomFile } from '../dicom/dicom-file.ts';
import { type CtModel, ctSlice } from './ct-slice.ts';
import { commonModules, instanceUid, type PhantomPatient } from './patient.ts';

export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const SIZE = 512;
const INTERCEPT = -1024;

/** Axial planes from the feet to the head: the lowest one's z, the distance between them and how many, in mm. */
export type CtPlanes = { bottom: number; spacing: number; count: number; pixel: number };

/** z of the slice with that Instance Number: 1 is the one nearest to the head. */
export const ctHeight = (planes: CtPlanes, instanceNumber: number): number =>
  planes.bottom + (planes.count - instanceNumber) * planes.spacing;

/**
 * One CT image (PS3.3 A.3), head first supine: columns run to the patient's left, rows to the back.
 * @param scale size of this patient beside the anatomy's
 */
export function ctFile(
  patient: PhantomPatient,
  model: CtModel,
  planes: CtPlanes,
  instanceNumber: number,
  scale = 1,
): Uint8Array {
  const z = ctHeight(planes, instanceNumber);
  const origin = (-planes.pixel * (SIZE - 1)) / 2;
  const grid = { size: SIZE, spacing: planes.pixel / scale, origin: origin / scale };
  const hounsfield = ctSlice(model, z / scale, grid);
  const stored = new Uint16Array(hounsfield.length);
  for (let i = 0; i < stored.length; i += 1) stored[i] = (hounsfield[i] ?? 0) - INTERCEPT;
  return dicomFile({
    ...commonModules(patient, {
      series: 'ct',
      modality: 'CT',
      sopClassUid: CT_IMAGE,
      sopInstanceUid: instanceUid(patient, 'ct', z),
      number: 2,
      description: `TDM ${decimal(planes.spacing)} mm`,
      date: patient.studyDate,
      time: patient.studyTime,
      instanceNumber,
    }),
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    AcquisitionDate: patient.studyDate,
    AcquisitionTime: patient.studyTime,
    ContentDate: patient.studyDate,
    ContentTime: patient.studyTime,
    AcquisitionNumber: 1,
    BodyPartExamined: patient.bodyPart,
    PatientPosition: 'HFS',
    KVP: 120,
    XRayTubeCurrent: 110,
    ExposureTime: 500,
    ConvolutionKernel: 'STANDARD',
    GantryDetectorTilt: 0,
    DataCollectionDiameter: 500,
    ReconstructionDiameter: decimal(SIZE * planes.pixel),
    SliceThickness: decimal(planes.spacing),
    SpacingBetweenSlices: decimal(planes.spacing),
    ImagePositionPatient: [decimal(origin), decimal(origin), decimal(z)],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    SliceLocation: decimal(z),
    PixelSpacing: [decimal(planes.pixel), decimal(planes.pixel)],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: SIZE,
    Columns: SIZE,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    RescaleIntercept: INTERCEPT,
    RescaleSlope: 1,
    RescaleType: 'HU',
    WindowCenter: [40, -600, 400],
    WindowWidth: [400, 1500, 1800],
    WindowCenterWidthExplanation: ['TISSUS MOUS', 'POUMON', 'OS'],
    PixelData: [stored.buffer],
  });
}
