import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import {
  type Axes,
  alongFrom,
  axes,
  type Body,
  bodyRoi,
  coneBody,
  cylinderBody,
  quantile,
  sphereBody,
} from './analytic.fixture.ts';
import { type DoseFigures, dvhOf } from './dvh.ts';
import { roiSolid } from './roi-solid.ts';
import { doseOf } from './shapes.fixture.ts';

/**
 * The shapes whose volumes and histograms are formulas, in a dose that grows linearly from half the dose of their
 * middle to one and a half of it. Convention: a contour's area holds for its whole slab, half-way to its neighbours
 * and ±Δz/2 at the ends; `thickness` says how thick slices may be for the stated tolerance, by that convention alone:
 * a round body's slabs hold Δz²/8R² more than it, and where the dose grows along their normal it jumps from slab to
 * slab. Thicker slices describe another body, whose figures are no less exact. Cylinders are described by slices of
 * any thickness. Doses are compared with the dose itself, volume fractions with the whole volume.
 */
/** A busy machine takes several times what a quiet one does. */
const PATIENCE_MS = 60_000;
const CENTRE: Mm3 = [0.13, -0.29, 0.17];
const CENTRE_GY = 40;

type Case = { body: Body; step: number; grid: number; turned: keyof typeof axes };

const SIZES = [3, 5, 8, 12, 20, 30, 50];
const SLICES = [0.2, 0.25, 0.3, 0.5, 0.6, 1, 1.5, 2, 2.5, 3];
const GRIDS = [0.4, 1, 1.7, 3];

function* cases(): Generator<Case> {
  for (const size of SIZES) {
    const bodies: Body[] = [
      sphereBody(size, 'across'),
      sphereBody(size, 'along'),
      sphereBody(size, 'across', 0.5),
      cylinderBody(size, 2 * size, 'along'),
      cylinderBody(size, 2 * size, 'across'),
      cylinderBody(size, 2 * size, 'across', 0.6),
      coneBody(size, 2 * size),
    ];
    for (const body of bodies) {
      const length = body.to - body.from;
      const finest = length / 75;
      const coarsest = length * thickness(body, size === 3);
      const steps = SLICES.filter((step) => step >= finest && step <= coarsest + 1e-9);
      for (const [index, step] of steps.entries()) {
        // A fine grid over a large body holds millions of voxels and tells nothing that a small one does not.
        const grids = GRIDS.filter((grid) => size / grid < 22);
        const grid = grids[(index + bodies.indexOf(body)) % grids.length] ?? 2;
        for (const turned of Object.keys(axes)) yield { body, step, grid, turned };
      }
    }
  }
}

/** Share of the body's own length that a slice may be thick; see above. */
function thickness(body: Body, small: boolean): number {
  if (/cylinder|tube/.test(body.name)) return 1 / 2;
  // Across flat slabs the dose jumps from one to the next, where the body's own outline would run on.
  if (body.gradient === 'along') return small ? 0.07 : 0.02;
  if (/hollow/.test(body.name)) return small ? 0.1 : 0.05;
  return small ? 0.2 : 0.1;
}

const all = [...cases()];

function figures({ body, step, grid, turned }: Case) {
  const { u, w } = axes[turned] as Axes;
  const solid = roiSolid(bodyRoi(body, step, axes[turned] as Axes, CENTRE), null);
  if (!solid.known) throw new Error(solid.reason);
  const slope = CENTRE_GY / 2 / body.reach;
  const along = alongFrom(body.gradient === 'along' ? w : u, CENTRE);
  const reach = Math.hypot(body.outer(body.to), body.outer(0), (body.to - body.from) / 2) + 1;
  const half = Math.ceil((reach + grid) / grid) * grid;
  const result = dvhOf(
    solid.solid,
    doseOf((x, y, z) => CENTRE_GY + slope * along(x, y, z), half, grid),
  );
  if (!result.known || !result.dvh.dose) throw new Error('no figures');
  return { dvh: result.dvh, dose: result.dvh.dose, slope };
}

/** Share of the volume that receives at least `dose`, read off the curve. */
function shareAt({ curve }: DoseFigures, dose: number): number {
  const at = curve.dose.findIndex((one) => one >= dose);
  const [d0 = 0, d1 = 0] = [curve.dose[at - 1], curve.dose[at]];
  const [v0 = 0, v1 = 0] = [curve.volume[at - 1], curve.volume[at]];
  return (v0 + ((v1 - v0) * (dose - d0)) / (d1 - d0)) / (curve.volume[0] ?? 1);
}

/** The dose that the hottest share receives at least, read off the curve. */
function doseAt({ curve }: DoseFigures, share: number): number {
  const volume = share * (curve.volume[0] ?? 0);
  const at = curve.volume.findIndex((one) => one < volume);
  const [d0 = 0, d1 = 0] = [curve.dose[at - 1], curve.dose[at]];
  const [v0 = 0, v1 = 0] = [curve.volume[at - 1], curve.volume[at]];
  return d0 + ((v0 - volume) / (v0 - v1)) * (d1 - d0);
}

function errorsOf(one: Case): Record<string, number> {
  const { dvh, dose, slope } = figures(one);
  const { body } = one;
  const truth = (share: number) => CENTRE_GY + slope * quantile(body, share);
  const off = (found: number, share: number) => Math.abs(found / truth(share) - 1);
  const fractions = [-0.6, -0.25, 0, 0.3, 0.7].map((part) =>
    Math.abs(shareAt(dose, CENTRE_GY + slope * part * body.reach) - body.share(part * body.reach)),
  );
  return {
    volume: Math.abs((dvh.volume * 1000) / body.volume - 1),
    D99: off(doseAt(dose, 0.99), 0.99),
    D98: off(dose.d98, 0.98),
    D95: off(dose.d95, 0.95),
    D50: off(dose.d50, 0.5),
    D5: off(doseAt(dose, 0.05), 0.05),
    D2: off(dose.d2, 0.02),
    fraction: Math.max(...fractions),
  };
}

describe(`${all.length} analytic cases: 3 to 50 mm, slices of 0.2 to 3 mm, dose grids of 0.4 to 3 mm, three orientations, holes`, () => {
  test('there are 500 and more', () => expect(all.length).toBeGreaterThanOrEqual(500));

  test.each(SIZES)(
    '%d mm: volumes, D99 to D2 and volume fractions within 0.5 per cent, within 2 at 3 mm',
    (size) => {
      const limit = size === 3 ? 0.02 : 0.005;
      const wrong = all
        .filter(({ body }) => new RegExp(`(sphere|cylinder|tube|cone) ${size} `).test(body.name))
        .flatMap((one) =>
          Object.entries(errorsOf(one))
            .filter(([, error]) => !(error <= limit + 1e-9))
            .map(
              ([what, error]) =>
                `${one.body.name}, Δz ${one.step}, grid ${one.grid}, ${one.turned}: ${what} ${(error * 100).toFixed(2)} %`,
            ),
        );
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );
});
