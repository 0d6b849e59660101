import type { DataSet } from 'dicom-parser';

/** An Unsigned Short, or undefined where there is none or its value is too short to be one. */
export function uint16(dataSet: DataSet, tag: string): number | undefined {
  const element = dataSet.elements[tag];
  if (!element || element.length < 2 || element.dataOffset + 2 > dataSet.byteArray.length) return undefined;
  return dataSet.uint16(tag);
}
