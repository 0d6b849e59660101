import type { DataSet } from 'dicom-parser';
import { ElementReader } from './element-reader.ts';
import { EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './uids.ts';

/**
 * Elements without a file around them: what follows an object's pixel data, or a data set without its file meta group.
 * @throws DicomError `dicom_unreadable`, `dicom_truncated`, `dicom_ambiguous`
 */
export function parseElements(bytes: Uint8Array, transferSyntaxUid: string): DataSet {
  const reader = new ElementReader(bytes, 0, {
    explicit: transferSyntaxUid !== IMPLICIT_LITTLE_ENDIAN,
    bigEndian: transferSyntaxUid === EXPLICIT_BIG_ENDIAN,
  });
  reader.run();
  return reader.dataSet;
}
