import { ENCAPSULATED_PDF_STORAGE, REPORT_STORAGE } from '@/lib/dicom/clinical-documents.ts';

/** Storage classes whose images the viewer shows as stacks (PS3.4 annex B). */
export const imageStorage: readonly string[] = [
  '1.2.840.10008.5.1.4.1.1.1',
  '1.2.840.10008.5.1.4.1.1.1.1',
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2',
  '1.2.840.10008.5.1.4.1.1.4',
  '1.2.840.10008.5.1.4.1.1.4.1',
  '1.2.840.10008.5.1.4.1.1.4.4',
  '1.2.840.10008.5.1.4.1.1.7',
  '1.2.840.10008.5.1.4.1.1.7.2',
  '1.2.840.10008.5.1.4.1.1.7.3',
  '1.2.840.10008.5.1.4.1.1.7.4',
  '1.2.840.10008.5.1.4.1.1.20',
  '1.2.840.10008.5.1.4.1.1.128',
  '1.2.840.10008.5.1.4.1.1.128.1',
  '1.2.840.10008.5.1.4.1.1.130',
  '1.2.840.10008.5.1.4.1.1.481.1',
];

export const RT_STRUCTURE_SET_STORAGE = '1.2.840.10008.5.1.4.1.1.481.3';

/** Objects that belong to images and are read by name (PS3.4 annex B); whatever is not here is named as unsupported. */
export const belongings = {
  structures: [RT_STRUCTURE_SET_STORAGE],
  /** Segmentation, Label Map Segmentation. */
  segmentations: ['1.2.840.10008.5.1.4.1.1.66.4', '1.2.840.10008.5.1.4.1.1.66.7'],
  /** Spatial Registration, Deformable Spatial Registration. */
  registrations: ['1.2.840.10008.5.1.4.1.1.66.1', '1.2.840.10008.5.1.4.1.1.66.3'],
  doses: ['1.2.840.10008.5.1.4.1.1.481.2'],
  /** RT Plan, RT Ion Plan. */
  plans: ['1.2.840.10008.5.1.4.1.1.481.5', '1.2.840.10008.5.1.4.1.1.481.8'],
  documents: [ENCAPSULATED_PDF_STORAGE, ...REPORT_STORAGE],
} as const satisfies Record<string, readonly string[]>;
export type Belonging = keyof typeof belongings;
