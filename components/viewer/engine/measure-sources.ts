import { numberValue } from '@/lib/dicom/display-json.ts';
import { addScaled, dot, type Mm3, planeDistance } from '@/lib/dicom/image-plane.ts';
import type { Measurement } from '@/lib/live/measurement-state.ts';
import type { Fusion } from '@/lib/live/view-state.ts';
import type { VoxelEdges } from '@/lib/measure/uncertainty.ts';
import { edgesAt, voxelGrid } from '@/lib/measure/voxel-grid.ts';
import type { Volume } from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';
import type { Pane } from './pane.ts';

/** The stack that lies over another one by fusion: of its series the one with most images. */
export function overlayOf(stacks: readonly Stack[], fusion: Pick<Fusion, 'seriesUid'> | null): Stack | null {
  const ofSeries = stacks.filter((stack) => stack.SeriesInstanceUID === fusion?.seriesUid);
  return ofSeries.sort((a, b) => b.images.length - a.images.length)[0] ?? null;
}

/** The stack that a measurement was drawn on; of a series of several the one whose images lie nearest. */
export function stackOf(stacks: readonly Stack[], measurement: Measurement): Stack | null {
  const { seriesUid, sopInstanceUid, points, normal } = measurement;
  const ofSeries = stacks.filter((stack) => stack.SeriesInstanceUID === seriesUid);
  if (sopInstanceUid !== null)
    return (
      ofSeries.find((stack) => stack.images.some((image) => image.sopInstanceUid === sopInstanceUid)) ?? null
    );
  const [point] = points;
  const away = (stack: Stack): number =>
    Math.min(
      ...stack.planes.map((plane) =>
        plane && point && (!normal || Math.abs(dot(plane.normal, normal)) > 0.9)
          ? Math.abs(planeDistance(plane, point))
          : Number.POSITIVE_INFINITY,
      ),
    );
  return ofSeries.length < 2
    ? (ofSeries[0] ?? null)
    : (ofSeries.sort((a, b) => away(a) - away(b))[0] ?? null);
}

/** Whether a measurement's points are pixels: it lies on an image without geometry. */
export const inPixels = (stack: Stack | null, { sopInstanceUid, frame }: Measurement): boolean =>
  sopInstanceUid !== null &&
  !stack?.images.find(
    (image) => image.sopInstanceUid === sopInstanceUid && (frame === undefined || image.frame === frame),
  )?.plane;

const PIXEL: VoxelEdges = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 0],
];
const scaled = (direction: Mm3, by: number): Mm3 => addScaled([0, 0, 0], direction, by);

/** The edges of the voxel at a point; a series that makes no volume has its pixels and its slice thickness. */
export function edgesOf(stack: Stack, volume: Volume | null, at: Mm3): VoxelEdges {
  if (volume) return edgesAt(voxelGrid(volume), at);
  const plane = stack.planes.find((one) => one !== null);
  if (!plane) return PIXEL;
  return [
    scaled(plane.rowDirection, plane.columnSpacing),
    scaled(plane.columnDirection, plane.rowSpacing),
    scaled(plane.normal, numberValue(stack.header, '00180050') ?? 0),
  ];
}

/**
 * Series that are seen together with one: laid over it by fusion anywhere in the layout, or under it; and the
 * registration by which.
 */
export function seenWith(
  stack: Stack,
  stacks: readonly Stack[],
  panes: readonly Pane[],
): Map<Stack, string | null> {
  const found = new Map<Stack, string | null>();
  for (const pane of panes) {
    const fusion = pane.state()?.fusion ?? null;
    const overlay = fusion && overlayOf(stacks, fusion);
    if (!fusion || !overlay || !pane.stack) continue;
    if (pane.stack === stack) found.set(overlay, fusion.registrationUid);
    if (overlay === stack) found.set(pane.stack, fusion.registrationUid);
  }
  found.delete(stack);
  return found;
}
