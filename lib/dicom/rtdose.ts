import { fromBigEndian32 } from './big-endian-32.ts';
import { type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';
import { imagePlane, type Mm3 } from './image-plane.ts';

/** A dose distribution on planes perpendicular to `normal` (RT Dose module, PS3.3 C.8.8.3). */
export type DoseGrid = {
  sopInstanceUid: string;
  frameOfReferenceUid: string;
  /** Centre of the first voxel of the first plane, patient mm. */
  origin: Mm3;
  rowDirection: Mm3;
  columnDirection: Mm3;
  normal: Mm3;
  /** mm along `rowDirection` and along `columnDirection`. */
  columnSpacing: number;
  rowSpacing: number;
  columns: number;
  rows: number;
  /** mm of each plane from `origin` along `normal`, ascending; need not be even. */
  offsets: Float64Array;
  /** Gy, plane after plane in order of `offsets`, row after row. */
  doses: Float32Array;
  /** PHYSICAL or EFFECTIVE (radiobiologically weighted); '' when the object does not say. */
  doseType: string;
  /** PLAN, BEAM, FRACTION… */
  summationType: string;
  referencedPlanUid: string;
};

export type DoseRefusal =
  | 'not_gray'
  | 'error_dose'
  | 'no_geometry'
  | 'no_frame_of_reference'
  | 'frame_offsets'
  | 'single_plane'
  | 'pixel_format'
  | 'scaling_missing'
  | 'pixels_short';

export type DoseResult = { known: true; grid: DoseGrid } | { known: false; reason: DoseRefusal };

const no = (reason: DoseRefusal): DoseResult => ({ known: false, reason });

/**
 * An RT Dose object as a grid in Gy, or why it cannot be one.
 * @param pixels native pixel data: 16 or 32 bits, frames one after the other
 */
export function parseDose(json: JsonDataSet, pixels: Uint8Array, bigEndian = false): DoseResult {
  // RELATIVE is a percentage of something that the object does not name.
  if (textValue(json, '30040002').toUpperCase() !== 'GY') return no('not_gray');
  if (textValue(json, '30040004') === 'ERROR') return no('error_dose');
  const plane = imagePlane(json);
  if (!plane) return no('no_geometry');
  if (!plane.frameOfReferenceUid) return no('no_frame_of_reference');
  const frames = numberValue(json, '00280008') ?? 1;
  if (frames < 2) return no('single_plane');
  const offsets = planeOffsets(numberValues(json, '3004000C'), frames, plane.origin, plane.normal);
  if (!offsets) return no('frame_offsets');
  const scaling = numberValue(json, '3004000E');
  if (scaling === null || scaling <= 0) return no('scaling_missing');
  const bits = numberValue(json, '00280100');
  if ((bits !== 16 && bits !== 32) || (numberValue(json, '00280002') ?? 1) !== 1) return no('pixel_format');
  const perPlane = plane.rows * plane.columns;
  if (pixels.length < (perPlane * frames * bits) / 8) return no('pixels_short');
  const stored = storedValues(pixels, bits, numberValue(json, '00280103') === 1, bigEndian);
  const order = Array.from(offsets.keys()).sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
  const doses = new Float32Array(perPlane * frames);
  for (const [at, frame] of order.entries())
    scalePlane(stored, frame * perPlane, scaling, doses.subarray(at * perPlane, (at + 1) * perPlane));
  const plan = json['300C0002']?.Value?.[0] as JsonDataSet | undefined;
  return {
    known: true,
    grid: {
      sopInstanceUid: textValue(json, '00080018'),
      frameOfReferenceUid: plane.frameOfReferenceUid,
      origin: plane.origin,
      rowDirection: plane.rowDirection,
      columnDirection: plane.columnDirection,
      normal: plane.normal,
      columnSpacing: plane.columnSpacing,
      rowSpacing: plane.rowSpacing,
      columns: plane.columns,
      rows: plane.rows,
      offsets: Float64Array.from(order, (frame) => offsets[frame] ?? 0),
      doses,
      doseType: textValue(json, '30040004'),
      summationType: textValue(json, '3004000A'),
      referencedPlanUid: textValue(plan, '00081155'),
    },
  };
}

/**
 * Where the planes lie along the normal. PS3.3 C.8.8.3.2 has two conventions: a first value of zero makes the vector
 * relative to Image Position (Patient); a first value equal to its z makes it patient z, for transverse grids.
 */
function planeOffsets(vector: number[] | null, frames: number, origin: Mm3, normal: Mm3): number[] | null {
  if (vector?.length !== frames) return null;
  const steps = vector.slice(1).map((value, index) => value - (vector[index] ?? 0));
  const direction = Math.sign(steps[0] ?? 0);
  if (direction === 0 || steps.some((step) => Math.sign(step) !== direction)) return null;
  const [first = 0] = vector;
  if (first === 0) return vector;
  const transverse = Math.abs(normal[2]) > 0.9999;
  if (!transverse || Math.abs(first - origin[2]) > 0.01) return null;
  return vector.map((z) => (normal[2] > 0 ? z - first : first - z));
}

function scalePlane(stored: Stored, from: number, scaling: number, doses: Float32Array): void {
  for (let pixel = 0; pixel < doses.length; pixel += 1) doses[pixel] = (stored[from + pixel] ?? 0) * scaling;
}

type Stored = Uint16Array | Int16Array | Uint32Array | Int32Array;

/** Pixel values as numbers of the machine, which is little endian wherever a browser or Node runs. */
function storedValues(pixels: Uint8Array, bits: 16 | 32, signed: boolean, bigEndian: boolean): Stored {
  const bytes = bigEndian ? (bits === 16 ? swapped16(pixels) : fromBigEndian32(pixels)) : pixels;
  const count = Math.floor((bytes.length * 8) / bits);
  // Numbers lie at multiples of their size.
  const aligned = bytes.byteOffset % (bits / 8) === 0 ? bytes : new Uint8Array(bytes);
  const { buffer, byteOffset } = aligned;
  if (bits === 16)
    return signed ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
  return signed ? new Int32Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}

function swapped16(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(pixels.length);
  for (let at = 0; at + 1 < pixels.length; at += 2) {
    result[at] = pixels[at + 1] ?? 0;
    result[at + 1] = pixels[at] ?? 0;
  }
  return result;
}
