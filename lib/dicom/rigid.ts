import type { Mm3 } from './image-plane.ts';

/** Nine numbers, row after row. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

/** A rotation and then a translation, patient mm of one frame of reference to those of another. */
export type Rigid = { rotation: Matrix3; translation: Mm3 };

export const IDENTITY: Rigid = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };

/** rotation * direction: lengths and angles stay. */
export function turned({ rotation: m }: Pick<Rigid, 'rotation'>, [x, y, z]: Mm3): Mm3 {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/** A point, patient mm of the first frame of reference, in those of the other. */
export function mapped(transform: Rigid, point: Mm3): Mm3 {
  const [x, y, z] = turned(transform, point);
  const [dx, dy, dz] = transform.translation;
  return [x + dx, y + dy, z + dz];
}

/** The way back: from the other frame of reference to the first. */
export function inverse({ rotation: m, translation }: Rigid): Rigid {
  const rotation: Matrix3 = [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];
  const [x, y, z] = turned({ rotation }, translation);
  return { rotation, translation: [-x, -y, -z] };
}

/** `after` of what `first` gives. */
export function joined(first: Rigid, after: Rigid): Rigid {
  const column = (at: 0 | 1 | 2): Mm3 =>
    turned(after, [first.rotation[at], first.rotation[at + 3] ?? 0, first.rotation[at + 6] ?? 0]);
  const [a, b, c] = [column(0), column(1), column(2)];
  return {
    rotation: [a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]],
    translation: mapped(after, first.translation),
  };
}

/** The largest distance in mm between what two transforms make of the corners of a cube round the origin. */
export function apart(a: Rigid, b: Rigid, halfCubeMm = 300): number {
  const both = [-halfCubeMm, halfCubeMm];
  const distances = both.flatMap((x) =>
    both.flatMap((y) =>
      both.map((z) => {
        const [one, other] = [mapped(a, [x, y, z]), mapped(b, [x, y, z])];
        return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
      }),
    ),
  );
  return Math.max(...distances);
}

/** 1 of a rotation, -1 of one that mirrors as well; no unit. */
export function determinant(m: Matrix3): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

/** The largest element of transposed(m) * m - 1: how far a matrix is from keeping lengths and angles. */
export function skewness(m: Matrix3): number {
  const column = (at: number): Mm3 => [m[at] ?? 0, m[at + 3] ?? 0, m[at + 6] ?? 0];
  let worst = 0;
  for (let i = 0; i < 3; i += 1)
    for (let j = i; j < 3; j += 1) {
      const [a, b] = [column(i), column(j)];
      const product = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)));
    }
  return worst;
}

/**
 * The rotation nearest to a matrix that is nearly one: decimals that were cut off when it was written must not make a
 * plane askew. Newton's iteration of the polar decomposition (Higham 1986), which doubles the digits each time.
 */
export function nearestRotation(matrix: Matrix3): Matrix3 {
  let m = matrix;
  for (let round = 0; round < 6; round += 1) {
    const scale = 1 / determinant(m);
    const minor = (a: number, b: number, c: number, d: number) =>
      ((m[a] ?? 0) * (m[d] ?? 0) - (m[b] ?? 0) * (m[c] ?? 0)) * scale;
    // The inverse's transpose: cofactors over the determinant.
    const dual = [
      ...[minor(4, 5, 7, 8), minor(5, 3, 8, 6), minor(3, 4, 6, 7)],
      ...[minor(2, 1, 8, 7), minor(0, 2, 6, 8), minor(1, 0, 7, 6)],
      ...[minor(1, 2, 4, 5), minor(2, 0, 5, 3), minor(0, 1, 3, 4)],
    ];
    m = m.map((value, at) => (value + (dual[at] ?? 0)) / 2) as unknown as Matrix3;
  }
  return m;
}

/** The angle of the rotation, in degrees. */
export function turnDegrees({ rotation }: Pick<Rigid, 'rotation'>): number {
  const cosine = (rotation[0] + rotation[4] + rotation[8] - 1) / 2;
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
