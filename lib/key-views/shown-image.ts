import type { ImageReference } from '@/lib/dicom/derived-object.ts';
import { type JsonDataSet, numberValue, textValue } from '@/lib/dicom/display-json.ts';
import { type ImagePlane, imagePlane, nearestImage, sameDirection } from '@/lib/dicom/image-plane.ts';
import { sliceDistance } from '@/lib/dicom/image-plane-order.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';

/** The image that a viewport's state means. */
export type ShownImage = {
  header: JsonDataSet;
  /** Counted from 1. */
  frame: number;
  plane: ImagePlane | null;
  /** Thickness that it stands for, mm. */
  slice: number;
  reference: ImageReference;
};

/**
 * Finds the image of a state among a series' headers, as the viewer does: the named one, or else the nearest to the
 * middle of those with the same orientation in the same space. A reformatted plane has none of its own: of any
 * orientation, the nearest. Null when nothing fits.
 */
export function shownImage(
  state: Pick<
    ViewportState,
    'kind' | 'focalMm' | 'normal' | 'frameOfReferenceUid' | 'sopInstanceUid' | 'frame'
  >,
  instances: readonly JsonDataSet[],
): ShownImage | null {
  const frames = instances.flatMap((header) =>
    Array.from({ length: Math.max(1, numberValue(header, '00280008') ?? 1) }, (_, index) => ({
      header,
      frame: index + 1,
      plane: imagePlane(header, index + 1),
    })),
  );
  const fitting = frames.filter(
    ({ plane }) =>
      plane !== null &&
      plane.frameOfReferenceUid === state.frameOfReferenceUid &&
      (state.kind !== 'stack' || (state.normal !== null && sameDirection(plane.normal, state.normal, 0.999))),
  );
  const named = frames.find(
    ({ header, frame }) =>
      textValue(header, '00080018') === state.sopInstanceUid && frame === (state.frame ?? frame),
  );
  const planes = fitting.map(({ plane }) => plane);
  const found = named ?? (state.focalMm && fitting[nearestImage(planes, state.focalMm)]);
  if (!found) return null;
  const { header, frame, plane } = found;
  const slice = numberValue(header, '00180050') ?? sliceDistance(planes) ?? 1;
  return { header, frame, plane, slice, reference: referenceOf(header, frame) };
}

const referenceOf = (header: JsonDataSet, frame: number): ImageReference => ({
  studyUid: textValue(header, '0020000D'),
  seriesUid: textValue(header, '0020000E'),
  sopClassUid: textValue(header, '00080016'),
  sopInstanceUid: textValue(header, '00080018'),
  frame: numberValue(header, '00280008') === null ? null : frame,
});
