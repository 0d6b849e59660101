import {
  type DerivedIdentity,
  derivedModules,
  type ImageReference,
  imageReferenceItem,
  plainPersonName,
} from './derived-object.ts';
import { type DicomObject, decimal, dicomFile } from './dicom-file.ts';
import { items, type JsonDataSet, numberValue, textValue } from './display-json.ts';
import type { DisplayedArea } from './displayed-area.ts';
import { ownTime } from './own-time.ts';

export const GRAYSCALE_SOFTCOPY_PRESENTATION_STATE = '1.2.840.10008.5.1.4.1.1.11.1';
const LAYER = 'CONSILIUM';

/** A point of an image in pixels: the first pixel reaches from 0 to 1 (PS3.3 C.10.5.1.2, PIXEL). */
export type PixelPoint = readonly [column: number, row: number];

export type PresentationState = {
  /** Header of the shown image. */
  image: JsonDataSet;
  reference: ImageReference;
  identity: DerivedIdentity;
  /** At most 64 characters. */
  title: string;
  /** Stands over the picture, at most 1024 characters; '' for none. */
  text: string;
  area: DisplayedArea;
  /** In the unit that the image's own rescaling gives; null where nobody chose one. */
  voi: { center: number; width: number } | null;
  /** Low values are white, whatever the image's own photometric interpretation says. */
  invert: boolean;
  lines: readonly { points: readonly PixelPoint[]; closed: boolean }[];
  labels: readonly { at: PixelPoint; text: string }[];
};

/**
 * A Grayscale Softcopy Presentation State (PS3.3 A.33.1) of one image, as a file. Every receiver shows the image with
 * the same greys: the image's rescaling is repeated, since a state without one means none (PS3.4 N.2.1.1).
 */
export function presentationState(state: PresentationState): Uint8Array {
  const { image, reference, identity, area } = state;
  const { date, time } = ownTime(image, identity.at);
  return dicomFile({
    ...derivedModules(image, identity, {
      sopClassUid: GRAYSCALE_SOFTCOPY_PRESENTATION_STATE,
      modality: 'PR',
    }),
    ContentLabel: 'KEY VIEW',
    ContentDescription: state.title,
    PresentationCreationDate: date,
    PresentationCreationTime: time,
    ContentCreatorName: plainPersonName(identity.author),
    ReferencedSeriesSequence: [
      { SeriesInstanceUID: reference.seriesUid, ReferencedImageSequence: [imageReferenceItem(reference)] },
    ],
    DisplayedAreaSelectionSequence: [
      {
        ReferencedImageSequence: [imageReferenceItem(reference)],
        DisplayedAreaTopLeftHandCorner: area.topLeft,
        DisplayedAreaBottomRightHandCorner: area.bottomRight,
        PresentationSizeMode: 'SCALE TO FIT',
        ...(area.spacing
          ? { PresentationPixelSpacing: area.spacing.map(decimal) }
          : { PresentationPixelAspectRatio: [1, 1] }),
      },
    ],
    ...((area.rotation !== 0 || area.flipHorizontal) && {
      ImageRotation: area.rotation,
      ImageHorizontalFlip: area.flipHorizontal ? 'Y' : 'N',
    }),
    ...modalityLut(image, reference.frame ?? 1),
    ...(state.voi && {
      SoftcopyVOILUTSequence: [
        { ReferencedImageSequence: [imageReferenceItem(reference)], ...linearWindow(state.voi) },
      ],
    }),
    PresentationLUTShape: state.invert ? 'INVERSE' : 'IDENTITY',
    ...annotations(state),
  });
}

/** The image's own Rescale Slope, Intercept and Type: of its module, or of its frame's functional group. */
function modalityLut(image: JsonDataSet, frame: number): DicomObject {
  const group = (sequence: string, index: number) =>
    items(items(image, sequence)[index], '00289145').find((one) => one['00281053']);
  const source = group('52009230', frame - 1) ?? group('52009229', 0) ?? image;
  const [intercept, slope] = [numberValue(source, '00281052'), numberValue(source, '00281053')];
  if (intercept === null || slope === null) return {};
  return {
    RescaleIntercept: decimal(intercept),
    RescaleSlope: decimal(slope),
    RescaleType: textValue(source, '00281054') || 'US',
  };
}

/**
 * Black at `center - width / 2`, white at `center + width / 2`, as the LINEAR function writes it (PS3.3 C.11.2.1.2.1):
 * half a unit and a unit more than LINEAR_EXACT's numbers, but the same line, and every receiver knows it.
 */
function linearWindow({ center, width }: { center: number; width: number }): DicomObject {
  return { WindowCenter: decimal(center + 0.5), WindowWidth: decimal(width + 1) };
}

function annotations({ reference, text, lines, labels }: PresentationState): DicomObject {
  const texts: DicomObject[] = labels.map((label) => ({
    AnchorPointAnnotationUnits: 'PIXEL',
    UnformattedTextValue: label.text,
    AnchorPoint: [...label.at],
    AnchorPointVisibility: 'N',
  }));
  if (text !== '')
    texts.push({
      BoundingBoxAnnotationUnits: 'DISPLAY',
      UnformattedTextValue: text,
      BoundingBoxTopLeftHandCorner: [0.02, 0.84],
      BoundingBoxBottomRightHandCorner: [0.98, 0.98],
      BoundingBoxTextHorizontalJustification: 'LEFT',
    });
  const graphics: DicomObject[] = lines.map(({ points, closed }) => {
    const drawn = closed && points[0] ? [...points, points[0]] : points;
    return {
      GraphicAnnotationUnits: 'PIXEL',
      GraphicDimensions: 2,
      NumberOfGraphicPoints: drawn.length,
      GraphicData: drawn.flat(),
      GraphicType: drawn.length === 1 ? 'POINT' : 'POLYLINE',
      ...(closed && { GraphicFilled: 'N' }),
    };
  });
  if (texts.length + graphics.length === 0) return {};
  return {
    GraphicAnnotationSequence: [
      {
        ReferencedImageSequence: [imageReferenceItem(reference)],
        GraphicLayer: LAYER,
        ...(texts.length > 0 && { TextObjectSequence: texts }),
        ...(graphics.length > 0 && { GraphicObjectSequence: graphics }),
      },
    ],
    GraphicLayerSequence: [{ GraphicLayer: LAYER, GraphicLayerOrder: 1 }],
  };
}
