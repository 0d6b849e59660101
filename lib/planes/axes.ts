import { cross, dot, type Mm3 } from '../dicom/image-plane.ts';
import type { VolumeGeometry } from './geometry.ts';

export type Axis = 'axial' | 'coronal' | 'sagittal';

/** Where right and down of the screen point in the patient. */
export type Directions = { right: Mm3; down: Mm3 };

/**
 * As radiologists read them: axial from the feet and coronal from the front, the patient's left on the right of the
 * screen; sagittal from the left, the front on the left. Head and front are up.
 */
export const AXES: Readonly<Record<Axis, Directions>> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

const ORDER: readonly Axis[] = ['axial', 'coronal', 'sagittal'];

/** right x down: into the screen. */
export const normalOf = ({ right, down }: Directions): Mm3 => cross(right, down);

/** The anatomical plane that a direction is most nearly perpendicular to. */
export function axisOf(normal: Mm3): Axis {
  const likeness = (axis: Axis) => Math.abs(dot(normalOf(AXES[axis]), normal));
  return ORDER.reduce((best, axis) => (likeness(axis) > likeness(best) ? axis : best), 'axial');
}

/**
 * The three planes of a stack's own grid, named by the anatomical planes that they are nearest to and turned like them:
 * what an oblique acquisition is best read in, as no voxel is cut askew. Of a sheared stack the planes are those of its
 * images and the two perpendicular to them.
 */
export function acquiredAxes(geometry: VolumeGeometry): Record<Axis, Directions> {
  const { normal, rowDirection } = geometry;
  const grid = [rowDirection, cross(normal, rowDirection), normal] as const;
  // Each grid direction is matched with one patient axis; the best of the six ways.
  const [x, y, z] = PERMUTATIONS.reduce((best, one) => (match(grid, one) > match(grid, best) ? one : best));
  const along = (index: number, axis: number): Mm3 => {
    const direction = grid[index] ?? normal;
    return (direction[axis] ?? 0) < 0 ? opposite(direction) : direction;
  };
  const left = along(x, 0);
  const back = along(y, 1);
  const feet = opposite(along(z, 2));
  return {
    axial: { right: left, down: back },
    coronal: { right: left, down: feet },
    sagittal: { right: back, down: feet },
  };
}

const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

const match = (grid: readonly Mm3[], order: readonly number[]): number =>
  order.reduce((sum, index, axis) => sum + Math.abs(grid[index]?.[axis] ?? 0), 0);

const opposite = (a: Mm3): Mm3 => [-a[0], -a[1], -a[2]];

/** Whether a direction is a stack's own normal, either way: then its images are shown as acquired. */
export const isAcquired = (geometry: VolumeGeometry, normal: Mm3): boolean =>
  Math.abs(dot(geometry.normal, normal)) > 0.9999;
