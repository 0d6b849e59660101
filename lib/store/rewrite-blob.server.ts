import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { DataSet } from 'dicom-parser';
import { DicomError } from '@/lib/dicom/errors.ts';
import { parseElements } from '@/lib/dicom/parse-elements.ts';
import type { ParsedHeader } from '@/lib/dicom/parse-header.ts';
import { type Edits, isEncapsulated, type Rewritten, rewrite } from '@/lib/dicom/rewrite.ts';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { readBlobHeader } from './read-header.server.ts';

/** What may follow the pixels: padding, signatures, private groups. More than this is not believed. */
const MAX_TRAILING_BYTES = 64 * 1024 * 1024;

export type RewrittenBlob = Pick<Rewritten, 'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid'> & {
  hasPixels: boolean;
  /** The new header, pixel data not included. */
  header: () => DataSet;
  /** Bytes of the whole new file. */
  size: number;
  /** The new file (PS3.10); the pixels are streamed from the old one. */
  part10: () => AsyncIterable<Uint8Array>;
  /** The same without preamble and file meta group, as an association sends it. */
  dataSet: () => AsyncIterable<Uint8Array>;
};

/**
 * A stored file rewritten, its pixel data never in memory.
 * @param edits or a function that makes them from the header
 * @throws DicomError where the file cannot be rewritten, and what `edits` throws
 */
export async function rewriteBlob(
  file: string,
  edits: Edits | ((parsed: ParsedHeader) => Edits),
): Promise<RewrittenBlob> {
  const parsed = await readBlobHeader(file);
  const after = await afterPixels(file, parsed);
  const rewritten = rewrite(parsed, typeof edits === 'function' ? edits(parsed) : edits, after);
  const { meta, head, pixels, tail } = rewritten;
  async function* dataSet(): AsyncGenerator<Uint8Array> {
    yield head;
    if (pixels instanceof Uint8Array) yield pixels;
    else if (pixels && pixels.end > pixels.start)
      yield* createReadStream(file, { start: pixels.start, end: pixels.end - 1, highWaterMark: 1 << 20 });
    if (tail.length > 0) yield tail;
  }
  const pixelBytes = pixels instanceof Uint8Array ? pixels.length : pixels ? pixels.end - pixels.start : 0;
  return {
    sopClassUid: rewritten.sopClassUid,
    sopInstanceUid: rewritten.sopInstanceUid,
    transferSyntaxUid: rewritten.transferSyntaxUid,
    hasPixels: pixels !== null,
    header: () => parseElements(head, rewritten.transferSyntaxUid),
    size: meta.length + head.length + pixelBytes + tail.length,
    dataSet,
    async *part10() {
      yield meta;
      yield* dataSet();
    },
  };
}

async function afterPixels(file: string, parsed: ParsedHeader & { size: number }) {
  const { pixelData, transferSyntaxUid, dataSet, size } = parsed;
  if (!pixelData) return undefined;
  if (transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) {
    const pixelEnd = pixelData.dataOffset + pixelData.length;
    const rest = dataSet.byteArray.subarray(pixelEnd) as Uint8Array;
    return { pixelEnd, trailing: trailing(rest, transferSyntaxUid) };
  }
  const handle = await fs.open(file, 'r');
  try {
    const pixelEnd = isEncapsulated(pixelData)
      ? await endOfFragments(handle, pixelData.dataOffset, size)
      : pixelData.dataOffset + pixelData.length;
    if (size - pixelEnd > MAX_TRAILING_BYTES)
      throw new DicomError('dicom_unreadable', 'too much follows the pixel data');
    const rest = Buffer.alloc(size - pixelEnd);
    await handle.read(rest, 0, rest.length, pixelEnd);
    return { pixelEnd, trailing: trailing(rest, transferSyntaxUid) };
  } finally {
    await handle.close();
  }
}

/** Fewer bytes than an element's head, or zeros only, are a writer's padding: nothing to keep. */
function trailing(bytes: Uint8Array, transferSyntaxUid: string) {
  if (bytes.length < 8 || bytes.every((byte) => byte === 0)) return undefined;
  return parseElements(bytes, transferSyntaxUid);
}

/** After the sequence delimiter of encapsulated pixel data (PS3.5 A.4); a missing one is the end of the file. */
async function endOfFragments(handle: fs.FileHandle, start: number, size: number): Promise<number> {
  const head = Buffer.alloc(8);
  let at = start;
  while (at + 8 <= size) {
    await handle.read(head, 0, 8, at);
    const tag = head.readUInt32LE(0);
    if (tag === 0xe0ddfffe) return at + 8;
    if (tag !== 0xe000fffe) throw new DicomError('dicom_unreadable', 'no item among the fragments');
    at += 8 + head.readUInt32LE(4);
  }
  return size;
}
