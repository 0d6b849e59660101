import { describe, expect, test } from 'vitest';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { dvhOf } from './dvh.ts';
import { volumeAt } from './dvh-figures.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, doseOf, planesBetween, sphere } from './shapes.fixture.ts';
import { gy } from './units.ts';

const together = (...pieces: readonly Roi[]): Roi => ({
  ...circles([], () => 0),
  contours: pieces.flatMap((piece) => piece.contours),
});

/** A prism along z round a centre: `side` mm wide in x and y, or as wide as a ring between two such squares. */
function prism(side: number, [x, y]: readonly [number, number], ...holes: number[]): Roi {
  const contours = planesBetween(-10, 10, 1).flatMap((z) =>
    [side, ...holes].map((width): Contour => {
      const h = width / 2;
      const corners = [
        [x - h, y - h],
        [x + h, y - h],
        [x + h, y + h],
        [x - h, y + h],
      ];
      return {
        type: 'CLOSED_PLANAR',
        points: Float64Array.from(corners.flatMap((corner) => [...corner, z])),
        imageUids: [],
      };
    }),
  );
  return { ...circles([], () => 0), contours };
}

/** 60 Gy in a band round y = 0, 10 Gy elsewhere; the edges of the band lie far from every piece. */
const band = (spacing: number) => doseOf((_, y) => (Math.abs(y) < 30 ? 60 : 10), 80, spacing);

function figures(roi: Roi, spacing: number) {
  const solid = roiSolid(roi, null);
  if (!solid.known) throw new Error(solid.reason);
  const result = dvhOf(solid.solid, band(spacing));
  if (!result.known || !result.dvh.dose) throw new Error('no figures');
  return { mean: result.dvh.dose.mean, share30: (volumeAt(result.dvh, gy(30)) ?? 0) / result.dvh.volume };
}

/** Middles of the lowest and the highest of three pieces along y, in mm: evenly spaced or not, on the grid or beside it. */
const PLACES = [
  [-60, 60],
  [-60.7, 60.3],
  [-59.5, 59.8],
  [-61.1, 57],
] as const;

describe.each([2.5, 4])(
  'three equal nodes, one of them at 60 Gy, the others at 10 Gy; dose grid %d mm',
  (spacing) => {
    const shapes: [string, (y: number) => Roi][] = [3, 4, 6, 10].flatMap(
      (size): [string, (y: number) => Roi][] => [
        [`squares of ${size} mm`, (y) => prism(size, [0, y])],
        [`cylinders of ${size} mm`, (y) => circles(planesBetween(-10, 10, 1), () => size / 2, [y / 9, y])],
        [`spheres of ${size} mm`, (y) => sphere(size / 2, 0.5, [y / 9, y, 0])],
      ],
    );

    test.each(shapes)('%s: a third of the volume is hot', (_, at) => {
      for (const [low, high] of PLACES) {
        const { mean, share30 } = figures(together(at(low), at(0), at(high)), spacing);
        expect(mean / (80 / 3)).toBeCloseTo(1, 4);
        expect(share30 * 3).toBeCloseTo(1, 4);
      }
    });
  },
);

test('pieces of different sizes weigh by their volume, holes taken off', () => {
  // A ring of 5² − 3² mm² with an island of 1 mm² at 60 Gy, and 14² mm² at 10 Gy.
  const { mean } = figures(together(prism(5, [0.2, 0.3], 3, 1), prism(14, [2, 61.3])), 2.5);
  expect(mean).toBeCloseTo((17 * 60 + 196 * 10) / 213, 3);
});
