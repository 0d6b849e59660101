import { type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import type { Segmentation, SegmentationRefusal } from '@/lib/dicom/seg.ts';
import { isComplete, type SegmentationPixels } from '@/lib/dicom/seg-pixels.ts';
import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { BYTES, bytesOf, DicomWebError } from './dicom-web.ts';

const PARALLEL = 4;
/** Deflated Image Frame Compression. */
const DEFLATED_FRAMES = '1.2.840.10008.1.2.8.1';

/**
 * A segmentation's pixels from DICOMweb: in one piece where they are stored so, else frame by frame, decoded by the
 * server. Single bits in compressed frames are read where they are deflated; the server decodes no others.
 * Throws DicomWebError.
 */
export async function segmentationPixels(
  root: string,
  header: JsonDataSet,
  segmentation: Segmentation,
  signal: AbortSignal,
): Promise<SegmentationPixels | SegmentationRefusal> {
  const { studyUid, seriesUid, sopInstanceUid } = segmentation;
  const instance = `${root}/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}`;
  const syntax = textValue(header, '00083002');
  const whole = await bytesOf(`${instance}/bulkdata/7FE00010`, BYTES, signal);
  if (whole) {
    const pixels = { whole: syntax === EXPLICIT_BIG_ENDIAN ? swapped(whole) : whole };
    return isComplete(segmentation, pixels) ? pixels : 'pixels_short';
  }
  const deflated = syntax === DEFLATED_FRAMES;
  if (segmentation.bits === 1 && !deflated) return 'pixels_compressed';
  const frames: Uint8Array[] = [];
  const queue = segmentation.frames.keys();
  const accept = `${BYTES}; transfer-syntax=${deflated ? syntax : EXPLICIT_LITTLE_ENDIAN}`;
  const worker = async () => {
    for (const frame of queue) {
      const bytes = await bytesOf(`${instance}/frames/${frame + 1}`, accept, signal);
      if (!bytes) throw new DicomWebError(404);
      frames[frame] = deflated ? await inflated(bytes) : bytes;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const pixels = { frames };
  return isComplete(segmentation, pixels) ? pixels : 'pixels_short';
}

/** Pixels of 8 bits and less are words too (OW), whose bytes are swapped in big endian (PS3.5 8.1.2). */
function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    result[at] = bytes[at + 1] ?? 0;
    result[at + 1] = bytes[at] ?? 0;
  }
  return result;
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
