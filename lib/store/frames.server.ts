import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { ByteCache } from './byte-cache.ts';
import { encapsulatedFrames, type Span } from './frames-encapsulated.server.ts';
import { readBlobInto } from './frames-file.server.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';
import type { StoredInstance } from './study-contents.server.ts';

/** Where the frames of one object lie, and what they are served as. */
export type FrameTable = {
  transferSyntaxUid: string;
  /** Per frame the spans that make it, in order. */
  frames: Span[][];
  /** Set for deflated files, whose frames lie in the inflated bytes; these are kept apart, for a while. */
  deflated: boolean;
};

const tables = new Map<string, Promise<FrameTable>>();
const MOST_TABLES = 2000;
const inflated = new ByteCache<Uint8Array>(128 * 1024 * 1024);

export type StoredFrames = Pick<
  StoredInstance,
  'sha256' | 'transferSyntaxUid' | 'frames' | 'pixelOffset' | 'pixelLength'
>;

/**
 * The spans of one frame of a stored object (frames count from 1, as in PS3.18). What the index knows needs no look
 * at the header. Throws `not_found` when there is no such frame, `dicom_unreadable` when frames cannot be told apart.
 */
export function frameSpans(
  instance: StoredFrames,
  frame: number,
): { spans: Span[]; table: FrameTable } | Promise<{ spans: Span[]; table: FrameTable }> {
  const { pixelOffset, pixelLength, transferSyntaxUid } = instance;
  if (pixelOffset !== null && pixelLength !== null && instance.frames === 1 && isPlain(transferSyntaxUid)) {
    if (frame !== 1) throw new AppError('not_found');
    const spans = [{ offset: pixelOffset, length: pixelLength }];
    return { spans, table: { transferSyntaxUid, frames: [spans], deflated: false } };
  }
  return frameTable(instance.sha256).then((table) => {
    const spans = table.frames[frame - 1];
    if (!spans) throw new AppError('not_found');
    return { spans, table };
  });
}

const isPlain = (transferSyntaxUid: string): boolean =>
  isNative(transferSyntaxUid) && transferSyntaxUid !== DEFLATED_LITTLE_ENDIAN;

export const spansLength = (spans: readonly Span[]): number =>
  spans.reduce((sum, { length }) => sum + length, 0);

/** Reads spans into a buffer at a place, one after the other. */
export async function readSpans(
  sha256: string,
  table: FrameTable,
  spans: readonly Span[],
  target: Buffer,
  at: number,
): Promise<void> {
  let to = at;
  const source = table.deflated ? await inflatedBytes(sha256) : undefined;
  for (const { offset, length } of spans) {
    if (source) target.set(source.subarray(offset, offset + length), to);
    else await readBlobInto(sha256, target, to, offset, length);
    to += length;
  }
}

/** One frame, byte for byte as stored. Throws as `frameSpans` does. */
export async function readFrame(
  instance: StoredFrames,
  frame: number,
): Promise<{ bytes: Buffer; transferSyntaxUid: string }> {
  const { spans, table } = await frameSpans(instance, frame);
  const bytes = Buffer.allocUnsafeSlow(spansLength(spans));
  await readSpans(instance.sha256, table, spans, bytes, 0);
  return { bytes, transferSyntaxUid: table.transferSyntaxUid };
}

export function frameTable(sha256: string): Promise<FrameTable> {
  const known = tables.get(sha256);
  if (known) return known;
  const made = makeTable(sha256);
  made.catch(() => tables.delete(sha256));
  if (tables.size >= MOST_TABLES) tables.delete(tables.keys().next().value ?? '');
  tables.set(sha256, made);
  return made;
}

async function inflatedBytes(sha256: string): Promise<Uint8Array> {
  const known = inflated.get(sha256);
  if (known) return known;
  const { dataSet } = await readBlobHeader(blobPath(sha256));
  const bytes = dataSet.byteArray as Uint8Array;
  inflated.set(sha256, bytes, bytes.length);
  return bytes;
}

async function makeTable(sha256: string): Promise<FrameTable> {
  const { dataSet, transferSyntaxUid, pixelData, size } = await readBlobHeader(blobPath(sha256));
  // Float and double float pixel data (PS3.3 C.7.6.24, C.7.6.25) come instead of the ordinary ones.
  const pixels = pixelData ?? dataSet.elements.x7fe00008 ?? dataSet.elements.x7fe00009;
  if (!pixels) throw new AppError('not_found');
  const count = Math.max(1, Number(dataSet.intString('x00280008') ?? 1));
  const undefinedLength = pixels.length === 0xffffffff || pixels.hadUndefinedLength === true;
  if (isNative(transferSyntaxUid) && !undefinedLength) {
    const bits =
      (dataSet.uint16('x00280010') ?? 0) *
      (dataSet.uint16('x00280011') ?? 0) *
      (dataSet.uint16('x00280100') ?? 0) *
      (dataSet.uint16('x00280002') ?? 1);
    const whole = bits / 8 / ((dataSet.string('x00280004') ?? '').includes('422') ? 1.5 : 1);
    // Frames of single bits are packed without padding: such an object is handed out whole, as one frame.
    const single = !Number.isInteger(whole) || count === 1 || whole * count > pixels.length;
    const length = single ? pixels.length : whole;
    const frames = Array.from({ length: single ? 1 : count }, (_, index) => [
      { offset: pixels.dataOffset + index * length, length },
    ]);
    const deflated = transferSyntaxUid === DEFLATED_LITTLE_ENDIAN;
    return { transferSyntaxUid: deflated ? EXPLICIT_LITTLE_ENDIAN : transferSyntaxUid, frames, deflated };
  }
  const frames = await encapsulatedFrames(blobPath(sha256), pixels.dataOffset, size, count);
  return { transferSyntaxUid, frames, deflated: false };
}
