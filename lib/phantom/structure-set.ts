import { type DicomObject, dicomFile } from '../dicom/dicom-file.ts';
import { RT_STRUCTURE_SET } from '../dicom/uids.ts';
import { type Structure, structures } from './anatomy.ts';
import { CT_IMAGE, type CtPlanes, ctHeight } from './ct-series.ts';
import {
  commonModules,
  frameOfReferenceUid,
  instanceUid,
  type PhantomPatient,
  seriesUid,
  studyUid,
} from './patient.ts';
import type { Polygon } from './polygon.ts';

const STUDY_COMPONENT = '1.2.840.10008.3.1.2.3.1';
const INTERPRETED = { EXTERNAL: 'EXTERNAL', ORGAN: 'ORGAN', GTV: 'GTV', CTV: 'CTV', PTV: 'PTV' } as const;
export const STRUCTURE_SET_LABEL = 'ISRT Hodgkin';

/** An RT Structure Set (PS3.3 A.19) with one closed contour per structure, polygon and CT image. */
export function structureSetFile(patient: PhantomPatient, planes: CtPlanes, date: string): Uint8Array {
  const images = Array.from({ length: planes.count }, (_, i) => ({
    ReferencedSOPClassUID: CT_IMAGE,
    ReferencedSOPInstanceUID: instanceUid(patient, 'ct', ctHeight(planes, i + 1)),
  }));
  return dicomFile({
    ...commonModules(patient, {
      series: 'rtstruct',
      modality: 'RTSTRUCT',
      sopClassUid: RT_STRUCTURE_SET,
      sopInstanceUid: instanceUid(patient, 'rtstruct'),
      number: 4,
      description: 'Contours ISRT',
      date,
      time: '101500',
      instanceNumber: 1,
    }),
    StructureSetLabel: STRUCTURE_SET_LABEL,
    StructureSetName: 'Organes, GTV, CTV et PTV',
    StructureSetDate: date,
    StructureSetTime: '101500',
    ReferencedFrameOfReferenceSequence: [
      {
        FrameOfReferenceUID: frameOfReferenceUid(patient),
        RTReferencedStudySequence: [
          {
            ReferencedSOPClassUID: STUDY_COMPONENT,
            ReferencedSOPInstanceUID: studyUid(patient),
            RTReferencedSeriesSequence: [
              { SeriesInstanceUID: seriesUid(patient, 'ct'), ContourImageSequence: images },
            ],
          },
        ],
      },
    ],
    StructureSetROISequence: structures.map((structure) => ({
      ROINumber: structure.number,
      ReferencedFrameOfReferenceUID: frameOfReferenceUid(patient),
      ROIName: structure.name,
      ROIGenerationAlgorithm: structure.kind === 'EXTERNAL' ? 'AUTOMATIC' : 'MANUAL',
    })),
    ROIContourSequence: structures.map((structure) => ({
      ReferencedROINumber: structure.number,
      ROIDisplayColor: [...structure.colour],
      ContourSequence: contours(patient, planes, structure),
    })),
    RTROIObservationsSequence: structures.map((structure) => ({
      ObservationNumber: structure.number,
      ReferencedROINumber: structure.number,
      RTROIInterpretedType: INTERPRETED[structure.kind],
      ROIInterpreter: '',
    })),
    ApprovalStatus: 'UNAPPROVED',
  });
}

function contours(patient: PhantomPatient, planes: CtPlanes, structure: Structure): DicomObject[] {
  const result: DicomObject[] = [];
  for (let number = planes.count; number >= 1; number -= 1) {
    const z = ctHeight(planes, number);
    for (const polygon of structure.section(z)) {
      const points = contourData(polygon, z);
      result.push({
        ContourImageSequence: [
          {
            ReferencedSOPClassUID: CT_IMAGE,
            ReferencedSOPInstanceUID: instanceUid(patient, 'ct', z),
          },
        ],
        ContourGeometricType: 'CLOSED_PLANAR',
        NumberOfContourPoints: points.length / 3,
        ContourData: points,
      });
    }
  }
  return result;
}

/** To the hundredth of a millimetre, as planning systems write them. */
function contourData(polygon: Polygon, z: number): number[] {
  const points: number[] = [];
  for (let i = 0; i < polygon.length; i += 2)
    points.push(hundredth(polygon[i] ?? 0), hundredth(polygon[i + 1] ?? 0), z);
  return points;
}

const hundredth = (mm: number): number => Math.round(mm * 100) / 100;
