import zlib from 'node:zlib';
import dicomParser, { type DataSet } from 'dicom-parser';
import { DataSetClass } from '@/lib/dicom/data-set-class.ts';
import { type DicomJson, toDicomJson } from '@/lib/dicom/json.ts';
import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { DimseError } from './errors.ts';

/** No tag is that: the parser's types want one. */
const toTheEnd = { untilTag: '' };

/**
 * Parses a data set without preamble and file meta, as it travels. Throws DimseError `protocol_error`.
 * @param limit how many bytes a deflated one may unpack to
 */
export function parseDataSet(bytes: Buffer, transferSyntax: string, limit = 16 * 1024 * 1024): DataSet {
  try {
    const plain =
      transferSyntax === DEFLATED_LITTLE_ENDIAN
        ? zlib.inflateRawSync(bytes, { maxOutputLength: limit })
        : bytes;
    const parser =
      transferSyntax === EXPLICIT_BIG_ENDIAN
        ? dicomParser.bigEndianByteArrayParser
        : dicomParser.littleEndianByteArrayParser;
    const stream = new dicomParser.ByteStream(parser, plain, 0);
    const dataSet = new DataSetClass(stream.byteArrayParser, stream.byteArray, {});
    if (transferSyntax === IMPLICIT_LITTLE_ENDIAN) {
      dicomParser.parseDicomDataSetImplicit(dataSet, stream, plain.length, toTheEnd);
    } else dicomParser.parseDicomDataSetExplicit(dataSet, stream, plain.length, toTheEnd);
    return dataSet;
  } catch (cause) {
    throw new DimseError('protocol_error', 'the data set cannot be read', { cause });
  }
}

/** An identifier as DICOM JSON, its text decoded by its own character set. Throws DimseError `protocol_error`. */
export function decodeDataSet(bytes: Buffer, transferSyntax: string): DicomJson {
  const dataSet = parseDataSet(bytes, transferSyntax);
  try {
    return toDicomJson(dataSet, () => '');
  } catch (cause) {
    throw new DimseError('protocol_error', 'the data set cannot be read', { cause });
  }
}
