import { structureNamed } from './anatomy.ts';
import { across, type Beam, beams, direction, opening, prescription } from './beams.ts';
import { fill, type Polygon } from './polygon.ts';

/** Centre of the first voxel, distance of voxels and their number, in patient mm. */
export const doseGrid = {
  x: -206,
  y: -134,
  z: 95,
  spacing: 4,
  between: 5,
  columns: 104,
  rows: 66,
  frames: 56,
} as const;

const AREA = doseGrid.columns * doseGrid.rows;
/** Of 6 MV photons in water: attenuation per mm, and how far below the skin the dose has built up. */
const ATTENUATION = 0.0045;
const BUILD_UP = 12;
const PENUMBRA = 4.5;
const LUNG_DENSITY = 0.28;
const SCATTER = 0.02;
const STEP = 4;

/**
 * Dose in Gy, frame by frame from the feet: shaped fields with depth dose, penumbra, build-up and lungs, evened out
 * inside of the target as an optimised plan does. Not a dose engine: it has to look and count like a plan.
 */
export function doseVolume(): Float32Array {
  const dose = new Float32Array(AREA * doseGrid.frames);
  const target = new Float32Array(dose.length);
  const skin = new Float32Array(dose.length);
  for (let frame = 0; frame < doseGrid.frames; frame += 1) {
    const z = doseGrid.z + frame * doseGrid.between;
    const density = densityPlane(z);
    const plane = dose.subarray(frame * AREA, (frame + 1) * AREA);
    paint(structureNamed('Body').section(z), skin.subarray(frame * AREA, (frame + 1) * AREA), 1);
    for (const beam of beams) addBeam(plane, density, beam, z);
    paint(
      structureNamed(prescription.target).section(z),
      target.subarray(frame * AREA, (frame + 1) * AREA),
      1,
    );
  }
  const inside = blur(target);
  // The median of the target gets the prescription, then hot and cold spots within it are taken off.
  const values = dose.filter((_, i) => target[i] === 1).sort();
  const scale = prescription.doseGy / (values[values.length >> 1] ?? 1);
  return dose.map((value, i) => {
    if (skin[i] === 0) return 0;
    const raw = value * scale;
    const share = inside[i] ?? 0;
    const evened = prescription.doseGy + (raw - prescription.doseGy) * 0.18;
    const outside = Math.min(raw, prescription.doseGy * (0.86 + 0.12 * share));
    return share * evened + (1 - share) * outside;
  });
}

function paint(polygons: readonly Polygon[], plane: Float32Array, value: number): void {
  const size = Math.max(doseGrid.columns, doseGrid.rows);
  // Polygons are filled on a square grid that starts at the dose grid's x; rows are shifted to its y.
  const shift = doseGrid.x - doseGrid.y;
  for (const polygon of polygons) {
    const moved = polygon.map((mm, i) => (i % 2 ? mm + shift : mm));
    fill(moved, { size, spacing: doseGrid.spacing, origin: doseGrid.x }, (row, from, to) => {
      if (row < doseGrid.rows)
        plane.fill(value, row * doseGrid.columns + from, row * doseGrid.columns + to + 1);
    });
  }
}

function densityPlane(z: number): Float32Array {
  const plane = new Float32Array(AREA);
  paint(structureNamed('Body').section(z), plane, 1);
  for (const name of ['Lung_L', 'Lung_R']) paint(structureNamed(name).section(z), plane, LUNG_DENSITY);
  for (const name of ['Heart', 'Liver', prescription.target])
    paint(structureNamed(name).section(z), plane, 1);
  return plane;
}

const at = (plane: Float32Array, x: number, y: number): number => {
  const column = Math.round((x - doseGrid.x) / doseGrid.spacing);
  const row = Math.round((y - doseGrid.y) / doseGrid.spacing);
  const inside = column >= 0 && row >= 0 && column < doseGrid.columns && row < doseGrid.rows;
  return inside ? (plane[row * doseGrid.columns + column] ?? 0) : 0;
};

function addBeam(plane: Float32Array, density: Float32Array, beam: Beam, z: number): void {
  const along = direction(beam);
  // Leaves let a soft edge through above and below too.
  const openings = [-5, 0, 5].map((dz) => opening(beam, z + dz));
  for (let row = 0; row < doseGrid.rows; row += 1) {
    for (let column = 0; column < doseGrid.columns; column += 1) {
      const index = row * doseGrid.columns + column;
      if ((density[index] ?? 0) === 0) continue;
      const x = doseGrid.x + column * doseGrid.spacing;
      const y = doseGrid.y + row * doseGrid.spacing;
      const fluence = SCATTER + (1 - SCATTER) * through(openings, across(beam, x, y));
      const depth = waterDepth(density, x, y, along);
      const built = 1 - 0.55 * Math.exp(-depth / (BUILD_UP / 3));
      plane[index] = (plane[index] ?? 0) + beam.weight * fluence * built * Math.exp(-ATTENUATION * depth);
    }
  }
}

/** Share of the fluence that passes the leaves at the distance u from the beam's axis. */
function through(openings: readonly ({ left: number; right: number } | undefined)[], u: number): number {
  let sum = 0;
  for (const open of openings) if (open) sum += edge(u - open.left) * edge(open.right - u);
  return sum / openings.length;
}

const edge = (mm: number): number => 1 / (1 + Math.exp(-mm / (PENUMBRA / 1.8)));

/** Millimetres of water between the skin and the point, against the beam. */
function waterDepth(density: Float32Array, x: number, y: number, along: { x: number; y: number }): number {
  let depth = 0;
  for (let step = STEP; step < 420; step += STEP) {
    const px = x - along.x * step;
    const py = y - along.y * step;
    if (px < doseGrid.x || py < doseGrid.y || py > doseGrid.y + doseGrid.rows * doseGrid.spacing) break;
    depth += STEP * at(density, px, py);
  }
  return depth;
}

/** The target's edge made soft over about a voxel each way. */
function blur(volume: Float32Array): Float32Array {
  let result = volume;
  for (const stride of [1, doseGrid.columns, AREA]) {
    const source = result;
    result = source.map(
      (value, i) => 0.5 * value + 0.25 * ((source[i - stride] ?? 0) + (source[i + stride] ?? 0)),
    );
  }
  return result;
}
