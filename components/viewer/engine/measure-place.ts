import { addScaled, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { Measurement, MeasurementKind } from '@/lib/live/measurement-state.ts';
import { type Nearness, nearness, thicknessAlong } from '@/lib/measure/drawing.ts';
import { pointPulled, withPoints } from '@/lib/measure/edit.ts';
import { EANM_FRACTION } from '@/lib/measure/pet-region.ts';
import type { DrawingPlane } from '@/lib/measure/stroke.ts';
import { type ViewPlane, viewNormal } from '@/lib/planes/view-plane.ts';
import type { Stack } from '../data/stack.ts';
import { nameOf } from './image-of-state.ts';
import { edgesOf, overlayOf } from './measure-sources.ts';
import type { Pane } from './pane.ts';
import type { Spaces } from './spaces.ts';
import type { Volumes } from './volumes.ts';

/** What a new measurement belongs to. */
export type Target = Pick<
  Measurement,
  'studyUid' | 'seriesUid' | 'frameOfReferenceUid' | 'sopInstanceUid' | 'frame'
>;

export type SpacesOfPlanes = Pick<Spaces, 'viewIn'>;

/** A painted plane as a frame of reference has it: its own, or by registration; null where nothing leads there. */
export function viewInFrame(
  spaces: SpacesOfPlanes,
  pane: Pane,
  view: ViewPlane,
  frame: string | null,
): ViewPlane | null {
  if (view.frameOfReferenceUid === frame) return view;
  if (frame === null || view.frameOfReferenceUid === null) return null;
  // What lies over the picture lies there by a registration that is named.
  const named = pane.shown?.fusion?.registrationUid ?? null;
  return (named && spaces.viewIn(view, frame, named)) || spaces.viewIn(view, frame);
}

/** Why nothing can be drawn here. */
export type NoTarget =
  /** A projection shows all depths at once: a point on it has none. */
  | 'projection'
  /** SUV, MTV and TLG are a PET's. */
  | 'needs_pet'
  /** The PET that lies over the images is in another frame of reference. */
  | 'other_frame'
  | 'nothing';

/** What is drawn on a viewport belongs to its own series; a region to its PET, also where that lies over a CT. */
export function targetOn(
  pane: Pane,
  stacks: readonly Stack[],
  kind: MeasurementKind,
  spaces: SpacesOfPlanes,
): Target | { refused: NoTarget } {
  const { stack, shown } = pane;
  if (!stack || !shown) return { refused: 'nothing' };
  if (pane.kind === 'mip') return { refused: 'projection' };
  const { studyUid, seriesUid, frameOfReferenceUid } = shown;
  if (!studyUid || !seriesUid) return { refused: 'nothing' };
  const image = pane.kind === 'stack' ? pane.image?.image : undefined;
  const name = image ? nameOf(stack, image) : { sopInstanceUid: null };
  const own: Target = { studyUid, seriesUid, frameOfReferenceUid, ...name };
  if (kind !== 'region') return own;
  // A sphere lies in space, not on an image.
  if (!image?.plane && pane.kind === 'stack') return { refused: 'needs_pet' };
  if (stack.Modality === 'PT') return { ...own, sopInstanceUid: null, frame: undefined };
  const over = overlayOf(stacks, shown.fusion);
  const view = pane.viewPlane();
  if (over?.Modality !== 'PT') return { refused: 'needs_pet' };
  const overFrame = over.planes.find((plane) => plane !== null)?.frameOfReferenceUid ?? null;
  if (!overFrame || !view || !viewInFrame(spaces, pane, view, overFrame)) return { refused: 'other_frame' };
  return {
    studyUid: over.StudyInstanceUID,
    seriesUid: over.SeriesInstanceUID,
    frameOfReferenceUid: overFrame,
    sopInstanceUid: null,
  };
}

export const drawingPlane = (view: ViewPlane): DrawingPlane => ({
  right: view.right,
  down: view.down,
  normal: viewNormal(view),
});

/** Thickness in mm of what a viewport shows. */
export function thicknessOf(pane: Pane, view: ViewPlane, volumes: Pick<Volumes, 'of'>): number {
  if (!pane.stack) return 1;
  const edges = edgesOf(pane.stack, volumes.of(pane.stack), view.centre);
  return thicknessAlong(edges, viewNormal(view)) || 1;
}

/**
 * How a measurement lies to what a viewport shows, and the painted plane as the measurement's own frame of reference
 * has it: in that it is drawn and pulled.
 */
export function placedOn(
  pane: Pane,
  view: ViewPlane,
  measurement: Measurement,
  { volumes, spaces }: { volumes: Pick<Volumes, 'of'>; spaces: SpacesOfPlanes },
): { near: Nearness; view: ViewPlane } {
  const { sopInstanceUid, frame, frameOfReferenceUid, seriesUid } = measurement;
  const far = { near: 'far', view } as const;
  if (sopInstanceUid !== null) {
    const image = pane.kind === 'stack' ? pane.image?.image : undefined;
    const same = image?.sopInstanceUid === sopInstanceUid && (frame === undefined || image.frame === frame);
    return same ? { near: 'on', view } : far;
  }
  const own = viewInFrame(spaces, pane, view, frameOfReferenceUid);
  // Images without a frame of reference are in nobody's, not even in each other's.
  if (!own || (frameOfReferenceUid === null && pane.shown?.seriesUid !== seriesUid)) return far;
  // Of a projection all depths are on it: a sphere is seen as its full circle, a line would lie nowhere.
  if (pane.kind === 'mip') return measurement.kind === 'region' ? { near: 'on', view: own } : far;
  const plane = { point: own.centre, normal: viewNormal(own) };
  return { near: nearness(measurement, plane, thicknessOf(pane, view, volumes)), view: own };
}

/** A measurement with one of its points moved on the screen. @param x,y CSS pixels */
export function nudged(
  measurement: Measurement,
  handle: number,
  view: ViewPlane,
  x: number,
  y: number,
): Measurement {
  const point = measurement.points[handle];
  if (!point) return measurement;
  const along = addScaled(point, view.right, x * view.mmPerPixel);
  return pointPulled(measurement, handle, addScaled(along, view.down, y * view.mmPerPixel));
}

/** A measurement as it is first drawn. Of a region the lesion is what reaches 41 % of its maximum (EANM). */
export function newMeasurement(
  id: string,
  kind: MeasurementKind,
  target: Target,
  { normal }: DrawingPlane,
  points: readonly Mm3[],
): Measurement {
  const region = kind === 'region';
  const empty: Measurement = {
    id,
    kind,
    ...target,
    points: [],
    normal: region ? null : [normal[0], normal[1], normal[2]],
    label: '',
    threshold: region ? { kind: 'fraction', of: EANM_FRACTION } : { kind: 'none' },
  };
  return withPoints(empty, points);
}
