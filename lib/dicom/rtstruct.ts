import { items, type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';
import type { Mm3 } from './image-plane.ts';
import { withoutRepeats } from './repeated-contours.ts';
import { colourAt } from './roi-colours.ts';

export type ContourType =
  | 'POINT'
  | 'OPEN_PLANAR'
  | 'CLOSED_PLANAR'
  | 'CLOSEDPLANAR_XOR'
  | 'OPEN_NONPLANAR'
  | 'UNKNOWN';

export type Contour = {
  type: ContourType;
  /** Patient mm in the ROI's Frame of Reference: x1, y1, z1, x2, … */
  points: Float64Array;
  /** SOP Instance UIDs of the images it was drawn on; often one, may be none. */
  imageUids: string[];
};

export type Roi = {
  number: number;
  name: string;
  /** `#rrggbb` */
  colour: string;
  /** RT ROI Interpreted Type: GTV, PTV, ORGAN, EXTERNAL…; '' when not given. */
  interpretedType: string;
  frameOfReferenceUid: string;
  contours: Contour[];
  /** Contours whose coordinates are missing or no triplets: left out, and the reader is told. */
  unreadableContours: number;
  /** Contours that were written twice: each counts once, and the reader is told. None when absent. */
  repeatedContours?: number;
  /** Several ROIs of the set have this number: whose its contours are nobody knows, so that it has none. */
  repeatedNumber?: true;
  /** Of a segment, whose contours are the outlines of voxels: the grid that its frames lie on. */
  frames?: SegmentGrid;
};

export type SegmentGrid = {
  /** mm from frame to frame; null for a single one of which nobody says how thick it is. */
  distance: number | null;
  /** All steps are whole multiples of it: where frames lie further apart, those between them are empty. */
  even: boolean;
};

export type StructureSet = {
  sopInstanceUid: string;
  seriesUid: string;
  studyUid: string;
  label: string;
  date: string;
  approval: string;
  frameOfReferenceUids: string[];
  referencedSeriesUids: string[];
  referencedImageUids: string[];
  rois: Roi[];
  /** Contours of ROIs that the set does not name, by their numbers: left out, and the reader is told. None when absent. */
  unlistedContours?: { roiNumber: number | null; count: number }[];
};

const TYPES = new Set<string>([
  'POINT',
  'OPEN_PLANAR',
  'CLOSED_PLANAR',
  'CLOSEDPLANAR_XOR',
  'OPEN_NONPLANAR',
]);
/**
 * An RT Structure Set (PS3.3 A.19) from DICOM JSON. ROIs come in order of their numbers, those without contours too.
 * A contour with fewer numbers than three, or a length that is no multiple of three, is left out and counted.
 */
export function parseStructureSet(json: JsonDataSet): StructureSet {
  const roiContours = items(json, '30060039');
  const observed = new Map(
    items(json, '30060080').map((item) => [numberValue(item, '30060084'), textValue(item, '300600A4')]),
  );
  const referenced = items(json, '30060010');
  const series = referenced.flatMap((frame) =>
    items(frame, '30060012').flatMap((study) => items(study, '30060014')),
  );
  const topFrame = textValue(referenced[0], '00200052') || textValue(json, '00200052');
  const named = items(json, '30060020');
  const byNumber = new Map<number | null, JsonDataSet[]>();
  for (const item of named) {
    const number = numberValue(item, '30060022');
    const namesakes = byNumber.get(number);
    if (namesakes) namesakes.push(item);
    else byNumber.set(number, [item]);
  }
  const identityOf = (item: JsonDataSet): string =>
    [textValue(item, '30060026'), textValue(item, '30060024')].join();
  const rois = named.flatMap((item, index): Roi[] => {
    const number = numberValue(item, '30060022');
    if (number === null) return [];
    const namesakes = byNumber.get(number) ?? [];
    // Listed twice in the same words it is one; else it may be either.
    if (namesakes[0] !== item) return [];
    const repeatedNumber = namesakes.some((one) => identityOf(one) !== identityOf(item));
    // One item by the standard; contours of further ones must not be lost.
    const own = roiContours.filter((one) => numberValue(one, '30060084') === number);
    const drawn = repeatedNumber ? [] : own.flatMap((one) => items(one, '30060040'));
    const readable = drawn.flatMap(parseContour);
    const contours = withoutRepeats(readable);
    const repeatedContours = readable.length - contours.length;
    return [
      {
        number,
        name: repeatedNumber
          ? namesakes.map((one) => textValue(one, '30060026')).join(' / ')
          : textValue(item, '30060026'),
        colour: colourOf(own[0], index),
        interpretedType: observed.get(number) ?? '',
        frameOfReferenceUid: textValue(item, '30060024') || topFrame,
        contours,
        unreadableContours: drawn.length - readable.length,
        ...(repeatedContours > 0 && { repeatedContours }),
        ...(repeatedNumber && { repeatedNumber }),
      },
    ];
  });
  rois.sort((a, b) => a.number - b.number);
  const frames = [
    ...rois.map((roi) => roi.frameOfReferenceUid),
    ...referenced.map((frame) => textValue(frame, '00200052')),
  ];
  const seriesImages = series.flatMap((one) =>
    items(one, '30060016').map((image) => textValue(image, '00081155')),
  );
  const contourImages = rois.flatMap((roi) => roi.contours.flatMap((contour) => contour.imageUids));
  const unlistedContours = unlisted(roiContours, new Set(rois.map((roi) => roi.number)));
  return {
    sopInstanceUid: textValue(json, '00080018'),
    seriesUid: textValue(json, '0020000E'),
    studyUid: textValue(json, '0020000D'),
    label: textValue(json, '30060002') || textValue(json, '30060004') || textValue(json, '0008103E'),
    date: textValue(json, '30060008'),
    approval: textValue(json, '300E0002'),
    frameOfReferenceUids: distinct(frames),
    referencedSeriesUids: distinct(series.map((one) => textValue(one, '0020000E'))),
    referencedImageUids: distinct([...seriesImages, ...contourImages]),
    rois,
    ...(unlistedContours.length > 0 && { unlistedContours }),
  };
}

function unlisted(
  roiContours: readonly JsonDataSet[],
  numbers: ReadonlySet<number>,
): { roiNumber: number | null; count: number }[] {
  return roiContours.flatMap((one) => {
    const roiNumber = numberValue(one, '30060084');
    const count = items(one, '30060040').length;
    return count > 0 && !(roiNumber !== null && numbers.has(roiNumber)) ? [{ roiNumber, count }] : [];
  });
}

function parseContour(item: JsonDataSet): Contour[] {
  const points = numberValues(item, '30060050');
  if (!points || points.length < 3 || points.length % 3 !== 0) return [];
  const type = textValue(item, '30060042');
  return [
    {
      type: TYPES.has(type) ? (type as ContourType) : 'UNKNOWN',
      // Twice as fast as `from`.
      points: new Float64Array(points),
      imageUids: items(item, '30060016').map((image) => textValue(image, '00081155')),
    },
  ];
}

function colourOf(roiContour: JsonDataSet | undefined, index: number): string {
  const rgb = numberValues(roiContour, '3006002A');
  if (rgb?.length !== 3) return colourAt(index);
  return `#${rgb
    .map((value) =>
      Math.max(0, Math.min(255, Math.round(value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

const distinct = (values: string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

export const pointCount = (contour: Contour): number => contour.points.length / 3;

/** Point `index` of a contour, counted from 0. */
export const pointAt = (contour: Contour, index: number): Mm3 => [
  contour.points[index * 3] ?? 0,
  contour.points[index * 3 + 1] ?? 0,
  contour.points[index * 3 + 2] ?? 0,
];
