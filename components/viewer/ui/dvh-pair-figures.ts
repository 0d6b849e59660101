import type { Dvh } from '@/lib/rt/dvh.ts';
import { volumeAt } from '@/lib/rt/dvh-figures.ts';
import type { RoiDvh } from '../workers/dose-messages.ts';

/** One figure of an ROI in two doses; null where one of them has none. */
export type PairFigure = { name: 'd95' | 'd50' | 'd2' | 'mean' | 'v'; a: number | null; b: number | null };

type NoFigures = 'computing' | 'outsideGrid' | Extract<RoiDvh, { known: false }>['reason'];

/**
 * The figures of an ROI in two doses, doses in Gy, the volume that receives at least `atGy` in cc or percent of what lies
 * on the grid; or why there are none in either.
 */
export function pairFigures(
  a: RoiDvh | undefined,
  b: RoiDvh | undefined,
  volumeIn: 'percent' | 'cc',
  atGy: number | null,
): PairFigure[] | NoFigures {
  if (!a || !b) return 'computing';
  if (!a.known) return a.reason;
  if (!b.known) return b.reason;
  const dvhs = [a.dvh, b.dvh];
  if (dvhs.every(({ dose }) => dose === null)) return 'outsideGrid';
  const both = (name: PairFigure['name'], of: (dvh: Dvh) => number | null | undefined): PairFigure => {
    const [first, second] = dvhs.map((dvh) => of(dvh) ?? null);
    return { name, a: first ?? null, b: second ?? null };
  };
  const volume = (dvh: Dvh): number | null => {
    const cc = dvh.dose === null || atGy === null ? null : volumeAt(dvh, atGy);
    return cc === null || volumeIn === 'cc' ? cc : (100 * cc) / dvh.covered;
  };
  return [
    both('d95', ({ dose }) => dose?.d95),
    both('d50', ({ dose }) => dose?.d50),
    both('d2', ({ dose }) => dose?.d2),
    both('mean', ({ dose }) => dose?.mean),
    both('v', volume),
  ];
}
