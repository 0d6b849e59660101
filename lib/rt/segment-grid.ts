import { dot } from '../dicom/image-plane.ts';
import { ONE_POSITION_MM } from '../dicom/image-plane-order.ts';
import type { SegmentGrid } from '../dicom/rtstruct.ts';
import type { Segmentation } from '../dicom/seg.ts';
import { isParallel, type Slices } from './slices.ts';

/** Steps are alike, or whole multiples of another, within this part of it. */
const ALIKE = 0.02;

/** mm between the images that a segmentation was drawn on, as far as they lie along its frames; null where nobody knows. */
export function imagesApart(segmentation: Segmentation, slices: Slices | null): number | null {
  const [first] = segmentation.frames;
  const isAlong =
    first !== undefined &&
    slices?.frameOfReferenceUid === segmentation.frameOfReferenceUid &&
    isParallel(slices, first.plane.normal);
  return isAlong ? slices.distance : null;
}

/** So many steps that are alike are no chance. */
const ENOUGH_STEPS = 3;

/**
 * The grid that a segment's frames lie on. Each segment has its own: two of one object may lie a little beside each
 * other. Frames that would be empty may be missing, so the steps between those that are left tell it only where they are
 * all whole multiples of what the object says; else the step that most of them have does, as slices may lie unevenly;
 * and where no step is usual, the smallest one, between frames that are certainly neighbours.
 * @param segment its number
 * @param images mm between the images that it was drawn on, where they are known
 */
export function segmentGrid(
  segmentation: Segmentation,
  segment: number,
  images: number | null = null,
): SegmentGrid {
  const steps = stepsOf(segmentation, segment);
  const said = segmentation.spacingBetweenSlices ?? fromThickness(segmentation, steps, images);
  const [smallest] = steps;
  if (smallest === undefined) return { distance: said ?? smallestUsual(segmentation) ?? images, even: true };
  if (said !== null && areMultiples(steps, said)) return { distance: said, even: true };
  const middle = steps[Math.floor((steps.length - 1) / 2)] ?? smallest;
  const isUsual =
    steps.filter((step) => Math.abs(step - middle) <= ALIKE * middle).length * 2 >= steps.length;
  const distance = isUsual ? middle : smallest;
  return { distance, even: areMultiples(steps, distance) };
}

/**
 * Slice Thickness alone is not how far slices lie apart: they may overlap, or have gaps between them. It is where some
 * frames lie just so far apart; else what most of the segment's steps are, or the smallest usual step of the object, or
 * the distance of the images; and the thickness where nothing tells more.
 */
function fromThickness(
  segmentation: Segmentation,
  steps: readonly number[],
  images: number | null,
): number | null {
  const thickness = segmentation.sliceThickness;
  if (thickness === null) return null;
  const [smallest = 0] = steps;
  if (areAlike(smallest, thickness)) return thickness;
  if (isUsual(steps, smallest) && areMultiples(steps, smallest)) return smallest;
  const others = smallestUsual(segmentation, thickness);
  const known = [others, images].find((one) => one !== null && areMultiples(steps, one));
  return known ?? thickness;
}

/**
 * The smallest step that three or more of an object's have, between frames of one segment; null where there is none.
 * @param expected mm, of which one suffices
 */
function smallestUsual(segmentation: Segmentation, expected = 0): number | null {
  const numbers = new Set(segmentation.frames.map(({ segment }) => segment));
  const all = [...numbers].flatMap((number) => stepsOf(segmentation, number)).sort((a, b) => a - b);
  const isKnown = (step: number, index: number): boolean =>
    areAlike(step, expected) || areAlike(step, all[index + ENOUGH_STEPS - 1] ?? 0);
  return all.find(isKnown) ?? null;
}

const isUsual = (steps: readonly number[], step: number): boolean => {
  const count = steps.filter((one) => areAlike(one, step)).length;
  return count >= ENOUGH_STEPS && count * 2 >= steps.length;
};

const areAlike = (a: number, b: number): boolean => Math.abs(a - b) <= ALIKE * b;

/**
 * mm from place to place of a segment's frames, the smallest first.
 * @param segment its number; null for the frames of a label map, which belong to all segments
 */
function stepsOf({ frames }: Segmentation, segment: number | null): number[] {
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
