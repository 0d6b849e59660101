import { decimal, dicomFile } from '../dicom/dicom-file.ts';
import { doseGrid, doseVolume } from './dose-grid.ts';
import { commonModules, instanceUid, type PhantomPatient } from './patient.ts';
import { RT_PLAN } from './plan.ts';

const RT_DOSE = '1.2.840.10008.5.1.4.1.1.481.2';
const FRAME_OFFSETS = 0x3004000c;

/** An RT Dose (PS3.3 A.18): the plan's physical dose in Gy, 32 bits, one frame per axial plane. */
export function doseFile(patient: PhantomPatient, date: string): Uint8Array {
  const dose = doseVolume();
  let highest = 0;
  for (const value of dose) if (value > highest) highest = value;
  const scaling = decimal(Number((highest / 2 ** 31).toPrecision(8)));
  const stored = new Uint32Array(dose.length);
  for (let i = 0; i < stored.length; i += 1) stored[i] = Math.round((dose[i] ?? 0) / Number(scaling));
  return dicomFile({
    ...commonModules(patient, {
      series: 'rtdose',
      modality: 'RTDOSE',
      sopClassUid: RT_DOSE,
      sopInstanceUid: instanceUid(patient, 'rtdose'),
      number: 6,
      description: 'Dose ISRT 30 Gy',
      date,
      time: '151000',
      instanceNumber: 1,
    }),
    ContentDate: date,
    ContentTime: '151000',
    ImagePositionPatient: [doseGrid.x, doseGrid.y, doseGrid.z],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [doseGrid.spacing, doseGrid.spacing],
    SliceThickness: doseGrid.between,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    NumberOfFrames: doseGrid.frames,
    FrameIncrementPointer: FRAME_OFFSETS,
    Rows: doseGrid.rows,
    Columns: doseGrid.columns,
    BitsAllocated: 32,
    BitsStored: 32,
    HighBit: 31,
    PixelRepresentation: 0,
    DoseUnits: 'GY',
    DoseType: 'PHYSICAL',
    DoseSummationType: 'PLAN',
    DoseComment: 'Synthetic',
    GridFrameOffsetVector: Array.from({ length: doseGrid.frames }, (_, i) => i * doseGrid.between),
    DoseGridScaling: scaling,
    TissueHeterogeneityCorrection: 'IMAGE',
    ReferencedRTPlanSequence: [
      { ReferencedSOPClassUID: RT_PLAN, ReferencedSOPInstanceUID: instanceUid(patient, 'rtplan') },
    ],
    PixelData: [stored.buffer],
  });
}
