import type { DataSet, Element } from 'dicom-parser';
import type { Encoding } from './encoding.ts';
import { DicomError } from './errors.ts';
import { type ParsedHeader, PIXEL_DATA } from './parse-header.ts';
import type { Edits } from './rewrite-edits.ts';
import { headLength, UNDEFINED_LENGTH } from './rewrite-value.ts';
import { EditedWriter } from './rewrite-writer.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from './uids.ts';
import { fileMeta } from './write-file-meta.ts';

export type { Edit, Edits, ElementView, NewElement, NewItem, NewValue } from './rewrite-edits.ts';

export type Rewritten = {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** Preamble and file meta group. */
  meta: Uint8Array;
  /** The data set up to the pixel data element, not including it. */
  head: Uint8Array;
  /** The pixel data element with its head: this stretch of the file, or these bytes where the file was deflated. */
  pixels: { start: number; end: number } | Uint8Array | null;
  /** What follows the pixel data. */
  tail: Uint8Array;
};

/**
 * A file's new bytes. What no edit touches keeps its bytes, private and unknown elements too; group lengths go, and of
 * an element that stands twice the last stays. Items are written anew only where something in them changed. Text goes
 * in the object's own character set; if one text does not fit, all of the object's text becomes UTF-8.
 * A deflated data set is written as explicit little endian.
 * @param parsed of the file's head at least
 * @param after where the pixel data element ends in the file, and the data set of what follows (`parseElements`)
 * @throws DicomError `dicom_missing_uid` without SOP class or instance UID, `dicom_unreadable` where the bytes are not
 *   what the parser took them for
 */
export function rewrite(
  parsed: ParsedHeader,
  edits: Edits,
  after?: { pixelEnd: number; trailing?: DataSet | undefined },
): Rewritten {
  const writer = new EditedWriter(edits);
  const syntax = parsed.transferSyntaxUid;
  const encoding = {
    explicit: syntax !== IMPLICIT_LITTLE_ENDIAN,
    bigEndian: syntax === EXPLICIT_BIG_ENDIAN,
  };
  const characterSet = parsed.dataSet.string('x00080005');
  const write = (utf8: boolean) => {
    const context = { encoding, characterSet, path: [], utf8 };
    if (!parsed.pixelData)
      return { head: writer.dataSet(parsed.dataSet, context, () => true), tail: new Uint8Array() };
    return {
      // Where elements are out of order, some of greater tags stand before the pixels too.
      head: writer.dataSet(
        parsed.dataSet,
        context,
        (tag) => tag < PIXEL_DATA,
        (tag) => tag !== PIXEL_DATA,
      ),
      tail: writer.trailing(parsed.dataSet, after?.trailing, context),
    };
  };
  let bytes = write(false);
  if (writer.textDidNotFit) bytes = write(true);
  // Big endian, group 0200 begins with the bytes of group 0002: without a group length before it, it would be read as file meta.
  if (bytes.head[0] === 2 && bytes.head[1] === 0)
    throw new DicomError('dicom_unreadable', 'the data set would begin like file meta');
  const sopClassUid = writer.uid(parsed.dataSet, 'x00080016');
  const sopInstanceUid = writer.uid(parsed.dataSet, 'x00080018');
  if (!sopClassUid || !sopInstanceUid) throw new DicomError('dicom_missing_uid');
  const transferSyntaxUid = syntax === DEFLATED_LITTLE_ENDIAN ? EXPLICIT_LITTLE_ENDIAN : syntax;
  const object = { sopClassUid, sopInstanceUid, transferSyntaxUid };
  return { ...object, meta: fileMeta(object), ...bytes, pixels: pixelsOf(parsed, encoding, after?.pixelEnd) };
}

/** Pixel data in fragments (PS3.5 A.4): where it ends, only its fragments tell. */
export const isEncapsulated = (pixelData: Element): boolean =>
  pixelData.length === UNDEFINED_LENGTH || pixelData.hadUndefinedLength === true;

function pixelsOf(
  parsed: ParsedHeader,
  encoding: Encoding,
  pixelEnd: number | undefined,
): Rewritten['pixels'] {
  const { pixelData, dataSet } = parsed;
  if (!pixelData) return null;
  const start = pixelData.dataOffset - headLength(pixelData.vr, encoding);
  const end = pixelEnd ?? pixelData.dataOffset + pixelData.length;
  if (isEncapsulated(pixelData) && pixelEnd === undefined)
    throw new DicomError('dicom_unreadable', 'where the pixel data ends is to be given');
  return parsed.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN
    ? (dataSet.byteArray.subarray(start, end) as Uint8Array)
    : { start, end };
}
