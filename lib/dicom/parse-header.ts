import type { DataSet, Element } from 'dicom-parser';
import { ElementReader } from './element-reader.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { DicomError } from './errors.ts';
import { looksExplicit, readFileMeta } from './file-meta.ts';
import { uint16 } from './numbers.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  isNative,
} from './uids.ts';

export const PIXEL_DATA = 'x7fe00010';
const PIXEL_TAGS = [PIXEL_DATA, 'x7fe00008', 'x7fe00009'];

export type ParsedHeader = {
  dataSet: DataSet;
  transferSyntaxUid: string;
  /** The pixel data element, if the object has one; its offset counts from the start of the (inflated) bytes. */
  pixelData: Element | undefined;
};

/** Inflates a deflated data set; given by the caller, because browsers and Node differ. */
export type Inflate = (bytes: Uint8Array) => Uint8Array;

/**
 * Parses a DICOM file (PS3.10) up to its pixel data. Tolerates a missing preamble, a missing file meta group and a
 * wrong transfer syntax where the bytes tell the right one. Throws DicomError with the reason otherwise.
 * @param bytes the whole file, or its head when `totalSize` says that there is more: then `dicom_truncated` also says
 *   that the head does not reach the pixel data, and that the whole file is to be read
 */
export function parseHeader(bytes: Uint8Array, totalSize: number, inflate: Inflate): ParsedHeader {
  const steps = headerSteps(bytes, totalSize);
  let step = steps.next();
  while (!step.done) step = steps.next(step.value && inflate(step.value));
  return step.value;
}

/**
 * The same in steps of `budget` elements, for a caller that has other things to do in between. A step that yields
 * bytes wants them back inflated.
 */
export function* headerSteps(
  bytes: Uint8Array,
  totalSize: number,
  budget = Number.POSITIVE_INFINITY,
): Generator<Uint8Array | undefined, ParsedHeader, Uint8Array | undefined> {
  if (bytes.length < 8) throw new DicomError('not_dicom', 'shorter than one element');
  const preamble = hasPreamble(bytes);
  if (!preamble) checkBare(bytes);
  const meta = readFileMeta(bytes, preamble ? 132 : 0);
  if (!meta) throw new DicomError(preamble ? 'dicom_truncated' : 'not_dicom', 'ends within the file meta');
  const deflated = meta.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN;
  const all = deflated ? behind(bytes, meta.end, yield bytes.subarray(meta.end)) : bytes;
  const read = yield* readDataSet(all, meta.end, meta.transferSyntaxUid, preamble, budget);
  Object.assign(read.dataSet.elements, meta.elements);
  const pixelData = read.dataSet.elements[PIXEL_DATA];
  if (read.dataSet.elements.x00041220) throw new DicomError('dicom_dicomdir');
  if (bytes.length < totalSize && !hasPixels(read.dataSet))
    throw new DicomError('dicom_truncated', 'the header goes on');
  checkPixelData(read, pixelData, deflated ? all.length : totalSize);
  return { ...read, pixelData };
}

const hasPreamble = (bytes: Uint8Array): boolean =>
  bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;

/** Without preamble it begins with an element of group 2 or 8 in one of the byte orders. */
function checkBare(bytes: Uint8Array): void {
  const group = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const swapped = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (group !== 2 && group !== 8 && swapped !== 8) throw new DicomError('not_dicom');
}

/** Offsets count from the beginning of the file, also in an inflated data set. */
function behind(bytes: Uint8Array, start: number, inflated: Uint8Array = new Uint8Array()): Uint8Array {
  const whole = new Uint8Array(start + inflated.length);
  whole.set(bytes.subarray(0, start), 0);
  whole.set(inflated, start);
  return whole;
}

type Read = { dataSet: DataSet; transferSyntaxUid: string };

/**
 * As the transfer syntax says; where there is none, or the data set does not follow it, as the bytes look. The first
 * error tells more than the second.
 */
function* readDataSet(
  bytes: Uint8Array,
  start: number,
  declared: string,
  isFile: boolean,
  budget: number,
): Generator<undefined, Read> {
  if (start + 8 > bytes.length) throw new DicomError('dicom_truncated', 'no data set');
  const looks = encodingByLooks(bytes, start);
  const named = declared === '' ? looks : encodingOf(declared);
  const guessed = {
    transferSyntaxUid: looks.bigEndian
      ? EXPLICIT_BIG_ENDIAN
      : looks.explicit
        ? EXPLICIT_LITTLE_ENDIAN
        : IMPLICIT_LITTLE_ENDIAN,
  };
  const looksOtherwise = looks.explicit !== named.explicit || looks.bigEndian !== named.bigEndian;
  const asNamed = yield* readElements(bytes, start, named, budget);
  if (looksOtherwise && !isPlausible(asNamed)) {
    const asItLooks = yield* readElements(bytes, start, looks, budget);
    if (!(asItLooks instanceof DicomError) && isPlausible(asItLooks) && isObject(asItLooks))
      return { dataSet: asItLooks, ...guessed };
  }
  if (asNamed instanceof DicomError) throw asNamed;
  if ((declared === '' || !isFile) && !isPlausible(asNamed)) throw new DicomError('not_dicom');
  return { dataSet: asNamed, ...(declared === '' ? guessed : { transferSyntaxUid: declared }) };
}

/** The elements, or why there are none. */
function* readElements(
  bytes: Uint8Array,
  start: number,
  encoding: Encoding,
  budget: number,
): Generator<undefined, DataSet | DicomError> {
  const reader = new ElementReader(bytes, start, encoding, 0x7fe00010);
  try {
    while (!reader.run(budget)) yield undefined;
    return reader.dataSet;
  } catch (error) {
    if (error instanceof DicomError) return error;
    throw error;
  }
}

const encodingByLooks = (bytes: Uint8Array, start: number): Encoding => ({
  explicit: looksExplicit(bytes, start),
  bigEndian: bytes[start] === 0 && (bytes[start + 1] ?? 0) > 0,
});

/** It begins with an element of one of the groups that objects begin with. */
function isPlausible(dataSet: DataSet | DicomError): boolean {
  if (dataSet instanceof DicomError) return false;
  const [first = ''] = Object.keys(dataSet.elements);
  return /^x00(02|04|08|10|18|20|28)/.test(first);
}

/** It says what it is: damaged elements can look like the first ones of another byte order. */
const isObject = ({ elements }: DataSet): boolean =>
  elements.x00080016 !== undefined && elements.x00080018 !== undefined;

const MADE_UP_FROM = 1024;

/** Pixel data that runs over the end of the file, or is shorter than its rows and columns say, is a cut file. */
function checkPixelData(
  { dataSet, transferSyntaxUid }: Read,
  pixelData: Element | undefined,
  totalSize: number,
): void {
  if (!pixelData) return;
  const { dataOffset, length } = pixelData;
  const frames = Number(dataSet.string('x00280008')?.split('\\')[0] ?? 1);
  // A frame is a bit at least, and a fragment eight bytes: thousands more than there is room for are made up.
  if (frames > 8 * (MADE_UP_FROM + totalSize - dataOffset))
    throw new DicomError('dicom_truncated', `${frames} frames`);
  if (pixelData.hadUndefinedLength === true || length === 0xffffffff) {
    if (totalSize <= dataOffset + 8) throw new DicomError('dicom_truncated', 'no frame');
    return;
  }
  const missing = dataOffset + length - totalSize;
  if (missing > 0) throw new DicomError('dicom_truncated', `${missing} bytes of pixel data are missing`);
  if (!isNative(transferSyntaxUid)) return;
  const bits =
    (uint16(dataSet, 'x00280010') ?? 0) *
    (uint16(dataSet, 'x00280011') ?? 0) *
    (uint16(dataSet, 'x00280100') ?? 0) *
    (uint16(dataSet, 'x00280002') ?? 1) *
    frames;
  const subsampled = (dataSet.string('x00280004') ?? '').includes('422');
  const expected = Math.floor(bits / 8) / (subsampled ? 1.5 : 1);
  if (length < expected) throw new DicomError('dicom_truncated', `${length} of ${expected} bytes of pixels`);
}

export const hasPixels = (dataSet: DataSet): boolean =>
  PIXEL_TAGS.some((tag) => dataSet.elements[tag] !== undefined);
