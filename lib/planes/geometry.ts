import { addScaled, cross, dot, type ImagePlane, length, type Mm3, subtract } from '../dicom/image-plane.ts';

/**
 * Where the voxels of a stack of parallel images lie. A *place* is a slice's number along `normal`, from 0. Slices may
 * be unevenly spaced and displaced sideways (gantry tilt): between two slices the grid runs straight from the one's
 * pixels to the other's, so that patient mm to (column, row, place) is affine from slice to slice and continuous.
 */
export type VolumeGeometry = {
  frameOfReferenceUid: string | null;
  columns: number;
  rows: number;
  /** Centre of the first pixel of place 0, patient mm. */
  origin: Mm3;
  /** Unit vectors along a row and along a column, as in ImagePlane. */
  rowDirection: Mm3;
  columnDirection: Mm3;
  /** Unit vector perpendicular to the slices, the way places grow: along or against rowDirection x columnDirection. */
  normal: Mm3;
  /** mm between columns and between rows. */
  columnSpacing: number;
  rowSpacing: number;
  /** Columns and rows per mm: dot((point - origin), axis) is the index on a stack that is not sheared. */
  columnAxis: Mm3;
  rowAxis: Mm3;
  /** Place -> index among the planes that were given. The identity where those were in order, either way. */
  order: readonly number[];
  /** mm of each place along `normal` from `origin`, ascending. */
  offsets: Float64Array;
  /** By how many columns and rows each place's first pixel is displaced from `origin`, in the plane. */
  columnShifts: Float64Array;
  rowShifts: Float64Array;
  /** Median distance of neighbouring slices in mm. */
  sliceDistance: number;
};

/** `not_parallel`: the images differ in direction, size, pixel spacing or Frame of Reference. */
export type VolumeRefusal = 'no_geometry' | 'one_image' | 'repeated_position' | 'colour' | 'not_parallel';
export type GeometryResult = { ok: true; geometry: VolumeGeometry } | { ok: false; reason: VolumeRefusal };

/** Slices nearer to each other than this, in mm, are at one position: as in lib/dicom/image-plane-order. */
const ONE_POSITION_MM = 0.02;
/** No pixel may lie further from where the first image's directions put it than this part of a pixel. */
const SKEW_PIXELS = 0.1;

const refuse = (reason: VolumeRefusal): GeometryResult => ({ ok: false, reason });

/**
 * The volume that images of one stack make, or why they make none. Any order; an image without geometry refuses them
 * all, as its place is not known. (`colour` is for those who know the pixels.)
 */
export function volumeGeometry(planes: readonly (ImagePlane | null)[]): GeometryResult {
  const known = planes.filter((plane): plane is ImagePlane => plane !== null);
  if (known.length < planes.length) return refuse('no_geometry');
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || known.length < 2) return refuse('one_image');
  if (!known.every((plane) => alike(first, plane))) return refuse('not_parallel');
  const normal = along(first, last);
  const position = (index: number) => dot(normal, known[index]?.origin ?? first.origin);
  const order = [...known.keys()].sort((a, b) => position(a) - position(b));
  const origin = known[order[0] ?? 0]?.origin ?? first.origin;
  const [columnAxis, rowAxis] = inPlaneAxes(first);
  const away = (axis: Mm3) =>
    Float64Array.from(order, (index) => dot(axis, subtract(known[index]?.origin ?? origin, origin)));
  const offsets = away(normal);
  const steps = Array.from(offsets.subarray(1), (offset, index) => offset - (offsets[index] ?? 0));
  if (steps.some((step) => step < ONE_POSITION_MM)) return refuse('repeated_position');
  const { frameOfReferenceUid, columns, rows, rowDirection, columnDirection, columnSpacing, rowSpacing } =
    first;
  return {
    ok: true,
    geometry: {
      ...{ frameOfReferenceUid, columns, rows, rowDirection, columnDirection, columnSpacing, rowSpacing },
      ...{ origin, normal, columnAxis, rowAxis, order, offsets },
      columnShifts: away(columnAxis),
      rowShifts: away(rowAxis),
      sliceDistance: median(steps),
    },
  };
}

function alike(a: ImagePlane, b: ImagePlane): boolean {
  const turned =
    length(subtract(a.rowDirection, b.rowDirection)) * a.columns * a.columnSpacing +
    length(subtract(a.columnDirection, b.columnDirection)) * a.rows * a.rowSpacing;
  return (
    turned <= SKEW_PIXELS * Math.min(a.columnSpacing, a.rowSpacing) &&
    a.rows === b.rows &&
    a.columns === b.columns &&
    Math.abs(a.rowSpacing - b.rowSpacing) < 1e-3 &&
    Math.abs(a.columnSpacing - b.columnSpacing) < 1e-3 &&
    a.frameOfReferenceUid === b.frameOfReferenceUid
  );
}

/** The images' normal, turned the way in which they were given. */
function along(first: ImagePlane, last: ImagePlane): Mm3 {
  const across = cross(first.rowDirection, first.columnDirection);
  const size = length(across) * (dot(across, subtract(last.origin, first.origin)) < 0 ? -1 : 1);
  return [across[0] / size, across[1] / size, across[2] / size];
}

/** Directions that are perpendicular within DICOM's tolerance only would displace far pixels: the dual base does not. */
function inPlaneAxes({ rowDirection, columnDirection, columnSpacing, rowSpacing }: ImagePlane): [Mm3, Mm3] {
  const slant = dot(rowDirection, columnDirection);
  const scale = (1 - slant * slant) ** -1;
  const dual = (a: Mm3, b: Mm3, spacing: number): Mm3 => {
    const [x, y, z] = addScaled(a, b, -slant);
    return [(x * scale) / spacing, (y * scale) / spacing, (z * scale) / spacing];
  };
  return [
    dual(rowDirection, columnDirection, columnSpacing),
    dual(columnDirection, rowDirection, rowSpacing),
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * The number of the stretch between places k and k + 1 that an offset along the normal lies in: -1 before the first
 * place, the last place's number behind it.
 */
export function stretchNumber(offsets: Float64Array, offset: number): number {
  let low = -1;
  let high = offsets.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Fractional [column, row, place] of a patient point, 0 being the centre of the first voxel. NaN outside: further than
 * half a voxel beyond the outer voxels' centres (half the slice distance along the normal). Whether slices are there,
 * or too far apart to be joined, is not asked.
 */
export function toIndex(geometry: VolumeGeometry, point: Mm3): [number, number, number] {
  const { offsets, columnShifts, rowShifts, columns, rows, sliceDistance } = geometry;
  const away = subtract(point, geometry.origin);
  const offset = dot(away, geometry.normal);
  const last = offsets.length - 1;
  const k = stretchNumber(offsets, offset);
  // Beyond the ends the grid goes on as it does between the last two slices.
  const from = Math.min(Math.max(k, 0), last - 1);
  const start = offsets[from] as number;
  const part = (offset - start) / ((offsets[from + 1] as number) - start);
  const shift = (shifts: Float64Array) =>
    (shifts[from] as number) + part * ((shifts[from + 1] as number) - (shifts[from] as number));
  const column = dot(away, geometry.columnAxis) - shift(columnShifts);
  const row = dot(away, geometry.rowAxis) - shift(rowShifts);
  const beyond = k < 0 ? offset : k >= last ? offset - (offsets[last] as number) : 0;
  const place = k < 0 ? beyond / sliceDistance : k >= last ? last + beyond / sliceDistance : from + part;
  const inside =
    within(column, columns) && within(row, rows) && Math.abs(beyond) <= sliceDistance / 2 + EDGE_MM;
  return inside ? [column, row, place] : [Number.NaN, Number.NaN, Number.NaN];
}

/** So far beyond the edge, in voxels and in mm, is rounding. */
export const EDGE = 1e-6;
export const EDGE_MM = 1e-6;

const within = (index: number, count: number): boolean => index >= -0.5 - EDGE && index <= count - 0.5 + EDGE;

/** The patient point of a fractional [column, row, place]; beyond the ends the grid goes on as between the last two. */
export function toPoint(geometry: VolumeGeometry, [column, row, place]: Mm3): Mm3 {
  const { offsets, columnShifts, rowShifts, sliceDistance } = geometry;
  const last = offsets.length - 1;
  const from = Math.min(Math.max(Math.floor(place), 0), last - 1);
  const gap = (offsets[from + 1] as number) - (offsets[from] as number);
  const part =
    place < 0
      ? (place * sliceDistance) / gap
      : place > last
        ? 1 + ((place - last) * sliceDistance) / gap
        : place - from;
  const at = (values: Float64Array) =>
    (values[from] as number) + part * ((values[from + 1] as number) - (values[from] as number));
  const alongNormal = addScaled(geometry.origin, geometry.normal, at(offsets));
  const alongRow = addScaled(
    alongNormal,
    geometry.rowDirection,
    (column + at(columnShifts)) * geometry.columnSpacing,
  );
  return addScaled(alongRow, geometry.columnDirection, (row + at(rowShifts)) * geometry.rowSpacing);
}
