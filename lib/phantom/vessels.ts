import { type Random, random } from './random.ts';

/** A straight piece of a vessel or an airway, from a to b in patient mm. */
export type Tube = { a: readonly [number, number, number]; b: readonly [number, number, number]; r: number };

/** The tree of a lung's vessels: from the hilum outwards, each branch thinner, the ends near the pleura. */
export function lungTree(side: 1 | -1, seed: number): Tube[] {
  const next = random(seed + (side === 1 ? 11 : 23));
  const tubes: Tube[] = [];
  const grow = (
    from: readonly [number, number, number],
    direction: [number, number, number],
    r: number,
    depth: number,
  ): void => {
    const length = (9 + 9 * next()) * (0.9 ** depth + 0.4);
    const to = [
      from[0] + direction[0] * length,
      from[1] + direction[1] * length,
      from[2] + direction[2] * length,
    ] as const;
    tubes.push({ a: from, b: to, r });
    if (depth >= 8 || r < 0.5) return;
    for (let branch = 0; branch < 2; branch += 1)
      grow(to, bend(direction, branch, next, side), r * (0.7 + 0.12 * next()), depth + 1);
  };
  for (let i = 0; i < 12; i += 1) {
    const angle = (i / 12) * Math.PI * 2;
    grow(
      [side * 32, 6, 140],
      normalise([side * (0.55 + 0.5 * next()), 0.9 * Math.sin(angle), 1.3 * Math.cos(angle)]),
      4.4,
      0,
    );
  }
  return tubes;
}

function bend(
  direction: [number, number, number],
  branch: number,
  next: Random,
  side: number,
): [number, number, number] {
  const turn = branch === 0 ? 0.55 : -0.55;
  return normalise([
    direction[0] + side * 0.12 + (next() - 0.5) * 0.5,
    direction[1] + turn * (next() - 0.2) + (next() - 0.5) * 0.5,
    direction[2] - turn * (next() - 0.3) + (next() - 0.5) * 0.6,
  ]);
}

function normalise(v: [number, number, number]): [number, number, number] {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Where the plane at z, `thickness` mm thick, cuts the tubes: discs of their radius, drawn out where they run along it. */
export function cut(
  tubes: readonly Tube[],
  z: number,
  thickness: number,
): { x: number; y: number; r: number }[] {
  const discs: { x: number; y: number; r: number }[] = [];
  const half = thickness / 2;
  for (const { a, b, r } of tubes) {
    const low = Math.min(a[2], b[2]) - r;
    const high = Math.max(a[2], b[2]) + r;
    if (z + half < low || z - half > high) continue;
    const steps = Math.max(2, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 1.2));
    for (let i = 0; i <= steps; i += 1) {
      const t = i / steps;
      const dz = Math.max(0, Math.abs(a[2] + t * (b[2] - a[2]) - z) - half);
      if (dz < r)
        discs.push({
          x: a[0] + t * (b[0] - a[0]),
          y: a[1] + t * (b[1] - a[1]),
          r: Math.sqrt(r * r - dz * dz),
        });
    }
  }
  return discs;
}
