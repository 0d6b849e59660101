import type { ViewerProps } from '../contract.ts';
import { askAhead, askingAhead } from '../data/ahead.ts';
import { asking, listSeries, seriesHeaders } from '../data/dicom-web.ts';
import { nativeFrame } from '../data/native-frame.ts';
import { greyTable, shade } from '../engine/grey-table.ts';
import { nativePixels } from '../engine/native-pixels.ts';
import { type FirstPlace, firstPlace, onlyImages } from './first-place.ts';
import type { FirstLook } from './look.ts';
import { toolsAreToCome } from './tools-gate.ts';

/**
 * Draws what the viewer will show first without any of the viewer. Null where that cannot be told or drawn so simply.
 * @throws DicomWebError, AbortError, RangeError when the frame is short
 */
export async function firstLook(
  { root, studyUid, series }: Pick<ViewerProps, 'root' | 'studyUid' | 'series'>,
  signal: AbortSignal,
): Promise<FirstLook | null> {
  // A viewer that is there already asks for itself.
  const ahead = toolsAreToCome();
  const get = ahead ? askingAhead(signal) : asking(signal);
  const all = series ?? (await listSeries(root, studyUid, get));
  const images = onlyImages(all);
  const place = images && firstPlace(root, all, await seriesHeaders(root, images, get));
  const bytes = place && (await nativeFrame(place.imageId, { signal, priority: 'high' }));
  // Only now: the image has the line to itself, and the viewer takes longer to start than these to come.
  if (ahead) askAhead(root, all, signal);
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

/**
 * Where no first look is wanted: what the viewer asks for first is asked for while it starts.
 * @throws DicomWebError, AbortError
 */
export async function headersFirst(
  { root, studyUid, series }: Pick<ViewerProps, 'root' | 'studyUid' | 'series'>,
  signal: AbortSignal,
): Promise<void> {
  askAhead(root, series ?? (await listSeries(root, studyUid, askingAhead(signal))), signal);
}
