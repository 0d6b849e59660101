import type { DataSet } from 'dicom-parser';
import { EXPLICIT_BIG_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { asBytes, type DecodedFrame, decompressFrame, unpackBits } from './decode-frame.server.ts';
import { frameTable, readFrame, type StoredFrames } from './frames.server.ts';
import { blobPath } from './paths.server.ts';
import { type PixelFormat, pixelFormat } from './pixel-format.ts';
import { readBlobHeader } from './read-header.server.ts';

export type Decoded = DecodedFrame & { dataSet: DataSet };

/**
 * One frame uncompressed, little endian, with how it lies then. Throws `dicomweb_transfer_syntax` for what no decoder
 * here knows, `dicom_unreadable` for what it refuses, `not_found` when there is no such frame.
 */
export async function decodeFrame(instance: StoredFrames, frame: number): Promise<Decoded> {
  const { dataSet, pixelData } = await readBlobHeader(blobPath(instance.sha256));
  const format = pixelFormat(dataSet);
  if (format.bits === 1 && isNative(instance.transferSyntaxUid))
    return { pixels: await singleBits(instance, frame, format), format: asBytes(format), dataSet };
  const { bytes, transferSyntaxUid } = await readFrame(instance, frame);
  if (isNative(transferSyntaxUid)) {
    const words = transferSyntaxUid === EXPLICIT_BIG_ENDIAN ? wordSize(format, pixelData?.vr) : 1;
    return { pixels: swap(bytes, words), format, dataSet };
  }
  return { ...(await decompressFrame(bytes, format, transferSyntaxUid)), dataSet };
}

/** The bytes of a frame as Explicit VR Little Endian has them. Throws as `decodeFrame` does. */
export async function nativeFrame(instance: StoredFrames, frame: number): Promise<Buffer> {
  const { transferSyntaxUid } = instance;
  if (isNative(transferSyntaxUid) && transferSyntaxUid !== EXPLICIT_BIG_ENDIAN)
    return (await readFrame(instance, frame)).bytes;
  const { pixels, dataSet } = await decodeFrame(instance, frame);
  // Single bits would have to be packed over the frames' edges again.
  if (dataSet.uint16('x00280100') === 1 && !isNative(transferSyntaxUid))
    throw new AppError('dicomweb_transfer_syntax', { params: { stored: transferSyntaxUid } });
  return isNative(transferSyntaxUid) && dataSet.uint16('x00280100') === 1
    ? (await readFrame(instance, frame)).bytes
    : pixels;
}

/** Bytes of a word in big endian pixel data: as allocated, but 8 bits in OW lie in words of two (PS3.5 A.3). */
const wordSize = (format: PixelFormat, vr: string | undefined): number =>
  format.bits > 8 ? format.bits / 8 : vr === 'OW' ? 2 : 1;

function swap(bytes: Buffer, word: number): Buffer {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % word));
  if (word === 2) whole.swap16();
  if (word === 4) whole.swap32();
  if (word === 8) whole.swap64();
  return bytes;
}

/** Frames of single bits lie without padding between them (PS3.5 8.1.1): one byte per pixel, 0 or 255. */
async function singleBits(instance: StoredFrames, frame: number, format: PixelFormat): Promise<Buffer> {
  const count = format.rows * format.columns;
  const { frames } = await frameTable(instance.sha256);
  if (frame < 1 || frame > Math.max(instance.frames, frames.length)) throw new AppError('not_found');
  const apart = frames.length > 1;
  const { bytes } = await readFrame(instance, apart ? frame : 1);
  const first = apart ? 0 : (frame - 1) * count;
  if (Math.ceil((first + count) / 8) > bytes.length) throw new AppError('not_found');
  return unpackBits(bytes, first, count);
}
