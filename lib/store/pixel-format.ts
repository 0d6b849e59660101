import type { DataSet } from 'dicom-parser';

/** How the pixels of an object lie (PS3.3 C.7.6.3), as its header says. */
export type PixelFormat = {
  rows: number;
  columns: number;
  /** Bits allocated, stored and the highest of them. */
  bits: number;
  stored: number;
  high: number;
  signed: boolean;
  samples: number;
  planar: boolean;
  photometric: string;
  /** Float (7FE0,0008) or double float (7FE0,0009) pixel data. */
  float: boolean;
};

export function pixelFormat(dataSet: DataSet): PixelFormat {
  const float = dataSet.elements.x7fe00008 !== undefined || dataSet.elements.x7fe00009 !== undefined;
  const bits = dataSet.uint16('x00280100') ?? 16;
  const stored = Math.min(dataSet.uint16('x00280101') || bits, bits);
  return {
    rows: dataSet.uint16('x00280010') ?? 0,
    columns: dataSet.uint16('x00280011') ?? 0,
    bits,
    stored,
    high: Math.min(dataSet.uint16('x00280102') ?? stored - 1, bits - 1),
    signed: dataSet.uint16('x00280103') === 1,
    samples: dataSet.uint16('x00280002') ?? 1,
    planar: dataSet.uint16('x00280006') === 1,
    photometric: (dataSet.string('x00280004') ?? 'MONOCHROME2').trim().toUpperCase(),
    float,
  };
}
