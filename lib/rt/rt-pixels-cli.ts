/** Pixels of a file on disk, whatever its transfer syntax. */
import type { ParsedHeader } from '../dicom/parse-header.ts';
import { EXPLICIT_BIG_ENDIAN, isNative } from '../dicom/uids.ts';

/** Native pixel data in one piece, as stored; or the decoded frames, little endian, single bits as bytes of 0 or 255. */
export type FilePixels = { whole: Uint8Array; bigEndian: boolean } | { frames: Uint8Array[] };

/** Throws an Error that says in a line why there are none. */
export async function filePixels(file: string, parsed: ParsedHeader): Promise<FilePixels> {
  const { dataSet, pixelData, transferSyntaxUid } = parsed;
  if (!pixelData) throw new Error('it has no pixel data');
  const bytes = dataSet.byteArray as Uint8Array;
  if (isNative(transferSyntaxUid)) {
    const whole = bytes.subarray(pixelData.dataOffset, pixelData.dataOffset + pixelData.length);
    return { whole, bigEndian: transferSyntaxUid === EXPLICIT_BIG_ENDIAN };
  }
  // The decoders cost time to load, and few of these files need them.
  const [{ decompressFrame }, { encapsulatedFrames }, { pixelFormat }] = await Promise.all([
    import('../store/decode-frame.server.ts'),
    import('../store/frames-encapsulated.server.ts'),
    import('../store/pixel-format.ts'),
  ]);
  const count = Math.max(1, Number(dataSet.string('x00280008')?.split('\\')[0] ?? 1));
  try {
    const spans = await encapsulatedFrames(file, pixelData.dataOffset, bytes.length, count);
    const frames: Uint8Array[] = [];
    for (const fragments of spans) {
      const stored = Buffer.concat(
        fragments.map(({ offset, length }) => bytes.subarray(offset, offset + length)),
      );
      frames.push((await decompressFrame(stored, pixelFormat(dataSet), transferSyntaxUid)).pixels);
    }
    return { frames };
  } catch (error) {
    throw new Error(`pixel data in transfer syntax ${transferSyntaxUid} cannot be read`, { cause: error });
  }
}

/** Bytes of 16-bit words turned round. */
export function swappedWords(bytes: Uint8Array): Uint8Array {
  const result = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return result.swap16();
}
