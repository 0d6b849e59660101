import { addScaled, type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import type { Volume } from '@/lib/planes/volume.ts';

/**
 * A volume as another frame of reference has it: its grid moved and turned, its slices the same ones, also those that
 * are still to come. Null where nothing leads there.
 * @param map a point of the volume's own frame of reference to the other one, rigid
 */
export function volumeIn(
  volume: Volume,
  frameOfReferenceUid: string | null,
  map: (point: Mm3) => Mm3 | null,
): Volume | null {
  const { geometry } = volume;
  const origin = map(geometry.origin);
  if (!origin) return null;
  const turned = (direction: Mm3): Mm3 =>
    subtract(map(addScaled(geometry.origin, direction, 1)) ?? origin, origin);
  return {
    ...volume,
    frameOfReferenceUid,
    geometry: {
      ...geometry,
      frameOfReferenceUid,
      origin,
      rowDirection: turned(geometry.rowDirection),
      columnDirection: turned(geometry.columnDirection),
      normal: turned(geometry.normal),
      columnAxis: turned(geometry.columnAxis),
      rowAxis: turned(geometry.rowAxis),
    },
  };
}
