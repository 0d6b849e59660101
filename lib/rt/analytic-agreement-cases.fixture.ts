import { addScaled, type Mm3 } from '../dicom/image-plane.ts';
import { agreementOf } from './agreement.ts';
import {
  type Axes,
  axes,
  type Body,
  bodyRoi,
  coneBody,
  cylinderBody,
  sphereBody,
} from './analytic.fixture.ts';
import { diceOf, type Pair, type Slabs, surfacesOf } from './analytic-agreement.fixture.ts';
import { roiSolid } from './roi-solid.ts';
import { mm } from './units.ts';

/**
 * Pairs of bodies whose agreement is known: concentric, displaced across, along and askew. Contours describe a body;
 * two conventions say which. Volumes and Dice: a contour's area holds for its whole slab. Surfaces: straight from
 * contour to contour, flat ends half a slab beyond the last ones. The first tests hold the figures against exactly the
 * body that the circles describe by these conventions, on slices of any thickness. The last one holds them against
 * the formulas of round bodies themselves, and therefore needs slices thin enough to describe one.
 */
const CENTRE: Mm3 = [0.13, -0.29, 0.17];
export const SIZES = [3, 5, 8, 12, 20, 30, 50];
const SLICES = [0.2, 0.3, 0.5, 0.6, 1, 1.5, 2, 2.5, 3];
/** A busy machine takes several times what a quiet one does. */
export const PATIENCE_MS = 300_000;

export type Case = Pair & { name: string; step: number; turned: string };

/** A body and one that lies in it, by size in mm. */
const bodies: ((size: number) => readonly [Body, Body])[] = [
  (size) => [sphereBody(size, 'across'), sphereBody(0.8 * size, 'across')],
  (size) => [sphereBody(size, 'across', 0.5), sphereBody(0.8 * size, 'across', 0.5)],
  (size) => [cylinderBody(size, 2 * size, 'along'), cylinderBody(0.8 * size, 2 * size, 'along')],
  (size) => [cylinderBody(size, 2 * size, 'along', 0.6), cylinderBody(0.9 * size, 2 * size, 'along', 0.6)],
  (size) => [coneBody(size, 2 * size), coneBody(0.8 * size, 2 * size)],
];

/** Concentric, across, along, askew; displaced by parts of the size that no slice divides. */
const pairsOf = ([body, inner]: readonly [Body, Body], size: number): (Pair & { name: string })[] => [
  { a: body, b: inner, shift: 0, lift: 0, name: 'concentric' },
  { a: body, b: body, shift: 0.11 * size, lift: 0, name: 'across' },
  { a: body, b: body, shift: 0, lift: 0.13 * size, name: 'along' },
  { a: body, b: body, shift: 0.07 * size, lift: 0.09 * size, name: 'askew' },
];

function* described(): Generator<Case> {
  let turn = 0;
  for (const size of SIZES)
    for (const make of bodies) {
      const made = make(size);
      const length = made[0].to - made[0].from;
      const steps = SLICES.filter((step) => step >= length / 34 && step <= length / 7);
      // Large bodies on thin slices take long and tell nothing that small ones do not.
      for (const pair of pairsOf(made, size))
        for (const step of new Set([size > 12 ? undefined : steps[0], steps.at(-1)])) {
          const turned = Object.keys(axes)[turn % 3];
          turn += 1;
          if (step && turned) yield { ...pair, step, turned, name: `${pair.a.name}, ${pair.name}` };
        }
    }
}

function measured({ a, b, shift, lift, step, turned }: Case, tolerance: number) {
  const { u, w } = axes[turned] as Axes;
  const moved = addScaled(addScaled(CENTRE, u, shift), w, lift);
  const [one, other] = [
    roiSolid(bodyRoi(a, step, axes[turned] as Axes, CENTRE), null),
    roiSolid(bodyRoi(b, step, axes[turned] as Axes, moved), null),
  ];
  if (!one.known || !other.known) throw new Error('no body');
  const result = agreementOf(one.solid, other.solid, mm(tolerance));
  if (!result.known) throw new Error(result.reason);
  return { ...result.agreement, slabs: [one.solid.slabs.length, other.solid.slabs.length] as const };
}

/** What is wrong of a case, a line each. */
export function faults(one: Case, against: 'contours' | 'formula'): string[] {
  const gap = Math.max(
    Math.hypot(one.shift, one.lift),
    one.a.outer(one.a.to / 2) - one.b.outer(one.a.to / 2),
  );
  const tolerance = 0.4 * gap;
  const found = measured(one, tolerance);
  const slabs: readonly [Slabs, Slabs] = against === 'contours' ? found.slabs : [null, null];
  const truth = surfacesOf(one, slabs, tolerance);
  const dice = diceOf(one, slabs);
  const label = `${one.name}, Δz ${one.step}, ${one.turned}`;
  const off: [string, number, number, number][] = [
    // Thin slices are still flat ones: of a body's own formula they leave a little.
    ['Dice', found.dice, dice, against === 'contours' ? 1e-4 : 2e-4],
    // Of the whole surface: a share of next to nothing has no per cent of its own.
    ['surface Dice', found.surfaceDice, truth.surfaceDice, 0.01],
    ['HD95', found.hd95, Math.min(truth.hd95[1], Math.max(truth.hd95[0], found.hd95)), 0.01 * truth.hd95[0]],
    ['mean', found.mean, truth.mean, 0.01 * truth.mean],
  ];
  return off
    .filter(([, value, is, limit]) => !(Math.abs(value - is) <= limit))
    .map(([what, value, is]) => `${label}: ${what} ${value.toFixed(5)}, is ${is.toFixed(5)}`);
}

export const cases: readonly Case[] = [...described()];

export const ofSize = (size: number): readonly Case[] =>
  cases.filter(({ name }) => new RegExp(`(sphere|cylinder|tube|cone) ${size} `).test(name));

/** Slices so thin that their circles describe the round body itself; a sphere's poles, flat there, need thinner ones. */
export function* thin(): Generator<Case> {
  const turned = 'oblique';
  for (const make of [bodies[0], bodies[2], bodies[4]]) {
    const made = make?.(12);
    if (!made) continue;
    const isSphere = made[0].to === 6;
    const step = isSphere ? 0.2 : 0.5;
    for (const pair of pairsOf(made, 12))
      if (!isSphere || pair.lift === 0) yield { ...pair, step, turned, name: `${pair.a.name}, ${pair.name}` };
  }
}
