import type { Types } from '@cornerstonejs/core';
import { dropCanvas } from './drop-canvas.ts';
import { type GreyTable, greyTable, type Shading, shade } from './grey-table.ts';

/** What Cornerstone's CPU path hands to whoever draws an image. */
type EnabledElement = Parameters<NonNullable<Types.IImage['render']>>[0];
type Enabled = { canvas: HTMLCanvasElement; image: Types.IImage; viewport: CpuViewport };
type CpuViewport = NonNullable<EnabledElement['viewport']>;

/** An image in its own pixels, shaded; one per viewport, painted over again and again. */
type Picture = {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  data: ImageData;
  words: Uint32Array;
  /** The image and the shading that it holds. */
  holds: string;
};

/**
 * In main memory Chromium interpolates in sixteenths of an image's pixel. Where such a pixel covers more than so many of
 * the canvas that is seen beside a contour: then it is asked for its dearer way, which is exact.
 */
const COARSE_PX = 6;

const pictures = new WeakMap<HTMLCanvasElement, Picture>();
let latest: { key: string; table: GreyTable } | null = null;

/**
 * Draws a grey image where there is no graphics card, as Cornerstone's CPU path does, to the same greys: one table for
 * all images of a series, four bytes of a pixel at once, and a picture that stays in main memory, where every byte of it
 * has to be written anyway. What is drawn upon is left to the browser.
 */
export function renderGrey({ canvas, image, viewport }: EnabledElement): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context || !image || !viewport) return;
  const picture = pictureOf(canvas, image, shadingOf(image, viewport));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = 'black';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = !viewport.pixelReplication;
  placeImage(context, { canvas, image, viewport });
  context.imageSmoothingQuality = magnification(context) > COARSE_PX ? 'high' : 'low';
  context.drawImage(picture.canvas, 0, 0);
}

/** Forgets the picture of a viewport that is gone. */
export function dropPicture(canvas: HTMLCanvasElement): void {
  const picture = pictures.get(canvas);
  if (picture) dropCanvas(picture.canvas);
  pictures.delete(canvas);
}

/** Whether it draws an image as the file asks for it: grey, and without tables of its own. */
export const isPlainGrey = (image: Types.IImage): boolean =>
  !image.color && !image.voiLUT && !image.modalityLUT && !(image.getPixelData() instanceof Float32Array);

function shadingOf(image: Types.IImage, viewport: CpuViewport): Shading {
  const scaled = image.isPreScaled === true;
  return {
    slope: scaled ? 1 : image.slope,
    intercept: scaled ? 0 : image.intercept,
    center: Number(viewport.voi?.windowCenter),
    width: Number(viewport.voi?.windowWidth),
    invert: viewport.invert === true,
  };
}

function pictureOf(owner: HTMLCanvasElement, image: Types.IImage, shading: Shading): Picture {
  const picture = pictureOfSize(owner, image.width, image.height);
  const holds = [image.imageId, ...Object.values(shading)].join();
  if (picture.holds !== holds) {
    shade(image.getPixelData(), tableFor(image, shading), picture.words);
    picture.context.putImageData(picture.data, 0, 0);
    picture.holds = holds;
  }
  return picture;
}

function pictureOfSize(owner: HTMLCanvasElement, width: number, height: number): Picture {
  const known = pictures.get(owner);
  if (known && known.canvas.width === width && known.canvas.height === height) return known;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new Error('The browser gives no canvas to draw on');
  const data = context.createImageData(width, height);
  const made = { canvas, context, data, words: new Uint32Array(data.data.buffer), holds: '' };
  pictures.set(owner, made);
  return made;
}

/** Images of one series share a table: it is made for all values of 16 bits that have been met. */
function tableFor(image: Types.IImage, shading: Shading): GreyTable {
  const key = Object.values(shading).join();
  const { minPixelValue: min, maxPixelValue: max } = image;
  const last = latest?.key === key ? latest.table : null;
  const [low, high] = last ? [last.low, last.low + last.shades.length - 1] : [min, max];
  if (last && min >= low && max <= high) return last;
  const table = greyTable(Math.min(low, min), Math.max(high, max), shading);
  latest = { key, table };
  return table;
}

/** The way from the image's pixels to the canvas, step by step as Cornerstone's own calculateTransform. */
function placeImage(context: CanvasRenderingContext2D, { canvas, image, viewport }: Enabled): void {
  const { rotation = 0, translation, hflip, vflip } = viewport;
  const scale = Number(viewport.scale ?? 1);
  const { rowPixelSpacing: row, columnPixelSpacing: column } = image;
  const angle = (rotation * Math.PI) / 180;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(angle);
  context.scale(row < column ? (scale * column) / row : scale, column < row ? (scale * row) / column : scale);
  context.rotate(-angle);
  context.translate(translation?.x ?? 0, translation?.y ?? 0);
  context.rotate(angle);
  context.scale(hflip ? -1 : 1, vflip ? -1 : 1);
  context.translate(-image.width / 2, -image.height / 2);
}

/** How many pixels of the canvas the longer side of one of the image covers. */
function magnification(context: CanvasRenderingContext2D): number {
  const { a, b, c, d } = context.getTransform();
  return Math.max(Math.hypot(a, b), Math.hypot(c, d));
}
