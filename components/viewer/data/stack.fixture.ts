import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { describeStack, type Stack, toStackImages } from './stack.ts';

export const SERIES = '2.25.10';
const AXIAL = [1, 0, 0, 0, 1, 0];

/** The header of one image, as WADO-RS metadata has it; a value of undefined leaves the attribute out. */
export function header(
  number: number,
  place: { position?: Mm3; orientation?: number[]; frameOfReferenceUid?: string },
  more: JsonDataSet = {},
): JsonDataSet {
  const { position, orientation = AXIAL, frameOfReferenceUid = '2.25.1' } = place;
  return {
    '00080018': { vr: 'UI', Value: [`2.25.100.${number}`] },
    '00080060': { vr: 'CS', Value: ['CT'] },
    '0020000D': { vr: 'UI', Value: ['2.25.9'] },
    '0020000E': { vr: 'UI', Value: [SERIES] },
    '00200013': { vr: 'IS', Value: [number] },
    ...(position && {
      '00200032': { vr: 'DS', Value: [...position] },
      '00200037': { vr: 'DS', Value: orientation },
      '00200052': { vr: 'UI', Value: [frameOfReferenceUid] },
      '00280030': { vr: 'DS', Value: [1, 1] },
    }),
    '00280010': { vr: 'US', Value: [4] },
    '00280011': { vr: 'US', Value: [4] },
    ...more,
  };
}

/** Axial images at these positions, numbered from 1 in the order given. */
export const axialAt = (...zs: number[]): JsonDataSet[] =>
  zs.map((z, index) => header(index + 1, { position: [0, 0, z] }));

/** The stacks of one series, without OHIF's part. */
export const stacksOf = (headers: readonly JsonDataSet[], modality = 'CT'): Stack[] =>
  toStackImages('/dicomweb', headers).map(
    (images, index): Stack => ({
      displaySetInstanceUID: `${SERIES}/${index + 1}`,
      SOPClassHandlerId: 'images',
      StudyInstanceUID: '2.25.9',
      SeriesInstanceUID: SERIES,
      SeriesNumber: 1,
      Modality: modality,
      SeriesDescription: '',
      instances: [],
      unsupported: false,
      images,
      ...describeStack(images, headers),
    }),
  );
