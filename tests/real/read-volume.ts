import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { type JsonDataSet, numberValue } from '@/lib/dicom/display-json.ts';
import { imagePlane } from '@/lib/dicom/image-plane.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { emptyVolume, type Pixels, type Volume, volumeGeometry } from '@/lib/planes/volume.ts';

export const DATA = '../shared/data';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const run = promisify(execFile);

/** A DICOM file's header and, where it has native ones, its pixels. */
export async function readObject(file: string) {
  const bytes = await fs.readFile(file);
  const { dataSet, pixelData, transferSyntaxUid } = parseHeader(bytes, bytes.length, (packed) =>
    zlib.inflateRawSync(packed),
  );
  const from = pixelData?.dataOffset ?? 0;
  const pixels = Uint8Array.from(dataSet.byteArray.subarray(from, from + (pixelData?.length ?? 0)));
  return { header: toDicomJson(dataSet, () => ''), pixels, transferSyntaxUid };
}

/** JPEG-LS is decoded by DCMTK: another implementation than the viewer's. */
async function decoded(file: string): Promise<{ header: JsonDataSet; pixels: Uint8Array }> {
  const read = await readObject(file);
  if (read.transferSyntaxUid !== JPEG_LS) return read;
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-real-'));
  try {
    const target = path.join(folder, 'native.dcm');
    await run('dcmdjpls', [file, target]);
    return await readObject(target);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

/** A folder's series as a volume of displayed values, and its headers. @param factorOf SUV factor of the headers */
export async function readVolume(
  folder: string,
  factorOf: (headers: JsonDataSet[]) => number = () => 1,
): Promise<{ volume: Volume; headers: JsonDataSet[] }> {
  const names = (await fs.readdir(folder)).sort();
  const objects = await Promise.all(names.map((name) => decoded(path.join(folder, name))));
  const headers = objects.map((object) => object.header);
  const result = volumeGeometry(headers.map((header) => imagePlane(header)));
  if (!result.ok) throw new Error(result.reason);
  const volume = emptyVolume(result.geometry, factorOf(headers));
  volume.slices = objects.map(({ header, pixels }) => ({
    pixels: stored(header, pixels),
    slope: numberValue(header, '00281053') ?? 1,
    intercept: numberValue(header, '00281052') ?? 0,
  }));
  return { volume, headers };
}

/** 16 bits, little endian, signed or not: all that the sets hold. */
function stored(header: JsonDataSet, { buffer }: Uint8Array): Pixels {
  if (numberValue(header, '00280100') !== 16) throw new Error('Not 16 bits');
  return numberValue(header, '00280103') === 1
    ? new Int16Array(buffer as ArrayBuffer)
    : new Uint16Array(buffer as ArrayBuffer);
}
