import type { DerivedIdentity } from '@/lib/dicom/derived-object.ts';
import { type JsonDataSet, numberValue, textValue } from '@/lib/dicom/display-json.ts';
import { type DisplayedArea, displayedArea } from '@/lib/dicom/displayed-area.ts';
import type { PixelPoint, PresentationState } from '@/lib/dicom/gsps.ts';
import {
  addScaled,
  dot,
  type ImagePlane,
  type Mm3,
  planeDistance,
  subtract,
} from '@/lib/dicom/image-plane.ts';
import { isWhiteLow } from '@/lib/dicom/polarity.ts';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import { linesOf, nearness, regionRadius } from '@/lib/measure/drawing.ts';
import { readingOf } from '@/lib/measure/reading.ts';
import { figureText } from '@/lib/measure/reading-text.ts';
import { petActivity } from '@/lib/rt/pet-activity.ts';
import { suvBodyWeight } from '@/lib/rt/suv.ts';
import type { GspsRefusal } from './schema.ts';
import type { ShownImage } from './shown-image.ts';

type Measurement = ViewState['measurements'][number];

/** Why a Grayscale Softcopy Presentation State cannot say what a viewport shows; null: it can, as far as the view tells. */
export function presentationRefusal(state: ViewportState): GspsRefusal | null {
  if (state.seriesUid === null) return 'empty';
  if (state.kind !== 'stack') return state.kind;
  if (state.fusion) return 'fusion';
  return state.colours === 'grey' || state.colours === 'inverse' ? null : 'colours';
}

/** The same, as far as the image tells. */
export function imageRefusal(header: JsonDataSet): GspsRefusal | null {
  if ((numberValue(header, '00280002') ?? 1) > 1) return 'colour_image';
  return header['00283000']?.Value?.length ? 'lookup_table' : null;
}

/**
 * What a viewport shows, as a presentation state of its image: part, window, polarity, and the measurements that lie on
 * it, with what their points alone say.
 * @param instances headers of the whole series: PET's windows are in SUV, the state's in what the file's rescaling gives
 */
export function toPresentation(input: {
  state: ViewportState;
  measurements: readonly Measurement[];
  shown: ShownImage;
  instances: readonly JsonDataSet[];
  identity: DerivedIdentity;
  words: { title: string; note: string };
  locale: string;
}): PresentationState {
  const { state, shown, words } = input;
  const on = input.measurements.filter((one) => liesOn(one, shown));
  return {
    image: shown.header,
    reference: shown.reference,
    identity: input.identity,
    title: words.title,
    text: [words.title, words.note].filter(Boolean).join('\r\n'),
    area: areaOf(state, shown),
    voi: state.voi && rescaled(state.voi, input.instances),
    // A state's shape takes the place of the image's photometric interpretation: it says the whole of it.
    invert: (state.invert !== (state.colours === 'inverse')) !== isWhiteLow(shown.header),
    lines: on.flatMap((one) =>
      drawn(one, shown).map(({ points, closed }) => ({ points: points.map(pixelOf(shown.plane)), closed })),
    ),
    labels: on.flatMap((one) => {
      const [at] = one.points;
      const text = [one.label, ...figures(one, shown, input.locale)].filter(Boolean).join('\r\n');
      return at && text !== '' ? [{ at: pixelOf(shown.plane)(at), text }] : [];
    }),
  };
}

function areaOf(state: ViewportState, { header, plane }: ShownImage): DisplayedArea {
  const columns = numberValue(header, '00280011') ?? 1;
  const rows = numberValue(header, '00280010') ?? 1;
  const centre: PixelPoint = [columns / 2, rows / 2];
  const [column, row] = plane && state.focalMm ? pixelOf(plane)(state.focalMm) : centre;
  return displayedArea({
    columns,
    rows,
    middle: [column - 0.5, row - 0.5],
    zoom: state.zoom,
    aspect: state.aspect,
    spacing: plane && [plane.rowSpacing, plane.columnSpacing],
    rotation: state.rotation,
    flipHorizontal: state.flipHorizontal,
  });
}

/** A window in what the files' rescaling gives: of PET it is set in SUV, body weight, or else in activity. */
export function rescaled(voi: NonNullable<ViewportState['voi']>, instances: readonly JsonDataSet[]) {
  const [first] = instances;
  if (!first || textValue(first, '00080060') !== 'PT') return voi;
  const suv = suvBodyWeight(instances);
  const factor = suv.known ? suv.factor : petActivity(first).scale;
  return { center: voi.center / factor, width: voi.width / factor };
}

/** Of an image without geometry the points are its pixels already, whole numbers in the middle of each. */
const pixelOf =
  (plane: ImagePlane | null) =>
  (point: Mm3): PixelPoint => {
    if (!plane) return [point[0] + 0.5, point[1] + 0.5];
    const away = subtract(point, plane.origin);
    return [
      dot(away, plane.rowDirection) / plane.columnSpacing + 0.5,
      dot(away, plane.columnDirection) / plane.rowSpacing + 0.5,
    ];
  };

function liesOn(measurement: Measurement, { plane, reference, frame, slice }: ShownImage): boolean {
  if (!plane || measurement.frameOfReferenceUid === null)
    return measurement.sopInstanceUid === reference.sopInstanceUid && (measurement.frame ?? 1) === frame;
  if (measurement.frameOfReferenceUid !== plane.frameOfReferenceUid) return false;
  return nearness(measurement, { point: plane.origin, normal: plane.normal }, slice) === 'on';
}

const CIRCLE_POINTS = 64;

/** A measurement's lines; of a region, the circle that the image cuts out of its sphere. */
function drawn(measurement: Measurement, { plane }: ShownImage) {
  const [centre] = measurement.points;
  if (measurement.kind !== 'region' || !plane || !centre) return linesOf(measurement);
  const depth = planeDistance(plane, centre);
  const radius = Math.sqrt(Math.max(0, regionRadius(measurement.points) ** 2 - depth ** 2));
  const middle = addScaled(centre, plane.normal, -depth);
  const points = Array.from({ length: CIRCLE_POINTS }, (_, index) => {
    const angle = (2 * Math.PI * index) / CIRCLE_POINTS;
    const along = addScaled(middle, plane.rowDirection, radius * Math.cos(angle));
    return addScaled(along, plane.columnDirection, radius * Math.sin(angle));
  });
  return [{ points, closed: true }];
}

/** Lengths, angles and areas; values of pixels are not said here. */
function figures(measurement: Measurement, { plane, slice }: ShownImage, locale: string): string[] {
  const edge = (direction: Mm3, size: number): Mm3 => addScaled([0, 0, 0], direction, size);
  const { figures: found } = readingOf({
    measurement,
    unit: plane ? 'mm' : 'px',
    edges: plane
      ? [
          edge(plane.rowDirection, plane.columnSpacing),
          edge(plane.columnDirection, plane.rowSpacing),
          edge(plane.normal, slice),
        ]
      : [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
    sources: [],
    liver: null,
  });
  return found.map((figure) => figureText(locale, figure));
}
