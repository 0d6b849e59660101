import type { Beam } from '../dicom/rtplan.ts';
import type { BeamAt, Device } from '../dicom/rtplan-control-points.ts';

/** A rectangle of an opening in the isocentre's plane, mm in the beam limiting device's system. */
export type OpenPiece = { x: readonly [number, number]; y: readonly [number, number] };

/** As far as nothing limits a beam, mm: more than any machine's field. */
const WIDE = 200;

/** The largest opening of a beam: what its jaws and leaves let through at one control point or another. */
export function openingOf(beam: Pick<Beam, 'points'>): OpenPiece[] {
  const perPoint = beam.points.map(openingAt);
  const [first, ...others] = perPoint;
  if (!first) return [];
  // Of the same leaves at every point; where the rows differ, as they cannot on one machine, the first point's holds.
  return first.flatMap((piece, row) => {
    const all = [piece, ...others.flatMap((pieces) => pieces[row] ?? [])].filter(
      (one) => one.x[0] < one.x[1] && one.y[0] < one.y[1],
    );
    if (all.length === 0) return [];
    const low = (axis: 'x' | 'y') => Math.min(...all.map((one) => one[axis][0]));
    const high = (axis: 'x' | 'y') => Math.max(...all.map((one) => one[axis][1]));
    return [{ x: [low('x'), high('x')], y: [low('y'), high('y')] }];
  });
}

/** A piece per pair of leaves, closed ones too (their ends meet or cross); one piece where there are jaws only. */
function openingAt({ devices }: BeamAt): OpenPiece[] {
  const jaw = (...types: string[]): readonly [number, number] => {
    const found = devices.find((one) => types.includes(one.type));
    const [low = -WIDE, high = WIDE] = found?.positions ?? [];
    return [low, high];
  };
  const [jawX, jawY] = [jaw('ASYMX', 'X'), jaw('ASYMY', 'Y')];
  const leaves = devices.find((one) => one.type === 'MLCX' || one.type === 'MLCY');
  if (!leaves) return [{ x: jawX, y: jawY }];
  return pairsOf(leaves).map(({ across, along }) => {
    const [x, y] = leaves.type === 'MLCX' ? [along, across] : [across, along];
    return { x: common(x, jawX), y: common(y, jawY) };
  });
}

function pairsOf({ positions, boundaries }: Device) {
  const pairs = positions.length / 2;
  return Array.from({ length: Math.max(0, Math.min(pairs, boundaries.length - 1)) }, (_, row) => ({
    across: [boundaries[row] ?? 0, boundaries[row + 1] ?? 0] as const,
    along: [positions[row] ?? 0, positions[row + pairs] ?? 0] as const,
  }));
}

const common = (a: readonly [number, number], b: readonly [number, number]): readonly [number, number] => [
  Math.max(a[0], b[0]),
  Math.min(a[1], b[1]),
];

/** A point where the opening's outline turns, x and y in mm. */
type Corner = readonly [number, number];

/** The outline of pieces that lie beside each other, as straight edges: what two pieces share is no edge. */
export function outlineOf(pieces: readonly OpenPiece[]): [Corner, Corner][] {
  const edges: [Corner, Corner][] = [];
  for (const piece of pieces) {
    const { x, y } = piece;
    for (const side of [0, 1] as const) {
      const others = (axis: 'x' | 'y') =>
        pieces.filter((one) => one !== piece && one[axis][1 - side] === piece[axis][side]);
      for (const [from, to] of rest(
        y,
        others('x').map((one) => one.y),
      ))
        edges.push([
          [x[side], from],
          [x[side], to],
        ]);
      for (const [from, to] of rest(
        x,
        others('y').map((one) => one.x),
      ))
        edges.push([
          [from, y[side]],
          [to, y[side]],
        ]);
    }
  }
  return edges;
}

/** What of a stretch the others leave. */
function rest(
  of: readonly [number, number],
  taken: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  return taken.reduce<(readonly [number, number])[]>(
    (left, [low, high]) =>
      left.flatMap(([from, to]) =>
        [[from, Math.min(to, low)] as const, [Math.max(from, high), to] as const].filter(([a, b]) => a < b),
      ),
    [of],
  );
}
