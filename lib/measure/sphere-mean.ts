import { addScaled, dot, length, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { VoxelEdges } from './uncertainty.ts';
import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** Each voxel is cut into this many parts along each edge where the sphere's surface passes through it. */
const PARTS = 5;

/** One voxel's place relative to the sphere's own column and row, and mm³ of it in the sphere. */
export type Piece = { column: number; row: number; place: number; volume: number };

/**
 * Mean of a sphere round a fractional voxel index; NaN when a part of it is not known.
 * @param pieces what `spherePieces` gave for this place and the fractions of column and row
 */
export function sphereMean(
  grid: VoxelGrid,
  at: Voxel,
  radius: number,
  pieces = spherePieces(grid, at, radius),
) {
  const column = Math.floor(at[0]);
  const row = Math.floor(at[1]);
  let sum = 0;
  let weight = 0;
  for (const piece of pieces) {
    sum += piece.volume * grid.value(column + piece.column, row + piece.row, piece.place);
    weight += piece.volume;
  }
  return sum / weight;
}

/** The same for every sphere whose centre is at the same place and the same fractions of column and row. */
export function spherePieces(grid: VoxelGrid, at: Voxel, radius: number): Piece[] {
  const [column, row] = [at[0] - Math.floor(at[0]), at[1] - Math.floor(at[1])];
  const centre = grid.centre([column, row, at[2]]);
  const pieces: Piece[] = [];
  // One place more on either side than there is: a sphere that reaches out there is not known.
  for (let place = -1; place <= grid.places; place += 1) {
    const [u, v, w] = grid.edges(Math.min(grid.places - 1, Math.max(0, place)));
    const reach = radius + Math.hypot(...u, ...v, ...w) / 2;
    const first = grid.centre([0, 0, place]);
    const away = subtract(centre, first);
    // Most slices of a body lie nowhere near.
    if (Math.abs(dot(away, w)) > reach * length(w)) continue;
    const columns = span(away, u, reach);
    const rows = span(away, v, reach);
    for (let r = rows[0]; r <= rows[1]; r += 1)
      for (let c = columns[0]; c <= columns[1]; c += 1) {
        const middle = addScaled(addScaled(first, u, c), v, r);
        const share = shareInSphere([u, v, w], subtract(middle, centre), radius);
        const volume = share * grid.volumeMm3(Math.min(grid.places - 1, Math.max(0, place)));
        if (share > 0) pieces.push({ column: c, row: r, place, volume });
      }
  }
  return pieces;
}

function span(away: Mm3, edge: Mm3, reach: number): [number, number] {
  const size = length(edge);
  const at = dot(away, edge) / (size * size);
  return [Math.ceil(at - reach / size - 1), Math.floor(at + reach / size + 1)];
}

/** Which part of a voxel lies in a sphere round the origin. @param away of the voxel's centre */
function shareInSphere([u, v, w]: VoxelEdges, away: Mm3, radius: number): number {
  const reach = Math.hypot(...u, ...v, ...w) / 2;
  const distance = length(away);
  if (distance + reach <= radius) return 1;
  if (distance - reach >= radius) return 0;
  let inside = 0;
  for (let i = 0; i < PARTS; i += 1)
    for (let j = 0; j < PARTS; j += 1)
      for (let k = 0; k < PARTS; k += 1) {
        const [a, b, c] = [part(i), part(j), part(k)];
        const x = away[0] + a * u[0] + b * v[0] + c * w[0];
        const y = away[1] + a * u[1] + b * v[1] + c * w[1];
        const z = away[2] + a * u[2] + b * v[2] + c * w[2];
        if (x * x + y * y + z * z <= radius * radius) inside += 1;
      }
  return inside / PARTS ** 3;
}

const part = (index: number): number => (index + 0.5) / PARTS - 0.5;
