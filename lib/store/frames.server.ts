import fs from 'node:fs/promises';
import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { readBlobHeader } from './read-header.server.ts';

/** A stretch of the stored file. */
type Span = { offset: number; length: number };

type FrameTable = {
  transferSyntaxUid: string;
  /** Per frame the spans that make it, in order. */
  frames: Span[][];
  /** Set for deflated files, whose frames lie in the inflated bytes. */
  inflated?: Uint8Array;
};

const cache = new Map<string, Promise<FrameTable>>();
const CACHE_ENTRIES = 2000;

/**
 * One frame of a stored object, byte for byte as stored (frames count from 1, as in PS3.18). Throws `not_found` when
 * there is no such frame, `dicom_unreadable` when the frames cannot be told apart.
 */
export async function readFrame(
  file: string,
  frame: number,
): Promise<{ bytes: Buffer; transferSyntaxUid: string }> {
  const table = await frameTable(file);
  const spans = table.frames[frame - 1];
  if (!spans) throw new AppError('not_found');
  if (table.inflated) {
    const source = table.inflated;
    return {
      bytes: Buffer.concat(spans.map(({ offset, length }) => source.subarray(offset, offset + length))),
      transferSyntaxUid: table.transferSyntaxUid,
    };
  }
  const handle = await fs.open(file, 'r');
  try {
    const parts = await Promise.all(
      spans.map(async ({ offset, length }) => {
        const { buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
        return buffer;
      }),
    );
    return {
      bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts),
      transferSyntaxUid: table.transferSyntaxUid,
    };
  } finally {
    await handle.close();
  }
}

function frameTable(file: string): Promise<FrameTable> {
  const known = cache.get(file);
  if (known) return known;
  const made = makeTable(file);
  made.catch(() => cache.delete(file));
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value ?? '');
  cache.set(file, made);
  return made;
}

async function makeTable(file: string): Promise<FrameTable> {
  const { dataSet, transferSyntaxUid, pixelData, size } = await readBlobHeader(file);
  if (!pixelData) throw new AppError('not_found');
  const count = Math.max(1, Number(dataSet.intString('x00280008') ?? 1));
  if (isNative(transferSyntaxUid)) {
    const bits =
      (dataSet.uint16('x00280010') ?? 0) *
      (dataSet.uint16('x00280011') ?? 0) *
      (dataSet.uint16('x00280100') ?? 0) *
      (dataSet.uint16('x00280002') ?? 1);
    // Frames of single bits are packed without padding: such an object is handed out whole, as one frame.
    const single = bits % 8 !== 0 || count === 1;
    const length = single ? pixelData.length : bits / 8;
    const frames = Array.from({ length: single ? 1 : count }, (_, index) => [
      { offset: pixelData.dataOffset + index * length, length },
    ]);
    if (transferSyntaxUid !== DEFLATED_LITTLE_ENDIAN) return { transferSyntaxUid, frames };
    return { transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN, frames, inflated: dataSet.byteArray as Uint8Array };
  }
  return { transferSyntaxUid, frames: await encapsulatedFrames(file, pixelData.dataOffset, size, count) };
}

/** Walks the items of encapsulated pixel data (PS3.5 A.4) and groups the fragments into frames. */
async function encapsulatedFrames(
  file: string,
  start: number,
  size: number,
  count: number,
): Promise<Span[][]> {
  const handle = await fs.open(file, 'r');
  try {
    const header = Buffer.alloc(8);
    const items: Span[] = [];
    for (let at = start; at + 8 <= size; ) {
      await handle.read(header, 0, 8, at);
      const tag = header.readUInt32LE(0);
      const length = header.readUInt32LE(4);
      if (tag !== 0xe000fffe || at + 8 + length > size) break;
      items.push({ offset: at + 8, length });
      at += 8 + length;
    }
    const [table, ...fragments] = items;
    if (!table || fragments.length === 0)
      throw new AppError('dicom_unreadable', { params: { detail: 'no fragment' } });
    if (count === 1) return [fragments];
    if (fragments.length === count) return fragments.map((fragment) => [fragment]);
    if (table.length < 4 * count)
      throw new AppError('dicom_unreadable', { params: { detail: 'frames cannot be told apart' } });
    const { buffer } = await handle.read(Buffer.alloc(table.length), 0, table.length, table.offset);
    const first = (fragments[0]?.offset ?? 0) - 8;
    const starts = Array.from({ length: count }, (_, index) => first + buffer.readUInt32LE(4 * index));
    return starts.map((from, index) => {
      const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
      return fragments.filter(({ offset }) => offset - 8 >= from && offset - 8 < to);
    });
  } finally {
    await handle.close();
  }
}
