import { dot } from '../dicom/image-plane.ts';
import { ONE_POSITION_MM } from '../dicom/image-plane-order.ts';
import type { SegmentGrid } from '../dicom/rtstruct.ts';
import type { Segmentation } from '../dicom/seg.ts';

/** Steps are alike, or whole multiples of another, within this part of it. */
const ALIKE = 0.02;

/**
 * The grid that a segment's frames lie on. Each segment has its own: two of one object may lie a little beside each
 * other. Frames that would be empty may be missing, so the steps between those that are left tell it only where they are
 * all whole multiples of Spacing Between Slices, or of Slice Thickness; else the step that most of them have does, as
 * slices may lie unevenly; and where no step is usual, the smallest one, between frames that are certainly neighbours.
 * @param segment its number
 * @param thickness mm, of a single frame of which the object does not say how thick it is
 */
export function segmentGrid(
  segmentation: Segmentation,
  segment: number,
  thickness: number | null = null,
): SegmentGrid {
  const said = segmentation.spacingBetweenSlices ?? segmentation.sliceThickness;
  const steps = stepsOf(segmentation, segment);
  const [smallest] = steps;
  if (smallest === undefined) return { distance: said ?? thickness, even: true };
  if (said !== null && areMultiples(steps, said)) return { distance: said, even: true };
  const middle = steps[Math.floor((steps.length - 1) / 2)] ?? smallest;
  const isUsual =
    steps.filter((step) => Math.abs(step - middle) <= ALIKE * middle).length * 2 >= steps.length;
  const distance = isUsual ? middle : smallest;
  return { distance, even: areMultiples(steps, distance) };
}

/** mm from place to place of a segment's frames, the smallest first. */
function stepsOf({ frames }: Segmentation, segment: number): number[] {
  const own = frames.filter((frame) => frame.segment === null || frame.segment === segment);
  const [first] = own;
  if (!first) return [];
  const places = own.map(({ plane }) => dot(plane.origin, first.plane.normal)).sort((a, b) => a - b);
  return places
    .slice(1)
    .map((place, index) => place - (places[index] ?? 0))
    .filter((step) => step > ONE_POSITION_MM)
    .sort((a, b) => a - b);
}

const areMultiples = (steps: readonly number[], of: number): boolean =>
  steps.every(
    (step) => Math.round(step / of) > 0 && Math.abs(step - Math.round(step / of) * of) < ALIKE * of,
  );
