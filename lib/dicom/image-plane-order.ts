import { dot, type ImagePlane, length, sameDirection, subtract } from './image-plane.ts';

/** What is odd about a stack. Each is said in plain words on the view; none is hidden. */
export type GeometryWarning = 'no_geometry' | 'gantry_tilt' | 'uneven_spacing' | 'repeated_position';

/** Slices may differ by this much, in mm, from an even distance before it is called uneven. */
const EVEN_TOLERANCE_MM = 0.05;
/** Slices nearer to each other than this, in mm, are at one position: finer than positions are told in views. */
export const ONE_POSITION_MM = 0.02;

/**
 * Groups image indexes into stacks that can be scrolled through: same orientation (within 0.8 degrees), size, spacing
 * and Frame of Reference. Images without geometry make a stack of their own. Order of appearance is kept.
 */
export function splitIntoStacks(planes: readonly (ImagePlane | null)[]): number[][] {
  const stacks: { first: ImagePlane | null; indexes: number[] }[] = [];
  planes.forEach((plane, index) => {
    const home = stacks.find((stack) => belongTogether(stack.first, plane));
    if (home) home.indexes.push(index);
    else stacks.push({ first: plane, indexes: [index] });
  });
  return stacks.map((stack) => stack.indexes);
}

function belongTogether(a: ImagePlane | null, b: ImagePlane | null): boolean {
  if (!a || !b) return a === b;
  return (
    sameDirection(a.rowDirection, b.rowDirection) &&
    sameDirection(a.columnDirection, b.columnDirection) &&
    a.rows === b.rows &&
    a.columns === b.columns &&
    Math.abs(a.rowSpacing - b.rowSpacing) < 1e-3 &&
    Math.abs(a.columnSpacing - b.columnSpacing) < 1e-3 &&
    a.frameOfReferenceUid === b.frameOfReferenceUid
  );
}

/** Position of a plane along its own normal, in mm: what slices are sorted by. */
export const alongNormal = (plane: ImagePlane, reference: ImagePlane = plane): number =>
  dot(reference.normal, plane.origin);

/** What a reader must know about the geometry of one stack, sorted along its normal. */
export function geometryWarnings(planes: readonly (ImagePlane | null)[]): GeometryWarning[] {
  const known = planes.filter((plane): plane is ImagePlane => plane !== null);
  if (known.length < planes.length) return ['no_geometry'];
  const [first, second] = known;
  if (!first || !second) return [];
  const warnings: GeometryWarning[] = [];
  // A tilted gantry moves the table along z while the slices are tilted: positions step obliquely to the normal.
  const last = known[known.length - 1] ?? second;
  const travel = subtract(last.origin, first.origin);
  const travelled = length(travel);
  if (travelled > 0.1 && Math.abs(dot(travel, first.normal)) / travelled < 0.999)
    warnings.push('gantry_tilt');
  const steps = known
    .slice(1)
    .map((plane, index) => alongNormal(plane, first) - alongNormal(known[index] ?? first, first));
  if (steps.some((step) => Math.abs(step) < ONE_POSITION_MM)) warnings.push('repeated_position');
  const typical = median(steps.map(Math.abs));
  if (steps.some((step) => Math.abs(Math.abs(step) - typical) > EVEN_TOLERANCE_MM + typical * 0.01))
    warnings.push('uneven_spacing');
  return warnings;
}

/** Median distance of neighbouring slices in mm; null for fewer than two images. */
export function sliceDistance(planes: readonly (ImagePlane | null)[]): number | null {
  const known = planes.filter((plane): plane is ImagePlane => plane !== null);
  const [first] = known;
  if (!first || known.length < 2) return null;
  const positions = known.map((plane) => alongNormal(plane, first)).sort((a, b) => a - b);
  const steps = positions.slice(1).map((position, index) => position - (positions[index] ?? 0));
  return median(steps.filter((step) => step > ONE_POSITION_MM)) || null;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
