import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import sharp from 'sharp';
import { db } from '@/lib/db/client.server.ts';
import { isNative } from '@/lib/dicom/uids.ts';
import { readFrame } from './frames.server.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';
import { thumbnailFile } from './thumbnail-file.server.ts';

const SIZE = 160;
// CommonJS with WebAssembly files beside it: loaded as Node does, not by a bundler, and only when needed.
const codec = (): {
  decode(frame: Buffer, info: object, transferSyntaxUid: string): Promise<{ imageFrame: Uint8Array }>;
} => createRequire(import.meta.url)('@cornerstonejs/dicom-codec');

/**
 * The picture of a series: its middle image, windowed by what the pixels hold. Derived: it can be made again at any
 * time. Says `unavailable` where there are no pixels or none that can be decoded here.
 */
export async function makeThumbnail(seriesId: string): Promise<'ready' | 'unavailable'> {
  const instances = await db().instance.findMany({
    where: { seriesId, rows: { not: null } },
    orderBy: [{ instanceNumber: 'asc' }],
    select: { sha256: true, frames: true },
  });
  const middle = instances[Math.floor(instances.length / 2)];
  const state = middle
    ? await draw(seriesId, blobPath(middle.sha256), Math.ceil(middle.frames / 2))
    : 'unavailable';
  await db().series.update({ where: { id: seriesId }, data: { thumbnail: state } });
  return state;
}

async function draw(seriesId: string, file: string, frame: number): Promise<'ready' | 'unavailable'> {
  try {
    const { dataSet } = await readBlobHeader(file);
    const rows = dataSet.uint16('x00280010') ?? 0;
    const columns = dataSet.uint16('x00280011') ?? 0;
    const bits = dataSet.uint16('x00280100') ?? 16;
    const samples = dataSet.uint16('x00280002') ?? 1;
    const signed = dataSet.uint16('x00280103') === 1;
    if (dataSet.string('x00080060') === 'RTDOSE' || bits < 8 || bits > 16 || samples !== 1)
      return 'unavailable';
    const { bytes, transferSyntaxUid } = await readFrame(file, frame);
    const info = {
      rows,
      columns,
      bitsAllocated: bits,
      samplesPerPixel: samples,
      signed,
      pixelRepresentation: signed ? 1 : 0,
    };
    const pixels = isNative(transferSyntaxUid)
      ? bytes
      : Buffer.from((await codec().decode(bytes, info, transferSyntaxUid)).imageFrame);
    const values = toValues(pixels, rows * columns, bits, signed);
    const grey = toGrey(
      values,
      dataSet.string('x00080060') === 'PT' || dataSet.string('x00280004') === 'MONOCHROME1',
    );
    const target = thumbnailFile(seriesId);
    await fs.mkdir(path.dirname(target), { recursive: true });
    const picture = sharp(grey, { raw: { width: columns, height: rows, channels: 1 } }).resize(SIZE, SIZE, {
      fit: 'contain',
      background: '#000',
    });
    await picture.webp({ quality: 80 }).toFile(`${target}.new`);
    await fs.rename(`${target}.new`, target);
    return 'ready';
  } catch {
    return 'unavailable';
  }
}

function toValues(bytes: Buffer, length: number, bits: number, signed: boolean): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i += 1) {
    if (bits <= 8) values[i] = signed ? bytes.readInt8(i) : (bytes[i] ?? 0);
    else values[i] = signed ? bytes.readInt16LE(2 * i) : bytes.readUInt16LE(2 * i);
  }
  return values;
}

/** Window between the 2nd and the 99.5th percentile: without asking the header, which is often silent or odd. */
function toGrey(values: Float32Array, inverted: boolean): Buffer {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const low = at(0.02);
  const width = Math.max(1e-6, at(0.995) - low);
  const grey = Buffer.alloc(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const shade = Math.max(0, Math.min(255, (((values[i] ?? 0) - low) / width) * 255));
    grey[i] = inverted ? 255 - shade : shade;
  }
  return grey;
}
