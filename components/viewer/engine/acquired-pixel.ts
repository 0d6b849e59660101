import { cache } from '@cornerstonejs/core';
import { dot, type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import type { Pane } from './pane.ts';
import { displayFactor } from './voi.ts';

/** Why a series has no value under the pointer. */
export type NoValue = 'outside' | 'loading' | 'other_frame' | 'colour';

/**
 * The value of the pixel under a point of an image that belongs to no volume, in the displayed unit.
 * @param mm patient mm; of an image without geometry its pixels (column, row, 0)
 */
export function acquiredPixel({ stack, image, plane }: Pane, mm: Mm3): number | NoValue {
  const decoded = image && cache.getImage(image.image.imageId);
  if (!stack || !decoded) return 'loading';
  if (stack.colour) return 'colour';
  const away = plane && subtract(mm, plane.origin);
  const column = Math.round(away ? dot(away, plane.rowDirection) / plane.columnSpacing : mm[0]);
  const row = Math.round(away ? dot(away, plane.columnDirection) / plane.rowSpacing : mm[1]);
  if (column < 0 || row < 0 || column >= decoded.columns || row >= decoded.rows) return 'outside';
  const value = decoded.getPixelData()[row * decoded.columns + column];
  if (value === undefined) return 'outside';
  const scaled = decoded.preScale?.scaled === true;
  const rescaled = scaled ? value : value * (decoded.slope ?? 1) + (decoded.intercept ?? 0);
  return rescaled * displayFactor(stack);
}
