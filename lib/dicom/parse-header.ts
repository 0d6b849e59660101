import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { DicomError } from './errors.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  isNative,
} from './uids.ts';

export const PIXEL_DATA = 'x7fe00010';
const PIXEL_TAGS = new Set([PIXEL_DATA, 'x7fe00008', 'x7fe00009']);

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
  if (bytes.length < 8) throw new DicomError('not_dicom', 'shorter than one element');
  const parsed = hasPreamble(bytes) ? parsePart10(bytes, inflate) : parseBare(bytes);
  const pixelData = parsed.dataSet.elements[PIXEL_DATA];
  if (parsed.dataSet.elements.x00041220) throw new DicomError('dicom_dicomdir');
  if (Object.keys(parsed.dataSet.elements).length === 0) throw new DicomError('not_dicom', 'no element');
  checkEnd(parsed, bytes.length < totalSize);
  const end =
    parsed.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN ? parsed.dataSet.byteArray.length : totalSize;
  checkPixelData(parsed, pixelData, end);
  return { ...parsed, pixelData };
}

const hasPreamble = (bytes: Uint8Array): boolean =>
  bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;

/** Exported by the library, forgotten in its types. */
const DataSetClass = (
  dicomParser as unknown as { DataSet: new (parser: unknown, bytes: Uint8Array, elements: object) => DataSet }
).DataSet;

type Parsed = { dataSet: DataSet; transferSyntaxUid: string };

function parsePart10(bytes: Uint8Array, inflate: Inflate): Parsed {
  let deflatedFrom: number | undefined;
  try {
    const dataSet = dicomParser.parseDicom(bytes, {
      untilTag: PIXEL_DATA,
      inflater: (_: Uint8Array, position: number) => {
        deflatedFrom = position;
        throw new DicomError('dicom_unreadable', 'deflated');
      },
    });
    return { dataSet, transferSyntaxUid: dataSet.string('x00020010')?.trim() || IMPLICIT_LITTLE_ENDIAN };
  } catch (error) {
    if (deflatedFrom !== undefined) return parseDeflated(bytes, deflatedFrom, inflate);
    // No transfer syntax in the meta group, or one that the data set does not follow: try what the bytes look like.
    const start = endOfMeta(bytes);
    if (start !== undefined) {
      try {
        return parseFrom(bytes, start);
      } catch {
        // The first error tells more.
      }
    }
    throw asDicomError(error);
  }
}

/**
 * The parser reads an inflated file from its first byte and takes preamble and prefix for elements: it is given the
 * data set's own beginning instead.
 */
function parseDeflated(bytes: Uint8Array, start: number, inflate: Inflate): Parsed {
  const inflated = inflate(bytes.subarray(start));
  const whole = new Uint8Array(start + inflated.length);
  whole.set(bytes.subarray(0, start), 0);
  whole.set(inflated, start);
  try {
    return { ...parseFrom(whole, start), transferSyntaxUid: DEFLATED_LITTLE_ENDIAN };
  } catch (error) {
    throw asDicomError(error);
  }
}

/** A data set without preamble: it begins with an element of group 2 or 8 in one of the byte orders. */
function parseBare(bytes: Uint8Array): Parsed {
  const group = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const swapped = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (group === 2) {
    const start = endOfMeta(bytes, 0);
    if (start === undefined) throw new DicomError('not_dicom');
    return parseFrom(bytes, start);
  }
  if (group !== 8 && swapped !== 8) throw new DicomError('not_dicom');
  try {
    return parseFrom(bytes, 0);
  } catch (error) {
    throw asDicomError(error);
  }
}

function parseFrom(bytes: Uint8Array, start: number): Parsed {
  const bigEndian = bytes[start] === 0 && (bytes[start + 1] ?? 0) > 0;
  const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0));
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const stream = new dicomParser.ByteStream(parser, bytes, start);
  const dataSet = new DataSetClass(stream.byteArrayParser, stream.byteArray, {});
  const options = { untilTag: PIXEL_DATA };
  if (explicit) dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, options);
  else dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, options);
  Object.assign(dataSet, { warnings: (stream as { warnings?: string[] }).warnings });
  const first = Object.keys(dataSet.elements)[0] ?? '';
  if (!/^x00(02|08|10|18|20|28)/.test(first)) throw new DicomError('not_dicom');
  return {
    dataSet,
    transferSyntaxUid: bigEndian
      ? EXPLICIT_BIG_ENDIAN
      : explicit
        ? EXPLICIT_LITTLE_ENDIAN
        : IMPLICIT_LITTLE_ENDIAN,
  };
}

/** Where the file meta group ends, walking its explicit little endian elements; its own length may be wrong. */
function endOfMeta(bytes: Uint8Array, from = 132): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 2) {
    const vr = String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0);
    const long = /^(OB|OW|OF|SQ|UN|UT)$/.test(vr);
    at += long ? 12 + view.getUint32(at + 8, true) : 8 + view.getUint16(at + 6, true);
  }
  return at + 8 <= bytes.length ? at : undefined;
}

/**
 * The parser takes the end of the bytes for the end of a sequence and only warns. A structure set that was cut there
 * would have lost contours without a word: it is refused, and a head that does not reach the pixels is not enough.
 */
function checkEnd({ dataSet }: Parsed, isHead: boolean): void {
  const { warnings = [] } = dataSet as { warnings?: string[] };
  // A last value of less than four bytes in implicit VR only makes the parser wonder whether it is a sequence.
  if (
    warnings.some(
      (warning) => warning.startsWith('eof encountered') && !warning.includes('peeking to determine'),
    )
  )
    throw new DicomError('dicom_truncated', 'ends within a sequence');
  if (isHead && !hasPixels(dataSet)) throw new DicomError('dicom_truncated', 'the header goes on');
}

/** Pixel data that runs over the end of the file, or is shorter than its rows and columns say, is a cut file. */
function checkPixelData(parsed: Parsed, pixelData: Element | undefined, totalSize: number): void {
  const { dataSet, transferSyntaxUid } = parsed;
  if (!pixelData || pixelData.length === undefined) return;
  const undefinedLength = pixelData.length === 0xffffffff || pixelData.hadUndefinedLength === true;
  if (undefinedLength) {
    if (totalSize <= pixelData.dataOffset + 8) throw new DicomError('dicom_truncated', 'no frame');
    return;
  }
  if (pixelData.dataOffset + pixelData.length > totalSize) {
    const missing = pixelData.dataOffset + pixelData.length - totalSize;
    throw new DicomError('dicom_truncated', `${missing} bytes of pixel data are missing`);
  }
  if (!isNative(transferSyntaxUid)) return;
  const bits =
    (dataSet.uint16('x00280010') ?? 0) *
    (dataSet.uint16('x00280011') ?? 0) *
    (dataSet.uint16('x00280100') ?? 0) *
    (dataSet.uint16('x00280002') ?? 1) *
    Number(dataSet.intString('x00280008') ?? 1);
  const subsampled = (dataSet.string('x00280004') ?? '').includes('422');
  const expected = Math.floor(bits / 8) / (subsampled ? 1.5 : 1);
  if (pixelData.length < expected)
    throw new DicomError('dicom_truncated', `${pixelData.length} of ${expected} bytes of pixels`);
}

export function hasPixels(dataSet: DataSet): boolean {
  return Object.keys(dataSet.elements).some((tag) => PIXEL_TAGS.has(tag));
}

function asDicomError(error: unknown): DicomError {
  if (error instanceof DicomError) return error;
  // dicom-parser throws strings and plain objects as well as errors.
  const text =
    error instanceof Error
      ? error.message
      : typeof error === 'string'
        ? error
        : String((error as { exception?: unknown })?.exception ?? error);
  if (error instanceof RangeError && /call stack/i.test(text))
    return new DicomError('dicom_unreadable', 'nested too deeply');
  if (/maxP|past the end|attempt to read past|eof|out of (range|bounds)|unexpected end/i.test(text))
    return new DicomError('dicom_truncated', text);
  return new DicomError('dicom_unreadable', text.slice(0, 200));
}
