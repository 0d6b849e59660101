import { dicomFile } from '@/lib/dicom/dicom-file.ts';
import { RT_STRUCTURE_SET } from '@/lib/dicom/uids.ts';
import { hodgkinPatient } from '@/lib/phantom/hodgkin.ts';
import { commonModules, frameOfReferenceUid, instanceUid } from '@/lib/phantom/patient.ts';

const RT_DOSE = '1.2.840.10008.5.1.4.1.1.481.2';
const DIAMETERS = [10, 20, 40, 60] as const;
/** mm: between contours, between dose voxels, and from the outermost sphere to the edge of the dose. */
const SLICE = 1;
const GRID = 2;
/** Gy at x = 0, and more per mm along x. */
const MIDDLE_GY = 40;
const PER_MM = 0.5;
const SCALING = 1e-6;

export type Truth = { name: string; volumeCc: number; meanGy: number; d95Gy: number; d2Gy: number };

/** Share of a ball of radius 1 beyond a plane at h from its centre. */
const share = (h: number): number => ((1 - h) ** 2 * (2 + h)) / 4;

/** The plane beyond which that share of the ball lies. */
function beyond(wanted: number): number {
  let [low, high] = [-1, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (share(middle) > wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** What formulas say of the spheres in a dose that grows evenly from left to right. */
export const truths: readonly Truth[] = DIAMETERS.map((diameter) => ({
  name: `sphere ${diameter} mm`,
  volumeCc: (Math.PI * diameter ** 3) / 6000,
  meanGy: MIDDLE_GY,
  d95Gy: MIDDLE_GY + PER_MM * (diameter / 2) * beyond(0.95),
  d2Gy: MIDDLE_GY + PER_MM * (diameter / 2) * beyond(0.02),
}));

const patient = hodgkinPatient(9);
const modules = (series: 'rtstruct' | 'rtdose', modality: string, sopClassUid: string) =>
  commonModules(patient, {
    series,
    modality,
    sopClassUid,
    sopInstanceUid: instanceUid(patient, series),
    number: 1,
    description: 'Spheres',
    date: patient.studyDate,
    time: patient.studyTime,
    instanceNumber: 1,
  });

/** One above the other along z, each as circles of 360 points that hold the area of theirs. */
export function spheresFile(): Uint8Array {
  return dicomFile({
    ...modules('rtstruct', 'RTSTRUCT', RT_STRUCTURE_SET),
    StructureSetLabel: 'Spheres',
    StructureSetDate: patient.studyDate,
    StructureSetTime: patient.studyTime,
    ReferencedFrameOfReferenceSequence: [{ FrameOfReferenceUID: frameOfReferenceUid(patient) }],
    StructureSetROISequence: truths.map(({ name }, index) => ({
      ROINumber: index + 1,
      ReferencedFrameOfReferenceUID: frameOfReferenceUid(patient),
      ROIName: name,
      ROIGenerationAlgorithm: 'AUTOMATIC',
    })),
    ROIContourSequence: DIAMETERS.map((diameter, index) => ({
      ReferencedROINumber: index + 1,
      ROIDisplayColor: [255, 60 * index, 0],
      ContourSequence: circles(diameter / 2, heightOf(index)),
    })),
    RTROIObservationsSequence: truths.map((_, index) => ({
      ObservationNumber: index + 1,
      ReferencedROINumber: index + 1,
      RTROIInterpretedType: 'ORGAN',
      ROIInterpreter: '',
    })),
  });
}

const heightOf = (index: number): number => index * 70;

function circles(radius: number, middle: number) {
  const planes = Math.round((2 * radius) / SLICE);
  return Array.from({ length: planes }, (_, plane) => {
    const w = -radius + (plane + 0.5) * SLICE;
    const outer = Math.sqrt(radius ** 2 - w ** 2) * Math.sqrt(Math.PI / 180 / Math.sin(Math.PI / 180));
    const points = Array.from({ length: 360 }, (_one, at) => {
      const angle = (at * Math.PI) / 180;
      return [outer * Math.cos(angle), outer * Math.sin(angle), middle + w].map(
        (mm) => Math.round(mm * 1e4) / 1e4,
      );
    }).flat();
    return { ContourGeometricType: 'CLOSED_PLANAR', NumberOfContourPoints: 360, ContourData: points };
  });
}

/** A dose that is a straight line along x and the same everywhere else. */
export function evenDoseFile(): Uint8Array {
  const [columns, rows, frames] = [41, 41, 152];
  const [x, y, z] = [-40, -40, -42];
  const stored = new Uint32Array(columns * rows * frames);
  for (let i = 0; i < stored.length; i += 1)
    stored[i] = Math.round((MIDDLE_GY + PER_MM * (x + (i % columns) * GRID)) / SCALING);
  return dicomFile({
    ...modules('rtdose', 'RTDOSE', RT_DOSE),
    ImagePositionPatient: [x, y, z],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [GRID, GRID],
    SliceThickness: GRID,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    NumberOfFrames: frames,
    FrameIncrementPointer: 0x3004000c,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 32,
    BitsStored: 32,
    HighBit: 31,
    PixelRepresentation: 0,
    DoseUnits: 'GY',
    DoseType: 'PHYSICAL',
    DoseSummationType: 'PLAN',
    GridFrameOffsetVector: Array.from({ length: frames }, (_, i) => i * GRID),
    DoseGridScaling: SCALING,
    PixelData: [stored.buffer],
  });
}
