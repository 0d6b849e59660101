import dicomParser, { type DataSet } from 'dicom-parser';

/** Exported by the library, forgotten in its types. */
export const { DataSet: DataSetClass } = dicomParser as unknown as {
  DataSet: new (parser: unknown, bytes: Uint8Array, elements: object) => DataSet;
};
