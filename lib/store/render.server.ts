import sharp from 'sharp';
import { AppError } from '@/lib/errors.ts';
import type { StoredFrames } from './frames.server.ts';
import type { PixelFormat } from './pixel-format.ts';
import { headerWindow, modality, palette, voiLookup } from './render-header.ts';
import {
  colourBytes,
  lookUp,
  percentileWindow,
  sampleValues,
  type Window,
  windowed,
} from './render-values.ts';
import { type Decoded, decodeFrame } from './transcode.server.ts';

/** Rows and columns as drawn, one byte per pixel or three. */
export type Picture = { width: number; height: number; channels: 1 | 3; bytes: Buffer };

const MOST_PIXELS = 100_000_000;

/**
 * Draws one frame as a screen shows it: modality and VOI transformation of its header (or the window that is given,
 * or one between percentiles where the header says nothing), palettes and colour spaces resolved. Throws
 * `dicomweb_not_rendered` with the reason for what has no pixels that can be decoded here.
 */
export async function drawFrame(
  instance: StoredFrames,
  frame: number,
  options: { window?: Window; ownWindow?: boolean } = {},
): Promise<Picture> {
  const decoded = await decode(instance, frame);
  const { format, pixels } = decoded;
  const { rows, columns, samples, photometric } = format;
  if (rows === 0 || columns === 0 || rows * columns > MOST_PIXELS) throw notRendered(`${rows} x ${columns}`);
  const size = { width: columns, height: rows };
  if (samples === 3) {
    if (photometric !== 'RGB' && !photometric.startsWith('YBR_')) throw notRendered(photometric);
    return { ...size, channels: 3, bytes: colourBytes(pixels, format) };
  }
  if (samples !== 1) throw notRendered(`${samples} samples`);
  if (photometric === 'PALETTE COLOR') return { ...size, channels: 3, bytes: paletteBytes(decoded) };
  if (!photometric.startsWith('MONOCHROME')) throw notRendered(photometric);
  return { ...size, channels: 1, bytes: greyBytes(decoded, frame, options) };
}

async function decode(instance: StoredFrames, frame: number): Promise<Decoded> {
  try {
    return await decodeFrame(instance, frame);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_found') throw error;
    throw new AppError('dicomweb_not_rendered', {
      params: { detail: error.code === 'dicomweb_transfer_syntax' ? instance.transferSyntaxUid : error.code },
      cause: error,
    });
  }
}

const notRendered = (detail: string) => new AppError('dicomweb_not_rendered', { params: { detail } });

function greyBytes(
  { pixels, format, dataSet }: Decoded,
  frame: number,
  options: { window?: Window; ownWindow?: boolean },
): Buffer {
  if (dataSet.uint16('x00280100') === 1) return pixels; // Single bits are drawn black and white.
  const values = sampleValues(pixels, format);
  const toModality = modality(dataSet, frame);
  for (let at = 0; at < values.length; at += 1) values[at] = toModality(values[at] ?? 0);
  const shade = shading(values, dataSet, frame, options);
  const inverted = isInverted(format, dataSet.string('x20500020'));
  const grey = Buffer.alloc(format.rows * format.columns);
  for (let at = 0; at < values.length; at += 1) {
    const one = shade(values[at] ?? 0);
    grey[at] = inverted ? 255 - one : one;
  }
  return grey;
}

function shading(
  values: Float64Array,
  dataSet: Decoded['dataSet'],
  frame: number,
  options: { window?: Window; ownWindow?: boolean },
): (value: number) => number {
  if (options.window) return windowed(options.window);
  if (options.ownWindow) return windowed(percentileWindow(values));
  const table = voiLookup(dataSet);
  if (table) return (value) => lookUp(table, value) >> (table.bits - 8);
  return windowed(headerWindow(dataSet, frame) ?? percentileWindow(values));
}

const isInverted = (format: PixelFormat, shape: string | undefined): boolean =>
  format.photometric === 'MONOCHROME1' || shape?.trim() === 'INVERSE';

function paletteBytes({ pixels, format, dataSet }: Decoded): Buffer {
  const tables = palette(dataSet);
  if (!tables) throw notRendered('segmented or missing palette');
  const values = sampleValues(pixels, format);
  const out = Buffer.alloc(values.length * 3);
  for (let at = 0; at < values.length; at += 1) {
    for (const [channel, table] of tables.entries())
      out[3 * at + channel] = lookUp(table, values[at] ?? 0) >> (table.bits - 8);
  }
  return out;
}

export type Viewport = {
  width: number;
  height: number;
  /** Part of the picture to show, in its pixels; all of it when missing. */
  source?: { left: number; top: number; width: number; height: number };
};

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** A picture as a file, cut and scaled to a viewport (PS3.18 8.3.5.1.3) without distortion. */
export async function encodePicture(
  picture: Picture,
  options: { type: PictureType; quality?: number; viewport?: Viewport },
): Promise<Buffer> {
  const { width, height, channels } = picture;
  let image = sharp(picture.bytes, { raw: { width, height, channels } });
  const { viewport } = options;
  if (viewport?.source) {
    const { left, top } = viewport.source;
    if (left >= width || top >= height)
      throw new AppError('dicomweb_bad_value', { params: { name: 'viewport' } });
    image = image.extract({
      left,
      top,
      width: Math.min(viewport.source.width, width - left),
      height: Math.min(viewport.source.height, height - top),
    });
  }
  if (viewport) image = image.resize(viewport.width, viewport.height, { fit: 'inside' });
  switch (options.type) {
    case 'image/jpeg':
      return image.jpeg({ quality: options.quality ?? 90 }).toBuffer();
    case 'image/png':
      return image.png({ compressionLevel: 4 }).toBuffer();
    case 'image/webp':
      return image.webp({ quality: options.quality ?? 80 }).toBuffer();
  }
}
