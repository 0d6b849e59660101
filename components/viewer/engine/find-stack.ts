import { type Mm3, nearestImage, planeDistance, sameDirection } from '@/lib/dicom/image-plane.ts';
import { sliceDistance } from '@/lib/dicom/image-plane-order.ts';
import { plainStack, type ViewportState, type ViewState } from '@/lib/live/view-state.ts';
import { frameOf, type Stack } from '../data/stack.ts';

/** The state of a viewport that shows nothing. */
export const nothingIn = (viewportId: string): ViewportState => ({
  viewportId,
  studyUid: null,
  seriesUid: null,
  frameOfReferenceUid: null,
  focalMm: null,
  sopInstanceUid: null,
  normal: null,
  voi: null,
  invert: false,
  zoom: 1,
  rotation: 0,
  flipHorizontal: false,
  ...plainStack,
});

/** The stack that a state means: of its series, and where there are several of the same direction and near the place. */
export function findStack(stacks: readonly Stack[], state: ViewportState): Stack | undefined {
  const ofSeries = stacks.filter((stack) => stack.SeriesInstanceUID === state.seriesUid);
  const { focalMm, normal } = state;
  // A cut goes any way through what makes a volume: the most images of the place's frame of reference.
  if (state.kind !== 'stack')
    return ofSeries
      .filter((stack) => frameOf(stack) === state.frameOfReferenceUid)
      .sort((a, b) => b.images.length - a.images.length)[0];
  if (!focalMm || !normal) {
    return ofSeries.find((stack) =>
      stack.images.some((image) => image.sopInstanceUid === state.sopInstanceUid),
    );
  }
  const fitting = ofSeries.filter((stack) => {
    const plane = stack.planes.find((one) => one !== null);
    return (
      plane &&
      plane.frameOfReferenceUid === state.frameOfReferenceUid &&
      sameDirection(plane.normal, normal, 0.999)
    );
  });
  const away = (stack: Stack) =>
    Math.min(
      ...stack.planes.map((plane) =>
        plane ? Math.abs(planeDistance(plane, focalMm)) : Number.POSITIVE_INFINITY,
      ),
    );
  return fitting.sort((a, b) => away(a) - away(b))[0];
}

/** Whether everything that a view shows is among these stacks. */
export const isHere = (stacks: readonly Stack[], view: ViewState): boolean =>
  view.viewports.every((state) => state.seriesUid === null || findStack(stacks, state) !== undefined);

/** The image nearest to the point, or null when the stack does not reach there: then it stays where it is. */
export function nearestIndex(stack: Stack, point: Mm3): number | null {
  const index = nearestImage(stack.planes, point);
  const plane = stack.planes[index];
  if (!plane) return null;
  return Math.abs(planeDistance(plane, point)) <= (sliceDistance(stack.planes) ?? 1) ? index : null;
}

/** The stack of a series that has the most images. */
export const largestOf = (stacks: readonly Stack[], seriesUid: string | null): Stack | undefined =>
  stacks
    .filter((stack) => stack.SeriesInstanceUID === seriesUid)
    .sort((a, b) => b.images.length - a.images.length)[0];
