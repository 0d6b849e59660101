import type { ImagePlane } from '@/lib/dicom/image-plane.ts';
import type { Fusion, Vec3, ViewportState } from '@/lib/live/view-state.ts';
import { AXES, type Axis, acquiredAxes, type Directions, isAcquired, normalOf } from '@/lib/planes/axes.ts';
import { middleOf } from '@/lib/planes/extent.ts';
import type { GeometryResult } from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';
import { onStep, stepAt, stepsAlong } from './plane-scroll.ts';
import { firstInvert } from './polarity.ts';
import { firstVoi } from './voi.ts';

const opposite = ([x, y, z]: Directions['down']): Vec3 => [-x, -y, -z];

/** Right and down of a named plane: the grid's own where there is a grid. */
export const axesOf = (result: GeometryResult, axis: Axis): Directions =>
  result.ok ? acquiredAxes(result.geometry)[axis] : AXES[axis];

/** Whether a plane is best seen as the images that were acquired: then no pixel is interpolated. */
export const isStackBest = (result: GeometryResult, axis: Axis): boolean =>
  !result.ok || isAcquired(result.geometry, normalOf(acquiredAxes(result.geometry)[axis]));

/** The state in which a cut or a projection of a series opens: its middle, the whole of it in the window. */
export function firstPlane(
  viewportId: string,
  stack: Stack,
  result: GeometryResult,
  wish: { kind: 'plane' | 'mip'; axis: Axis },
): ViewportState {
  const directions = axesOf(result, wish.axis);
  const normal = normalOf(directions);
  const geometry = result.ok ? result.geometry : null;
  const middle = geometry && middleOf(geometry);
  const steps = geometry && stepsAlong(geometry, normal);
  const focal = middle && steps && onStep(steps, normal, middle, stepAt(steps, normal, middle));
  return {
    viewportId,
    studyUid: stack.StudyInstanceUID,
    seriesUid: stack.SeriesInstanceUID,
    frameOfReferenceUid: geometry?.frameOfReferenceUid ?? null,
    focalMm: focal && [...focal],
    sopInstanceUid: null,
    normal: [...normal],
    voi: firstVoi(stack),
    invert: firstInvert(stack),
    zoom: 1,
    rotation: 0,
    flipHorizontal: false,
    kind: wish.kind,
    up: opposite(directions.down),
    colours: 'grey',
    fusion: null,
  };
}

/** The part of a state that makes a cut of an acquired image: the same plane of the same screen. */
export const cutLike = ({ normal, columnDirection }: ImagePlane) => ({
  kind: 'plane' as const,
  normal: [...normal] as Vec3,
  up: opposite(columnDirection),
  sopInstanceUid: null,
});

/** A PET over anything as it is read first: hot iron over the anatomy, half and half, all of it. */
export const firstFusion = (stack: Stack): Fusion => ({
  studyUid: stack.StudyInstanceUID,
  seriesUid: stack.SeriesInstanceUID,
  blend: 0.5,
  voi: firstVoi(stack) ?? { center: 500, width: 1000 },
  colours: 'hot_iron',
  above: null,
  registrationUid: null,
});
