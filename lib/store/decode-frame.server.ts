import { createRequire } from 'node:module';
import zlib from 'node:zlib';
import { isNative } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import type { PixelFormat } from './pixel-format.ts';
import { decodeRle } from './transcode-rle.ts';

// CommonJS with WebAssembly files beside it: loaded as Node does, not by a bundler, and only when needed.
const codec = (): {
  decode(
    frame: Uint8Array,
    info: object,
    transferSyntaxUid: string,
  ): Promise<{ imageFrame: ArrayBufferView }>;
  hasCodec?(transferSyntaxUid: string): boolean;
} => createRequire(import.meta.url)('@cornerstonejs/dicom-codec');

const RLE = '1.2.840.10008.1.2.5';
const BASELINE_JPEG = '1.2.840.10008.1.2.4.50';
const EXTENDED_JPEG = '1.2.840.10008.1.2.4.51';
const LOSSLESS_JPEG = new Set(['1.2.840.10008.1.2.4.57', '1.2.840.10008.1.2.4.70']);
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
/** Each frame deflated by itself (PS3.5 A.4.13). */
const DEFLATED_FRAMES = '1.2.840.10008.1.2.8.1';
const decodable = new Set([
  DEFLATED_FRAMES,
  ...['50', '51', '57', '70', '80', '81', '90', '91', '201', '202', '203'].map(
    (end) => `1.2.840.10008.1.2.4.${end}`,
  ),
  RLE,
]);
/** Their decoders give red, green and blue whatever the file's own colour space is. */
const toRgb = new Set(
  ['50', '51', '90', '91', '201', '202', '203'].map((end) => `1.2.840.10008.1.2.4.${end}`),
);

/** Whether frames of that transfer syntax can be given uncompressed. Video and the arithmetic JPEGs cannot. */
export const canDecode = (transferSyntaxUid: string): boolean =>
  isNative(transferSyntaxUid) || decodable.has(transferSyntaxUid);

export type DecodedFrame = { pixels: Buffer; format: PixelFormat };

/**
 * A compressed frame uncompressed, little endian, with how it lies then; single bits as bytes of 0 or 255. Throws
 * `dicomweb_transfer_syntax` for what no decoder here knows, `dicom_unreadable` for what it refuses.
 */
export async function decompressFrame(
  bytes: Buffer,
  format: PixelFormat,
  transferSyntaxUid: string,
): Promise<DecodedFrame> {
  if (!decodable.has(transferSyntaxUid))
    throw new AppError('dicomweb_transfer_syntax', { params: { stored: transferSyntaxUid } });
  try {
    if (format.bits === 1)
      return { pixels: await decompressBits(bytes, format, transferSyntaxUid), format: asBytes(format) };
    const pixels = await decompress(bytes, format, transferSyntaxUid);
    const colour = format.samples === 3 && toRgb.has(transferSyntaxUid) ? 'RGB' : format.photometric;
    return { pixels, format: { ...format, planar: false, photometric: colour } };
  } catch (error) {
    // Extended JPEG of 12 bits has no decoder here; what has 8 of them goes through the one for baseline.
    if (transferSyntaxUid === EXTENDED_JPEG)
      throw new AppError('dicomweb_transfer_syntax', { params: { stored: transferSyntaxUid }, cause: error });
    throw new AppError('dicom_unreadable', { params: { detail: 'pixels' }, cause: error });
  }
}

async function decompress(bytes: Buffer, format: PixelFormat, transferSyntaxUid: string): Promise<Buffer> {
  const { rows, columns, samples, bits, signed } = format;
  const size = Math.ceil(bits / 8);
  const count = rows * columns * samples;
  if (transferSyntaxUid === RLE) return decodeRle(bytes, rows * columns, samples, size);
  if (transferSyntaxUid === DEFLATED_FRAMES) return inflateFrame(bytes, count * size);
  const info = {
    rows,
    columns,
    bitsAllocated: bits,
    samplesPerPixel: samples,
    signed,
    pixelRepresentation: signed ? 1 : 0,
  };
  const { imageFrame } = await codec().decode(
    LOSSLESS_JPEG.has(transferSyntaxUid) ? withRoomAtEnd(bytes) : bytes,
    info,
    transferSyntaxUid === EXTENDED_JPEG ? BASELINE_JPEG : transferSyntaxUid,
  );
  const decoded = Buffer.from(imageFrame.buffer, imageFrame.byteOffset, imageFrame.byteLength);
  if (decoded.length === count * size) return Buffer.from(decoded);
  // A decoder gives the precision of its own stream, which may be narrower or wider than what is allocated.
  if (size === 2 && decoded.length === count) return widen(decoded, signed);
  if (size === 1 && decoded.length === count * 2)
    return Buffer.from(decoded.filter((_, index) => index % 2 === 0));
  throw new RangeError(`${decoded.length} bytes decoded, ${count * size} expected`);
}

/**
 * The decoder of lossless JPEG stops at the end marker before the last pixel is out, when the last bits stand right
 * before it. Empty bytes in between let it finish; it reads no pixel from them.
 */
function withRoomAtEnd(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(END_OF_IMAGE);
  return end < 0 ? bytes : Buffer.concat([bytes.subarray(0, end), Buffer.alloc(4), bytes.subarray(end)]);
}

function widen(bytes: Buffer, signed: boolean): Buffer {
  const out = Buffer.alloc(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 1) {
    if (signed) out.writeInt16LE(bytes.readInt8(at), 2 * at);
    else out.writeUInt16LE(bytes[at] ?? 0, 2 * at);
  }
  return out;
}

export const asBytes = (format: PixelFormat): PixelFormat => ({ ...format, bits: 8, stored: 8, high: 7 });

function inflateFrame(bytes: Buffer, expected: number): Buffer {
  const inflated = zlib.inflateRawSync(bytes, { maxOutputLength: expected + 1 });
  if (inflated.length < expected) throw new RangeError(`${inflated.length} of ${expected} bytes`);
  return inflated.subarray(0, expected);
}

/** Compressed frames of single bits: packed by RLE and deflate, a sample each by JPEG 2000. */
async function decompressBits(
  bytes: Buffer,
  format: PixelFormat,
  transferSyntaxUid: string,
): Promise<Buffer> {
  const count = format.rows * format.columns;
  const packed = Math.ceil(count / 8);
  if (transferSyntaxUid === RLE) return unpackBits(decodeRle(bytes, packed, 1, 1), 0, count);
  if (transferSyntaxUid === DEFLATED_FRAMES) return unpackBits(inflateFrame(bytes, packed), 0, count);
  const samples = await decompress(bytes, format, transferSyntaxUid);
  return samples.map((one) => (one > 0 ? 255 : 0)) as Buffer;
}

export function unpackBits(bytes: Buffer, first: number, count: number): Buffer {
  const out = Buffer.alloc(count);
  for (let at = 0; at < count; at += 1)
    out[at] = ((bytes[(first + at) >> 3] ?? 0) >> ((first + at) & 7)) & 1 ? 255 : 0;
  return out;
}
