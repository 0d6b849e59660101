import { cross, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import type { Polygon } from './scanline.ts';
import type { CutPlane, Section } from './section-plane.ts';

export const cutAt = (point: Mm3, right: Mm3, down: Mm3): CutPlane => {
  const normal = cross(right, down);
  return { right, down, normal, depth: point[0] * normal[0] + point[1] * normal[1] + point[2] * normal[2] };
};
/** As they are read: axial from below, coronal from the front, sagittal from the left. */
export const axialAt = (z: number): CutPlane => cutAt([0, 0, z], [1, 0, 0], [0, 1, 0]);
export const coronalAt = (y: number): CutPlane => cutAt([0, y, 0], [1, 0, 0], [0, 0, -1]);
export const sagittalAt = (x: number): CutPlane => cutAt([x, 0, 0], [0, 1, 0], [0, 0, -1]);

/** Patient mm of a place on a plane. */
export const onPlane = ({ right, down, normal, depth }: CutPlane, x: number, y: number): Mm3 => [
  right[0] * x + down[0] * y + normal[0] * depth,
  right[1] * x + down[1] * y + normal[1] * depth,
  right[2] * x + down[2] * y + normal[2] * depth,
];

/** Length in mm of all outlines. */
export const perimeter = ({ loops }: Section): number =>
  loops.reduce((sum, loop) => {
    for (let at = 0; at < loop.length; at += 2) {
      const next = (at + 2) % loop.length;
      sum += Math.hypot((loop[next] ?? 0) - (loop[at] ?? 0), (loop[next + 1] ?? 0) - (loop[at + 1] ?? 0));
    }
    return sum;
  }, 0);

export const closed = (points: number[], type: Contour['type'] = 'CLOSED_PLANAR'): Contour => ({
  type,
  points: Float64Array.from(points),
  imageUids: [],
});

/** A closed contour of u, v pairs at a height. */
export const axialContour = (polygon: Polygon | readonly number[], z: number): Contour => {
  const points: number[] = [];
  for (let at = 0; at < polygon.length; at += 2) points.push(polygon[at] ?? 0, polygon[at + 1] ?? 0, z);
  return closed(points);
};

export const roiOf = (contours: Contour[]): Roi => ({
  number: 1,
  name: 'shape',
  colour: '#ff0000',
  interpretedType: '',
  frameOfReferenceUid: '2.25.1',
  contours,
  unreadableContours: 0,
});
