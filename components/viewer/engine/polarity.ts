import { isWhiteLow } from '@/lib/dicom/polarity.ts';
import type { ColourTable, ViewportState } from '@/lib/live/view-state.ts';
import type { Stack, StackImage } from '../data/stack.ts';

/** PET is read dark on white, as on paper; one that is stored as MONOCHROME1 asks for that itself. */
export const firstInvert = ({ Modality, header }: Pick<Stack, 'Modality' | 'header'>): boolean =>
  Modality === 'PT' && !isWhiteLow(header);

/**
 * Between the two ways to say which end is white, either way round: a state's `invert`, which is against what the image
 * asks for, and Cornerstone's, which knows nothing but values (true: low is white).
 */
export const turned = (image: Pick<StackImage, 'whiteLow'>, invert: boolean): boolean =>
  invert !== image.whiteLow;

/** The colour tables that are greys: what the image asks for is of them alone, other colours go by value. */
const greys: readonly ColourTable[] = ['grey', 'inverse'];

/** Whether a cut's or projection's colour table is taken from its other end (`invert` of lib/planes/compose). */
export const turnedTable = (
  { header }: Pick<Stack, 'header'>,
  { colours, invert }: Pick<ViewportState, 'colours' | 'invert'>,
): boolean => invert !== (greys.includes(colours) && isWhiteLow(header));
