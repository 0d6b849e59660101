import fs, { type FileHandle } from 'node:fs/promises';
import type { ParsedHeader } from '@/lib/dicom/parse-header.ts';
import { sameContent } from '@/lib/dicom/same-content.ts';
import { isNative } from '@/lib/dicom/uids.ts';
import { readBlobHeader } from './read-header.server.ts';

const PIECE_BYTES = 1024 * 1024;

/** Do two stored files say the same: every value of the header, and every byte of the pixels? */
export async function sameObject(fileA: string, fileB: string): Promise<boolean> {
  const [a, b] = [await readBlobHeader(fileA), await readBlobHeader(fileB)];
  if (!sameContent(a, b)) return false;
  if (!a.pixelData && !b.pixelData) return true;
  const [pixelsA, pixelsB] = [pixelBytes(a), pixelBytes(b)];
  if (!pixelsA || !pixelsB || pixelsA.length !== pixelsB.length) return false;
  // Encapsulated frames say the same only in one transfer syntax.
  if (a.transferSyntaxUid !== b.transferSyntaxUid && !bothNative(a, b)) return false;
  return sameBytes(fileA, pixelsA.offset, fileB, pixelsB.offset, pixelsA.length);
}

const bothNative = (a: ParsedHeader, b: ParsedHeader) =>
  isNative(a.transferSyntaxUid) && isNative(b.transferSyntaxUid);

/**
 * The pixels and whatever follows them, to the end of the file: an element behind the pixels is seldom, but it says
 * something too. A deflated file has them nowhere.
 */
function pixelBytes(parsed: ParsedHeader & { size: number }): { offset: number; length: number } | undefined {
  const { pixelData, size } = parsed;
  if (!pixelData || parsed.dataSet.byteArray.length > size) return undefined;
  return { offset: pixelData.dataOffset, length: size - pixelData.dataOffset };
}

async function sameBytes(
  fileA: string,
  offsetA: number,
  fileB: string,
  offsetB: number,
  length: number,
): Promise<boolean> {
  const handles: FileHandle[] = [];
  try {
    const [a, b] = [await fs.open(fileA, 'r'), await fs.open(fileB, 'r')];
    handles.push(a, b);
    const [pieceA, pieceB] = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)];
    for (let done = 0; done < length; ) {
      const wanted = Math.min(PIECE_BYTES, length - done);
      const [gotA, gotB] = await Promise.all([
        a.read(pieceA, 0, wanted, offsetA + done),
        b.read(pieceB, 0, wanted, offsetB + done),
      ]);
      const got = Math.min(gotA.bytesRead, gotB.bytesRead);
      if (got === 0 || !pieceA.subarray(0, got).equals(pieceB.subarray(0, got))) return false;
      done += got;
    }
    return true;
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}
