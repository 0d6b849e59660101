import dicomParser, { type DataSet } from 'dicom-parser';
import { DicomError } from './errors.ts';
import { EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './uids.ts';

/** Exported by the library, forgotten in its types. */
const DataSetClass = (
  dicomParser as unknown as { DataSet: new (parser: unknown, bytes: Uint8Array, elements: object) => DataSet }
).DataSet;

/**
 * Elements without a file around them: what follows an object's pixel data, or the data set of an association.
 * @throws DicomError `dicom_unreadable`
 */
export function parseElements(bytes: Uint8Array, transferSyntaxUid: string): DataSet {
  const parser =
    transferSyntaxUid === EXPLICIT_BIG_ENDIAN
      ? dicomParser.bigEndianByteArrayParser
      : dicomParser.littleEndianByteArrayParser;
  const stream = new dicomParser.ByteStream(parser, bytes, 0);
  const dataSet = new DataSetClass(stream.byteArrayParser, bytes, {});
  try {
    if (transferSyntaxUid === IMPLICIT_LITTLE_ENDIAN)
      dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, { untilTag: '' });
    else dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, { untilTag: '' });
  } catch (error) {
    throw new DicomError('dicom_unreadable', `after the pixels: ${String(error).slice(0, 100)}`);
  }
  return dataSet;
}
