/**
 * What two bodies of circles about parallel axes have in common, from their formulas alone: the common volume from
 * the areas that two circles share, distances from each one's profile. Nothing of it uses contours or triangles.
 */
import type { Body } from './analytic.fixture.ts';

/** How many slabs a body is described by; null for its formula's own shape. */
export type Slabs = number | null;

/** A part of a profile in the half plane of radius r and height w: a straight line, or a circle about the origin. */
type Part = { line: readonly [number, number, number, number] } | { arc: number };

/** The profile that a body's formula gives, known by its name. */
function formulaProfile(body: Body): Part[] {
  const { from, to } = body;
  const outer = body.outer((from + to) / 2);
  const inner = body.inner?.((from + to) / 2) ?? 0;
  if (/sphere/.test(body.name)) return [{ arc: outer }, ...(inner > 0 ? [{ arc: inner }] : [])];
  if (/cone/.test(body.name))
    return [{ line: [0, from, body.outer(to), to] }, { line: [0, to, body.outer(to), to] }];
  return [
    { line: [outer, from, outer, to] },
    { line: [inner, from, outer, from] },
    { line: [inner, to, outer, to] },
    ...(inner > 0 ? [{ line: [inner, from, inner, to] as const }] : []),
  ];
}

/**
 * The profile of the body that circles at the middles of slabs describe: straight from circle to circle, straight on to
 * flat ends half a slab beyond the last ones.
 */
function circlesProfile(body: Body, slabs: number): Part[] {
  const half = (body.to - body.from) / slabs / 2;
  const circles = facesOf(body, slabs)
    .slice(0, -1)
    .map((face) => ({
      w: face + half,
      outer: body.outer(face + half),
      inner: body.inner?.(face + half) ?? 0,
    }));
  const parts: Part[] = [];
  circles.forEach(({ w, outer, inner }, index) => {
    for (const [beside, way] of [
      [circles[index - 1], -1],
      [circles[index + 1], 1],
    ] as const) {
      if (!beside) {
        const end = w + way * half;
        parts.push({ line: [outer, w, outer, end] }, { line: [inner, end, outer, end] });
        if (inner > 0) parts.push({ line: [inner, w, inner, end] });
      } else {
        if (way > 0) parts.push({ line: [outer, w, beside.outer, beside.w] });
        if (way > 0 && inner > 0 && beside.inner > 0)
          parts.push({ line: [inner, w, beside.inner, beside.w] });
        if (inner > 0 && beside.inner === 0) parts.push(...tip(inner, w, beside.outer, beside.w));
      }
    }
  });
  return parts;
}

/** Where a hole ends between its last circle and the full one beside it: the distances from both edges interpolated. */
function tip(hole: number, at: number, outer: number, beside: number): Part[] {
  const height = (r: number): number => beside + ((at - beside) * (outer - r)) / (outer - r + (hole - r));
  return Array.from({ length: 10 }, (_, index): Part => {
    const [r1, r2] = [(hole * index) / 10, (hole * (index + 1)) / 10];
    return { line: [r1, height(r1), r2, height(r2)] };
  });
}

const profileOf = (body: Body, slabs: Slabs): Part[] =>
  slabs === null ? formulaProfile(body) : circlesProfile(body, slabs);

/** Distance in mm of (r, w) from a profile. */
function distanceFrom(profile: readonly Part[], r: number, w: number): number {
  let best = Infinity;
  for (const part of profile) {
    if ('arc' in part) {
      best = Math.min(best, Math.abs(Math.hypot(r, w) - part.arc));
      continue;
    }
    const [r1, w1, r2, w2] = part.line;
    const [dr, dw] = [r2 - r1, w2 - w1];
    const size = dr * dr + dw * dw;
    const t = Math.min(1, Math.max(0, ((r - r1) * dr + (w - w1) * dw) / size));
    best = Math.min(best, Math.sqrt((r - r1 - t * dr) ** 2 + (w - w1 - t * dw) ** 2));
  }
  return best;
}

const lengthOf = (part: Part): number =>
  'arc' in part ? Math.PI * part.arc : Math.hypot(part.line[2] - part.line[0], part.line[3] - part.line[1]);

type Sample = { distance: number; area: number };

/** Samples along a whole profile (of bodies that share their axis: they need none around it), and half around it. */
const ALONG_ALONE = 4000;
const ALONG = 150;
const AROUND = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Distances of one body's surface from another one's, whose axis is displaced by `shift` across and `lift` along. */
function samplesOf(from: readonly Part[], to: readonly Part[], shift: number, lift: number): Sample[] {
  const samples: Sample[] = [];
  const turns = shift === 0 ? 1 : AROUND;
  let circle = 0;
  const add = (r: number, w: number, area: number): void => {
    // Each circle at places of its own: all at the same ones would tell limits in steps.
    circle += 1;
    const part = (circle * GOLDEN) % 1;
    for (let turn = 0; turn < turns; turn += 1) {
      const angle = ((turn + part) / turns) * Math.PI;
      const away = Math.hypot(r * Math.cos(angle) - shift, r * Math.sin(angle));
      samples.push({ distance: distanceFrom(to, away, w - lift), area: area / turns });
    }
  };
  const whole = from.reduce((sum, part) => sum + lengthOf(part), 0);
  for (const part of from) {
    const steps = Math.max(3, Math.ceil(((turns === 1 ? ALONG_ALONE : ALONG) * lengthOf(part)) / whole));
    for (let step = 0; step < steps; step += 1) {
      const t = (step + 0.5) / steps;
      if ('arc' in part) {
        // Archimedes: equal heights of a sphere have equal areas.
        const w = part.arc * (2 * t - 1);
        add(Math.sqrt(part.arc ** 2 - w * w), w, (4 * Math.PI * part.arc ** 2) / steps);
      } else {
        const [r1, w1, r2, w2] = part.line;
        const r = r1 + (r2 - r1) * t;
        add(r, w1 + (w2 - w1) * t, (2 * Math.PI * r * lengthOf(part)) / steps);
      }
    }
  }
  return samples;
}

const areaOf = (samples: readonly Sample[]): number => samples.reduce((sum, one) => sum + one.area, 0);

const areaWithin = (samples: readonly Sample[], limit: number): number =>
  samples.reduce((sum, one) => (one.distance <= limit ? sum + one.area : sum), 0);

const farthest = (samples: readonly Sample[]): number =>
  samples.reduce((most, one) => Math.max(most, one.distance), 0);

/** The distance that a share of the area does not exceed, by bisection. */
function quantile(samples: readonly Sample[], share: number): number {
  const target = areaOf(samples) * share;
  let [low, high] = [0, farthest(samples)];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (areaWithin(samples, middle) < target) low = middle;
    else high = middle;
  }
  return high;
}

/** Area that two circles share, their centres `apart`. */
export function lens(a: number, b: number, apart: number): number {
  const [small, large] = [Math.min(a, b), Math.max(a, b)];
  if (small <= 0 || apart >= small + large) return 0;
  if (apart <= large - small) return Math.PI * small ** 2;
  const x = (apart ** 2 + small ** 2 - large ** 2) / (2 * apart);
  const y = apart - x;
  const root = (r: number, h: number): number => h * Math.sqrt(Math.max(0, r * r - h * h));
  return (
    small ** 2 * Math.acos(x / small) - root(small, x) + large ** 2 * Math.acos(y / large) - root(large, y)
  );
}

/** mm² that both have at heights `wa` and `wb` of their own; rings are circles less circles. */
function commonArea(a: Body, wa: number, b: Body, wb: number, shift: number): number {
  const ring = ({ from, to, outer, inner }: Body, w: number): readonly [number, number] =>
    w < from || w > to ? [0, 0] : [outer(w), inner?.(w) ?? 0];
  const [ao, ai] = ring(a, wa);
  const [bo, bi] = ring(b, wb);
  return lens(ao, bo, shift) - lens(ao, bi, shift) - lens(ai, bo, shift) + lens(ai, bi, shift);
}

const FINE = 20_000;

/** Heights at which slabs begin and end. */
const facesOf = ({ from, to }: Body, slabs: number): number[] =>
  Array.from({ length: slabs + 1 }, (_, index) => from + ((to - from) * index) / slabs);

/** The middle of the slab that holds a height, where its contour lies. */
const middleOf = ({ from, to }: Body, slabs: Slabs, w: number): number =>
  slabs === null ? w : from + ((Math.floor(((w - from) / (to - from)) * slabs) + 0.5) / slabs) * (to - from);

/**
 * Dice of two bodies: of the shapes that formulas give, or of slabs that each have the circle at their middle, as
 * contours are taken.
 */
export function diceOf({ a, b, shift, lift }: Pair, slabs: readonly [Slabs, Slabs]): number {
  const [sa, sb] = slabs;
  const [from, to] = [Math.max(a.from, b.from + lift), Math.min(a.to, b.to + lift)];
  const levels =
    sa === null || sb === null
      ? Array.from({ length: FINE + 1 }, (_, index) => from + ((to - from) * index) / FINE)
      : [...facesOf(a, sa), ...facesOf(b, sb).map((w) => w + lift)].sort((one, two) => one - two);
  let common = 0;
  for (let at = 1; at < levels.length; at += 1) {
    const [low = 0, high = 0] = [levels[at - 1], levels[at]];
    const w = (low + high) / 2;
    if (high - low < 1e-9 || w < from || w > to) continue;
    common += commonArea(a, middleOf(a, sa, w), b, middleOf(b, sb, w - lift), shift) * (high - low);
  }
  return (2 * common) / (volumeOf(a, sa) + volumeOf(b, sb));
}

function volumeOf(body: Body, slabs: Slabs): number {
  if (slabs === null) return body.volume;
  const thickness = (body.to - body.from) / slabs;
  return facesOf(body, slabs)
    .slice(0, -1)
    .reduce((sum, w) => sum + commonArea(body, w + thickness / 2, body, w + thickness / 2, 0) * thickness, 0);
}

/** `hd95` from the 94th to the 96th percentile, one per cent of the surface either way: where distances jump just there, none of them is a body's own. */
export type Truth = { surfaceDice: number; hd95: readonly [number, number]; mean: number };

/** A body against another one whose middle is displaced by `shift` across the axis and `lift` along it, in mm. */
export type Pair = { a: Body; b: Body; shift: number; lift: number };

/** Agreement of two bodies' surfaces: of their formulas' shapes, or of those that circles describe. */
export function surfacesOf(
  { a, b, shift, lift }: Pair,
  slabs: readonly [Slabs, Slabs],
  tolerance: number,
): Truth {
  const [pa, pb] = [profileOf(a, slabs[0]), profileOf(b, slabs[1])];
  const ways = [samplesOf(pa, pb, shift, lift), samplesOf(pb, pa, shift, -lift)];
  const both = ways.flat();
  const area = areaOf(both);
  return {
    surfaceDice: areaWithin(both, tolerance) / area,
    hd95: [0.94, 0.96].map((share) => Math.max(...ways.map((way) => quantile(way, share)))) as [
      number,
      number,
    ],
    mean: both.reduce((sum, one) => sum + one.distance * one.area, 0) / area,
  };
}
