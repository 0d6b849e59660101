import { addScaled, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import { JOINED_UP_TO } from '../planes/stretch.ts';
import { toIndex, toPoint, type Volume } from '../planes/volume.ts';
import type { VoxelEdges } from './uncertainty.ts';
import { distance, scaled } from './vectors.ts';

/** [column, row, place]; places count along the volume's normal, as in lib/planes/geometry. */
export type Voxel = readonly [number, number, number];

/** The voxels of a volume, one by one: stored values without interpolation, in the displayed unit. */
export type VoxelGrid = {
  columns: number;
  rows: number;
  places: number;
  /** NaN where the slice is not loaded or the voxel does not exist. */
  value: (column: number, row: number, place: number) => number;
  centre: (voxel: Voxel) => Mm3;
  /** The voxel that a point lies in; null outside. */
  voxelAt: (point: Mm3) => Voxel | null;
  /** mm by which a slice's plane lies from a point, along the normal. */
  depth: (place: number, point: Mm3) => number;
  edges: (place: number) => VoxelEdges;
  volumeMm3: (place: number) => number;
};

/**
 * @param scale displayed value -> wanted value: from SUV by body weight to another normalisation, 1 else
 *
 * A slice is as thick as half the way to each of its neighbours, where those are near enough to be joined; towards a
 * missing slice and at the ends it reaches half of the usual distance. It is the rule of lib/planes/stretch.
 */
export function voxelGrid(volume: Volume, scale = 1): VoxelGrid {
  const { geometry, slices, columns, rows } = volume;
  const { offsets, order, sliceDistance, normal, rowDirection, columnDirection } = geometry;
  const factor = volume.factor * scale;
  const places = offsets.length;
  const half = (from: number, to: number): number => {
    const gap = Math.abs((offsets[to] ?? Number.POSITIVE_INFINITY) - (offsets[from] as number));
    return (gap <= sliceDistance * JOINED_UP_TO ? gap : sliceDistance) / 2;
  };
  const thickness = (place: number): number => half(place, place - 1) + half(place, place + 1);
  const inPlane: [Mm3, Mm3] = [
    scaled(rowDirection, geometry.columnSpacing),
    scaled(columnDirection, geometry.rowSpacing),
  ];
  return {
    columns,
    rows,
    places,
    value: (column, row, place) => {
      const slice = slices[order[place] ?? -1];
      if (!slice || column < 0 || row < 0 || column >= columns || row >= rows) return Number.NaN;
      return ((slice.pixels[row * columns + column] as number) * slice.slope + slice.intercept) * factor;
    },
    centre: (voxel) => toPoint(geometry, voxel),
    voxelAt: (point) => {
      const [column, row, place] = toIndex(geometry, point);
      if (Number.isNaN(place)) return null;
      const within = (index: number, count: number) => Math.min(count - 1, Math.max(0, Math.round(index)));
      const voxel = [within(column, columns), within(row, rows), within(place, places)] as const;
      // Between slices of which one is missing there is no voxel.
      const away = Math.abs(dot(normal, subtract(point, toPoint(geometry, voxel))));
      return away <= thickness(voxel[2]) / 2 + 1e-3 ? voxel : null;
    },
    depth: (place, point) => dot(normal, subtract(point, geometry.origin)) - (offsets[place] as number),
    edges: (place) => [...inPlane, scaled(normal, thickness(place))],
    volumeMm3: (place) => geometry.columnSpacing * geometry.rowSpacing * thickness(place),
  };
}

/** The edges of the voxel at a point, or of the middle of the volume outside of it. */
export function edgesAt(grid: VoxelGrid, point: Mm3): VoxelEdges {
  return grid.edges(grid.voxelAt(point)?.[2] ?? grid.places >> 1);
}

/** All voxels with their centre at most `radius` mm from a point and for which `inside` says yes. */
export function voxelsWithin(
  grid: VoxelGrid,
  centre: Mm3,
  radius: number,
  inside: (point: Mm3) => boolean = () => true,
): Voxel[] {
  const found: Voxel[] = [];
  const [alongRow, alongColumn] = grid.edges(0);
  for (let place = 0; place < grid.places; place += 1) {
    if (Math.abs(grid.depth(place, centre)) > radius) continue;
    const corner = grid.centre([0, 0, place]);
    const away = subtract(centre, corner);
    const [fromColumn, toColumn] = reach(away, alongRow, radius, grid.columns);
    const [fromRow, toRow] = reach(away, alongColumn, radius, grid.rows);
    for (let row = fromRow; row <= toRow; row += 1)
      for (let column = fromColumn; column <= toColumn; column += 1) {
        const voxel = [column, row, place] as const;
        const point = addScaled(addScaled(corner, alongRow, column), alongColumn, row);
        if (distance(point, centre) <= radius + 1e-6 && inside(point)) found.push(voxel);
      }
  }
  return found;
}

/** Indexes along one edge that can lie within `radius`; two more for rows and columns that are not quite square. */
function reach(away: Mm3, edge: Mm3, radius: number, count: number): [number, number] {
  const size = dot(edge, edge);
  const at = dot(away, edge) / size;
  const around = radius / Math.sqrt(size) + 2;
  return [Math.max(0, Math.ceil(at - around)), Math.min(count - 1, Math.floor(at + around))];
}
