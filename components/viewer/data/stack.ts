import type { DisplaySet } from '@ohif/core';
import { type JsonDataSet, numberValue, textValue } from '@/lib/dicom/display-json.ts';
import { type ImagePlane, imagePlane } from '@/lib/dicom/image-plane.ts';
import {
  alongNormal,
  type GeometryWarning,
  geometryWarnings,
  splitIntoStacks,
} from '@/lib/dicom/image-plane-order.ts';
import { isWhiteLow } from '@/lib/dicom/polarity.ts';
import { type SuvFactor, type SuvFactors, suvFactors } from '@/lib/rt/suv.ts';
import { imageIdOf } from './dicom-web.ts';

export type StackImage = {
  imageId: string;
  sopInstanceUid: string;
  /** Counted from 1. */
  frame: number;
  instanceNumber: number;
  plane: ImagePlane | null;
  /** Whether it asks for its lowest values to be white. */
  whiteLow: boolean;
};

/** A display set (OHIF's word) that can be scrolled through: images of one size and orientation, in order. */
export type Stack = DisplaySet & {
  unsupported: false;
  images: StackImage[];
  planes: (ImagePlane | null)[];
  warnings: GeometryWarning[];
  /** PET only. */
  suv: SuvFactor | null;
  /** PET only: by every normalisation. */
  suvFactors: SuvFactors | null;
  /** Header of the middle image: patient, window, dates. */
  header: JsonDataSet;
  colour: boolean;
};

export const isStack = (set: DisplaySet | undefined): set is Stack =>
  set !== undefined && set.unsupported === false;

/** The frame of reference that a stack lies in; null where it names none. */
export const frameOf = ({ planes }: Pick<Stack, 'planes'>): string | null =>
  planes.find((plane) => plane !== null)?.frameOfReferenceUid ?? null;

/** One series' images as stacks, in the direction in which its instance numbers grow. */
export function toStackImages(root: string, headers: readonly JsonDataSet[]): StackImage[][] {
  const images = headers.flatMap((header) => {
    const frames = numberValue(header, '00280008') ?? 1;
    return Array.from(
      { length: Math.max(1, frames) },
      (_, index): StackImage => ({
        imageId: imageIdOf(root, header, index + 1),
        sopInstanceUid: textValue(header, '00080018'),
        frame: index + 1,
        instanceNumber: numberValue(header, '00200013') ?? 0,
        plane: imagePlane(header, index + 1),
        whiteLow: isWhiteLow(header),
      }),
    );
  });
  return splitIntoStacks(images.map((image) => image.plane)).map((indexes) =>
    inOrder(indexes.flatMap((index) => images[index] ?? [])),
  );
}

function inOrder(images: StackImage[]): StackImage[] {
  const byNumber = [...images].sort((a, b) => a.instanceNumber - b.instanceNumber || a.frame - b.frame);
  const reference = images[0]?.plane;
  if (!reference) return byNumber;
  const position = (image: StackImage) => (image.plane ? alongNormal(image.plane, reference) : 0);
  const sorted = [...images].sort((a, b) => position(a) - position(b));
  const [first, last] = [byNumber[0], byNumber.at(-1)];
  return first && last && position(first) > position(last) ? sorted.reverse() : sorted;
}

/** What a stack tells beside its images. @param headers of the whole series, PET's factor needs them all */
export function describeStack(images: readonly StackImage[], headers: readonly JsonDataSet[]) {
  const planes = images.map((image) => image.plane);
  const middle = images[Math.floor(images.length / 2)];
  const header =
    headers.find((one) => textValue(one, '00080018') === middle?.sopInstanceUid) ?? headers[0] ?? {};
  const factors = textValue(header, '00080060') === 'PT' ? suvFactors(headers) : null;
  return {
    planes,
    warnings: geometryWarnings(planes),
    suv: factors?.bodyWeight ?? null,
    suvFactors: factors,
    header,
    // A palette's indices are no values either.
    colour: (numberValue(header, '00280002') ?? 1) > 1 || textValue(header, '00280004') === 'PALETTE COLOR',
  };
}
