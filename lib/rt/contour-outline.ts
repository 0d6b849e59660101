import type { Contour } from '../dicom/rtstruct.ts';

/** Whether a contour encloses something: the others are lines and points (PS3.3 C.8.8.6.1). */
export const isClosed = (contour: Contour): boolean =>
  contour.type === 'CLOSED_PLANAR' || contour.type === 'CLOSEDPLANAR_XOR';
