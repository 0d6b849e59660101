import type { ViewerProps } from '../contract.ts';
import { listSeries, seriesHeaders } from '../data/dicom-web.ts';
import { nativeFrame } from '../data/native-frame.ts';
import { greyTable, shade } from '../engine/grey-table.ts';
import { nativePixels } from '../engine/native-pixels.ts';
import { type FirstPlace, firstPlace, onlyImages } from './first-place.ts';
import type { FirstLook } from './look.ts';

/**
 * Draws what the viewer will show first without any of the viewer. Null where that cannot be told or drawn so simply.
 * @throws DicomWebError, AbortError, RangeError when the frame is short
 */
export async function firstLook(
  { root, studyUid, series }: Pick<ViewerProps, 'root' | 'studyUid' | 'series'>,
  signal: AbortSignal,
): Promise<FirstLook | null> {
  const all = series ?? (await listSeries(root, studyUid, signal));
  const images = onlyImages(all);
  const place = images && firstPlace(root, all, await seriesHeaders(root, images, signal));
  const bytes = place && (await nativeFrame(place.imageId, { signal, priority: 'high' }));
  return bytes ? { picture: draw(bytes, place), layout: place.layout } : null;
}

function draw(bytes: ArrayBuffer, { shape, voi }: FirstPlace): HTMLCanvasElement {
  const { pixels, min, max, scaled } = nativePixels(bytes, shape, false);
  const { slope, intercept } = scaled ? { slope: 1, intercept: 0 } : shape;
  const picture = document.createElement('canvas');
  picture.width = shape.columns;
  picture.height = shape.rows;
  const context = picture.getContext('2d', { alpha: false });
  if (!context) throw new Error('The browser gives no canvas to draw on');
  const data = context.createImageData(shape.columns, shape.rows);
  const table = greyTable(min, max, { slope, intercept, ...voi, invert: false });
  shade(pixels, table, new Uint32Array(data.data.buffer));
  context.putImageData(data, 0, 0);
  return picture;
}
