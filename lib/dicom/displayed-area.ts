import { roomOf } from './room.ts';

/** Displayed Area and Spatial Transformation (PS3.3 C.10.4, C.10.6) of one image. */
export type DisplayedArea = {
  /** Column and row of the pixels that lie in the corners of the screen; 1\1 is the first, and they may lie outside. */
  topLeft: readonly [number, number];
  bottomRight: readonly [number, number];
  /** mm between rows and between columns; null where the image does not tell. */
  spacing: readonly [number, number] | null;
  /** Degrees clockwise, before the flip. */
  rotation: 0 | 90 | 180 | 270;
  flipHorizontal: boolean;
};

export type Framing = {
  columns: number;
  rows: number;
  /** What lies in the middle, in pixels counted from 0: the first pixel's centre is 0, 0. */
  middle: readonly [column: number, row: number];
  /** 1: the whole image just fits. */
  zoom: number;
  /** Width over height of the window that the zoom is told of; left out: each one's own. */
  aspect?: number;
} & Pick<DisplayedArea, 'spacing' | 'rotation' | 'flipHorizontal'>;

/**
 * The part of an image that is shown at a zoom: what the window held that the zoom is told of, so that "scale to fit"
 * shows all of that in any other one. Told of no window it has the image's own proportions: as large in any window as
 * the zoom says. To whole pixels, as the standard has it.
 */
export function displayedArea(framing: Framing): DisplayedArea {
  const { middle, zoom, spacing, rotation, flipHorizontal } = framing;
  const [columns, rows] = fitting(framing);
  const low = (size: number, at: number) => Math.round(at + 1.5 - size / zoom / 2);
  const high = (size: number, from: number) => from + Math.max(1, Math.round(size / zoom)) - 1;
  const [left, top] = [low(columns, middle[0]), low(rows, middle[1])];
  const [right, bottom] = [high(columns, left), high(rows, top)];
  // Which corner of the image stands top left on the screen, after turning clockwise and flipping.
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  const turned = corners.map((_, index) => corners[(index + 4 - rotation / 90) % 4] ?? corners[0]);
  const [a, b, c, d] = turned as [Corner, Corner, Corner, Corner];
  const [topLeft, bottomRight] = flipHorizontal ? [b, d] : [a, c];
  return { topLeft, bottomRight, spacing, rotation, flipHorizontal };
}

/** Columns and rows of the image that the window holds at zoom 1, around the image's middle. */
function fitting({ columns, rows, spacing, rotation, aspect }: Framing): readonly [number, number] {
  if (!aspect) return [columns, rows];
  const [down, across] = spacing ?? [1, 1];
  // As the viewer has it (components/viewer/engine/window-shape.ts): the image fits the room as it is before it is turned.
  const { width, height } = roomOf({ width: columns * across, height: rows * down }, aspect);
  // After a quarter turn the screen's width lies along the image's columns.
  return rotation % 180 === 0 ? [width / across, height / down] : [height / across, width / down];
}

type Corner = readonly [number, number];
