import { cielabColour } from './cielab.ts';
import { items, type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';
import { type ImagePlane, imagePlane } from './image-plane.ts';

export const LABEL_MAP_SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.7';

export type Segment = {
  /** From 1; 0 only in label maps, where it is what belongs to no segment. */
  number: number;
  label: string;
  description: string;
  /** `#rrggbb` from Recommended Display CIELab Value; null when not given. */
  colour: string | null;
  /** AUTOMATIC, SEMIAUTOMATIC, MANUAL; '' when not given. */
  algorithm: string;
  /** Meaning of the property type code, e.g. "Liver". */
  propertyType: string;
};

/** A plane of voxels; in a label map of all segments, else of one. */
export type SegmentFrame = { segment: number | null; plane: ImagePlane };

/** A Segmentation object (PS3.3 A.51), its pixels aside. */
export type Segmentation = {
  sopInstanceUid: string;
  seriesUid: string;
  studyUid: string;
  frameOfReferenceUid: string;
  label: string;
  date: string;
  type: 'BINARY' | 'FRACTIONAL' | 'LABELMAP';
  /** PROBABILITY or OCCUPANCY; '' but for FRACTIONAL. */
  fractionalType: string;
  /** A voxel of a fractional one belongs to the segment from this value on: half of what stands for all of it. */
  threshold: number;
  rows: number;
  columns: number;
  /** Bits of one pixel: 1, 8 or 16. */
  bits: 1 | 8 | 16;
  segments: Segment[];
  /** mm from frame to frame, and of a frame, where the object says so. */
  spacingBetweenSlices: number | null;
  sliceThickness: number | null;
  /** In the order of the object. */
  frames: SegmentFrame[];
  referencedSeriesUids: string[];
  referencedImageUids: string[];
};

export type SegmentationRefusal =
  | 'unknown_type'
  | 'pixel_format'
  | 'no_frames'
  | 'no_geometry'
  | 'no_frame_of_reference'
  | 'segment_unknown'
  | 'repeated_frames'
  | 'pixels_short'
  | 'pixels_compressed';

export type SegmentationResult =
  | { known: true; segmentation: Segmentation }
  | { known: false; reason: SegmentationRefusal };

const no = (reason: SegmentationRefusal): SegmentationResult => ({ known: false, reason });

/**
 * A Segmentation or Label Map Segmentation from DICOM JSON, or why it cannot be shown. Frames may come in any order,
 * without those that are empty, several at one place (overlapping segments), on a grid that is not the images'.
 * @param anywhere also without a Frame of Reference, for whoever needs no more than the sizes of what is in it
 */
export function parseSegmentation(json: JsonDataSet, { anywhere = false } = {}): SegmentationResult {
  const isLabelMap = textValue(json, '00080016') === LABEL_MAP_SEGMENTATION;
  const type = isLabelMap ? 'LABELMAP' : textValue(json, '00620001');
  if (type !== 'BINARY' && type !== 'FRACTIONAL' && type !== 'LABELMAP') return no('unknown_type');
  const bits = numberValue(json, '00280100');
  const fits =
    type === 'BINARY' ? bits === 1 : type === 'FRACTIONAL' ? bits === 8 : bits === 8 || bits === 16;
  if (!fits || (numberValue(json, '00280002') ?? 1) !== 1) return no('pixel_format');
  const rows = numberValue(json, '00280010') ?? 0;
  const columns = numberValue(json, '00280011') ?? 0;
  const groups = items(json, '52009230');
  const count = Math.min(numberValue(json, '00280008') ?? 1, groups.length);
  if (count < 1 || rows < 1 || columns < 1) return no('no_frames');
  const hasFrame = textValue(json, '00200052') !== '';
  if (!anywhere && !hasFrame) return no('no_frame_of_reference');
  const shared = items(json, '52009229')[0];
  const segments = items(json, '00620002').flatMap(parseSegment);
  const numbers = new Set(segments.map((one) => one.number));
  const frames: SegmentFrame[] = [];
  const places = new Set<string>();
  for (let frame = 1; frame <= count; frame += 1) {
    const plane = imagePlane(json, frame);
    if (!plane) return no(hasFrame ? 'no_geometry' : 'no_frame_of_reference');
    const segment = type === 'LABELMAP' ? null : segmentOf(groups[frame - 1], shared);
    if (type !== 'LABELMAP' && (segment === null || !numbers.has(segment))) return no('segment_unknown');
    // Two answers for one voxel (phases, parts of a lesion): which one is meant, the object does not say.
    const place = [segment, ...plane.origin.map((value) => value.toFixed(3))].join();
    if (places.has(place)) return no('repeated_frames');
    places.add(place);
    frames.push({ segment, plane });
  }
  const references = items(json, '00081115');
  const measures = items(shared, '00289110')[0] ?? items(groups[0], '00289110')[0];
  const measure = (tag: string): number | null => {
    const millimetres = numberValue(measures, tag);
    return millimetres !== null && millimetres > 0 ? millimetres : null;
  };
  return {
    known: true,
    segmentation: {
      sopInstanceUid: textValue(json, '00080018'),
      seriesUid: textValue(json, '0020000E'),
      studyUid: textValue(json, '0020000D'),
      frameOfReferenceUid: textValue(json, '00200052'),
      label: textValue(json, '0008103E') || textValue(json, '00700081') || textValue(json, '00700080'),
      date: textValue(json, '00700082') || textValue(json, '00080021'),
      type,
      fractionalType: type === 'FRACTIONAL' ? textValue(json, '00620010') : '',
      threshold: type === 'FRACTIONAL' ? (numberValue(json, '0062000E') ?? 255) / 2 : 1,
      rows,
      columns,
      bits: bits as 1 | 8 | 16,
      segments,
      spacingBetweenSlices: measure('00180088'),
      sliceThickness: measure('00180050'),
      frames,
      referencedSeriesUids: references.map((one) => textValue(one, '0020000E')).filter(Boolean),
      referencedImageUids: references.flatMap((one) =>
        items(one, '0008114A').map((image) => textValue(image, '00081155')),
      ),
    },
  };
}

/** Segment Identification may be shared by all frames (PS3.3 C.8.20.3.1). */
const segmentOf = (own: JsonDataSet | undefined, shared: JsonDataSet | undefined): number | null =>
  numberValue(items(own, '0062000A')[0], '0062000B') ?? numberValue(items(shared, '0062000A')[0], '0062000B');

function parseSegment(item: JsonDataSet): Segment[] {
  const number = numberValue(item, '00620004');
  if (number === null) return [];
  const lab = numberValues(item, '0062000D');
  return [
    {
      number,
      label: textValue(item, '00620005'),
      description: textValue(item, '00620006'),
      colour: lab?.length === 3 ? cielabColour(lab as [number, number, number]) : null,
      algorithm: textValue(item, '00620008'),
      propertyType: textValue(items(item, '0062000F')[0], '00080104'),
    },
  ];
}
