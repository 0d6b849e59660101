/**
 * Where a structure's outline belongs on a plane, told by the DICOM files alone: read by dcmjs, filled by the even-odd
 * rule line by line. None of the product's geometry is in it.
 */
import fs from 'node:fs/promises';
import dcmjs from 'dcmjs';

type Point = readonly [number, number];
type Triple = readonly [number, number, number];
/** Closed contours on one axial plane, in mm. */
export type ContourPlane = { z: number; polygons: Point[][]; low: Point; high: Point };

/** The images' grid, from the outer edge of its voxels on, in mm. Slices at equal distances along z. */
export type Grid = { first: Triple; spacing: Triple; counts: Triple };
/** A plane of the screen: `right` and `down` are patient axes with their signs. */
export type Screen = {
  right: Triple;
  down: Triple;
  focal: Triple;
  width: number;
  height: number;
  zoom: number;
};
/** Places on the screen in CSS pixels where inside and outside meet, and mm of one such pixel. */
export type Outline = { edges: Point[]; mmPerPixel: number };

/** How finely the mask is filled, per pixel of the screen. */
const FINE = 4;

const FAR: Point = [1e9, 1e9];

type DataSet = Record<string, unknown>;

dcmjs.log?.setLevel?.('error');

async function naturalised(file: string): Promise<DataSet> {
  const bytes = await fs.readFile(file);
  const read = dcmjs.data.DicomMessage.readFile(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  );
  return dcmjs.data.DicomMetaDictionary.naturalizeDataset(read.dict) as DataSet;
}

const list = (value: unknown): DataSet[] => (Array.isArray(value) ? value : value ? [value as DataSet] : []);
const numbers = (value: unknown): number[] => (value as (number | string)[]).map(Number);

/** The contours of a structure set's only ROI, by plane. */
export async function contourPlanes(file: string): Promise<ContourPlane[]> {
  const planes = new Map<string, ContourPlane>();
  for (const roi of list((await naturalised(file)).ROIContourSequence))
    for (const contour of list(roi.ContourSequence)) {
      const data = numbers(contour.ContourData);
      const z = data[2] ?? 0;
      const plane = planes.get(z.toFixed(2)) ?? { z, polygons: [], low: FAR, high: [-FAR[0], -FAR[1]] };
      const polygon: Point[] = [];
      for (let at = 0; at + 2 < data.length; at += 3) {
        const [x, y] = [data[at] ?? 0, data[at + 1] ?? 0];
        polygon.push([x, y]);
        plane.low = [Math.min(plane.low[0], x), Math.min(plane.low[1], y)];
        plane.high = [Math.max(plane.high[0], x), Math.max(plane.high[1], y)];
      }
      plane.polygons.push(polygon);
      planes.set(z.toFixed(2), plane);
    }
  return [...planes.values()].sort((a, b) => a.z - b.z);
}

/** The grid of an axial series, head first and supine. */
export async function gridOf(files: readonly string[]): Promise<Grid> {
  const sets = await Promise.all(files.map(naturalised));
  const images = sets.filter(({ Modality }) => Modality === 'CT');
  const [image] = images;
  if (!image) throw new Error('No CT image among the files');
  const places = images.map((one) => numbers(one.ImagePositionPatient)[2] ?? 0).sort((a, b) => a - b);
  const [rowSpacing = 1, columnSpacing = 1] = numbers(image.PixelSpacing);
  const [x = 0, y = 0] = numbers(image.ImagePositionPatient);
  const distance = ((places.at(-1) ?? 0) - (places[0] ?? 0)) / (places.length - 1);
  return {
    first: [x, y, places[0] ?? 0],
    spacing: [columnSpacing, rowSpacing, distance],
    counts: [Number(image.Columns), Number(image.Rows), places.length],
  };
}

/** Nearest centre of a voxel along an axis: the page tells tenths of a millimetre only. */
export function onVoxel(grid: Grid, axis: 0 | 1 | 2, mm: number): number {
  const step = Math.round((mm - grid.first[axis]) / grid.spacing[axis]);
  return grid.first[axis] + step * grid.spacing[axis];
}

/**
 * Where a line along one axis crosses a plane's polygons, sorted. By the even-odd rule a point of the line is inside
 * when an odd number of them lies beyond it: a hole is a polygon within another.
 */
function crossings({ polygons, low, high }: ContourPlane, along: 0 | 1, at: number): number[] {
  const across = along === 0 ? 1 : 0;
  const found: number[] = [];
  if (at < low[across] || at > high[across]) return found;
  for (const polygon of polygons)
    for (let index = 0; index < polygon.length; index += 1) {
      const a = polygon[index] as Point;
      const b = polygon.at(index - 1) as Point;
      if (a[across] > at === b[across] > at) continue;
      const share = (at - a[across]) / (b[across] - a[across]);
      found.push(a[along] + share * (b[along] - a[along]));
    }
  return found.sort((a, b) => a - b);
}

/** A contour stands for the slab half-way to its neighbours. */
function planeAt(planes: readonly ContourPlane[], z: number, distance: number): ContourPlane | undefined {
  const near = planes.reduce((best, one) => (Math.abs(one.z - z) < Math.abs(best.z - z) ? one : best));
  return Math.abs(near.z - z) <= distance / 2 ? near : undefined;
}

/** Fills the structure on the plane of a screen and gives the outline of what was filled. */
export function outlineOn(planes: readonly ContourPlane[], grid: Grid, screen: Screen): Outline {
  const size = grid.counts.map((count, axis) => count * (grid.spacing[axis] ?? 0));
  const long = (axis: Triple) => axis.reduce((sum, part, at) => sum + Math.abs(part) * (size[at] ?? 0), 0);
  const { right, down, focal, width, height, zoom } = screen;
  const mmPerPixel = Math.max(long(right) / width, long(down) / height) / zoom;
  const [columns, rows] = [width * FINE, height * FINE];
  const step = mmPerPixel / FINE;
  const filled = new Uint8Array(columns * rows);
  const along = right[0] === 0 ? 1 : 0;
  const across = along === 0 ? 1 : 0;
  for (let row = 0; row < rows; row += 1) {
    const b = (row + 0.5 - rows / 2) * step;
    // All of a row lies at one z: no plane that is looked at is tilted.
    const plane = planeAt(planes, focal[2] + b * down[2], grid.spacing[2]);
    if (!plane) continue;
    const crossed = crossings(plane, along, focal[across] + b * down[across]);
    for (let column = 0; crossed.length > 0 && column < columns; column += 1) {
      const a = (column + 0.5 - columns / 2) * step;
      const at = focal[along] + a * right[along] + b * down[along];
      let beyond = 0;
      for (const one of crossed) if (one > at) beyond += 1;
      if (beyond % 2 === 1) filled[row * columns + column] = 1;
    }
  }
  const edges: Point[] = [];
  const [first, last] = [filled.indexOf(1), filled.lastIndexOf(1)];
  if (first < 0) return { edges, mmPerPixel };
  const from = Math.max(0, Math.floor(first / columns) - 1);
  for (let row = from; row < Math.min(rows - 1, Math.floor(last / columns) + 1); row += 1)
    for (let column = 0; column + 1 < columns; column += 1) {
      const here = filled[row * columns + column];
      if (here !== filled[row * columns + column + 1]) edges.push([(column + 1) / FINE, (row + 0.5) / FINE]);
      if (here !== filled[(row + 1) * columns + column])
        edges.push([(column + 0.5) / FINE, (row + 1) / FINE]);
    }
  return { edges, mmPerPixel };
}
