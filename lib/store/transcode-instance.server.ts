import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { canDecode } from './decode-frame.server.ts';
import { readBlobInto } from './frames-file.server.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';
import type { StoredInstance } from './study-contents.server.ts';
import { decodeFrame } from './transcode.server.ts';
import { type Replacements, writeExplicit } from './transcode-dataset.ts';

/** A transcoded object is whole in memory; what would be larger is not made. */
const MOST_BYTES = 1024 ** 3;

/**
 * A stored object as a Part 10 file in Explicit VR Little Endian, pixels decoded. The same SOP instance only where
 * nothing was lost, which holds for decoding what is stored. Throws `dicomweb_transfer_syntax` where it cannot.
 */
export async function transcodeInstance(instance: StoredInstance): Promise<Buffer> {
  const stored = instance.transferSyntaxUid;
  const refused = new AppError('dicomweb_transfer_syntax', { params: { stored } });
  if (!canDecode(stored)) throw refused;
  const { dataSet, pixelData } = await readBlobHeader(blobPath(instance.sha256));
  const replace = new Map<string, { vr: string; value: Buffer } | undefined>();
  if (pixelData) await decodePixels(instance, pixelData.vr, replace, refused);
  const meta = fileMeta(dataSet.string('x00080016') ?? '', instance.sopInstanceUid);
  return Buffer.concat([
    meta,
    writeExplicit(dataSet, stored === EXPLICIT_BIG_ENDIAN, replace as Replacements),
  ]);
}

async function decodePixels(
  instance: StoredInstance,
  vr: string | undefined,
  replace: Map<string, { vr: string; value: Buffer } | undefined>,
  refused: AppError,
): Promise<void> {
  if (isNative(instance.transferSyntaxUid)) {
    const { dataSet, pixelData } = await readBlobHeader(blobPath(instance.sha256));
    if (!pixelData) return;
    const value = await wholeValue(
      instance,
      pixelData.dataOffset,
      pixelData.length,
      dataSet.byteArray as Uint8Array,
    );
    const bits = dataSet.uint16('x00280100') ?? 16;
    const word =
      instance.transferSyntaxUid !== EXPLICIT_BIG_ENDIAN ? 1 : bits > 8 ? bits / 8 : vr === 'OW' ? 2 : 1;
    if (word === 2) value.swap16();
    if (word === 4) value.swap32();
    replace.set('x7fe00010', { vr: vr ?? 'OW', value });
    return;
  }
  const frames: Buffer[] = [];
  let total = 0;
  for (let frame = 1; frame <= instance.frames; frame += 1) {
    const { pixels, format, dataSet } = await decodeFrame(instance, frame);
    if (dataSet.uint16('x00280100') === 1) throw refused;
    total += pixels.length;
    if (total > MOST_BYTES) throw refused;
    frames.push(pixels);
    if (frame > 1) continue;
    replace.set('x00280004', { vr: 'CS', value: Buffer.from(format.photometric, 'latin1') });
    if (format.samples > 1) replace.set('x00280006', { vr: 'US', value: Buffer.from([0, 0]) });
    replace.set('x7fe00010', { vr: format.bits > 8 ? 'OW' : 'OB', value: Buffer.alloc(0) });
  }
  const first = replace.get('x7fe00010');
  if (first) replace.set('x7fe00010', { vr: first.vr, value: Buffer.concat(frames) });
}

async function wholeValue(
  instance: StoredInstance,
  offset: number,
  length: number,
  parsed: Uint8Array,
): Promise<Buffer> {
  if (offset + length <= parsed.length) return Buffer.from(parsed.subarray(offset, offset + length));
  return readBlobInto(instance.sha256, Buffer.alloc(length), 0, offset, length);
}

/** Preamble and File Meta Information (PS3.10 7.1) of what this server wrote. */
function fileMeta(sopClassUid: string, sopInstanceUid: string): Buffer {
  const element = (number: number, vr: string, value: Buffer): Buffer => {
    const padded = value.length % 2 ? Buffer.concat([value, Buffer.from([0])]) : value;
    const long = vr === 'OB';
    const head = Buffer.alloc(long ? 12 : 8);
    head.writeUInt16LE(2, 0);
    head.writeUInt16LE(number, 2);
    head.write(vr, 4, 'latin1');
    if (long) head.writeUInt32LE(padded.length, 8);
    else head.writeUInt16LE(padded.length, 6);
    return Buffer.concat([head, padded]);
  };
  const uid = (number: number, value: string) => element(number, 'UI', Buffer.from(value, 'latin1'));
  const body = Buffer.concat([
    element(1, 'OB', Buffer.from([0, 1])),
    uid(2, sopClassUid),
    uid(3, sopInstanceUid),
    uid(0x10, EXPLICIT_LITTLE_ENDIAN),
    uid(0x12, '2.25.80302813137786398554742050926734630921'),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0, 'UL', length), body]);
}
