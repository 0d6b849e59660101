import { addScaled, dot, type Mm3 } from '../dicom/image-plane.ts';
import { toPoint, type VolumeGeometry } from './geometry.ts';

/** The eight outer corners of a volume's voxels, patient mm: half a voxel beyond the outer centres. */
export function cornersOf(geometry: VolumeGeometry): Mm3[] {
  const both = (count: number) => [-0.5, count - 0.5];
  return both(geometry.columns).flatMap((column) =>
    both(geometry.rows).flatMap((row) =>
      both(geometry.offsets.length).map((place) => toPoint(geometry, [column, row, place])),
    ),
  );
}

/** From where to where a volume reaches along a direction: mm from the origin of patient space. */
export function reachOf(geometry: VolumeGeometry, direction: Mm3): [number, number] {
  const along = cornersOf(geometry).map((corner) => dot(corner, direction));
  return [Math.min(...along), Math.max(...along)];
}

/** The middle between the corners. */
export function middleOf(geometry: VolumeGeometry): Mm3 {
  const corners = cornersOf(geometry);
  return corners.reduce((sum, corner) => addScaled(sum, corner, 1 / corners.length), [0, 0, 0] as Mm3);
}
