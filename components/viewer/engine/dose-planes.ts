import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import { differenceWash } from '@/lib/rt/difference-wash.ts';
import { differencePlane } from '@/lib/rt/dose-difference.ts';
import { type DosePlane, dosePlane } from '@/lib/rt/dose-plane.ts';
import { type ColouredDose, washOf } from '@/lib/rt/dose-wash.ts';
import { type Isoline, isolinesOf } from '@/lib/rt/isodose.ts';
import type { CutPlane } from '@/lib/rt/section-plane.ts';

/** As many planes as any layout shows at once, and the ones before them. */
const KEPT = 12;

type Kept = {
  plane: DosePlane | null;
  lines: Map<number, Isoline[]>;
  wash: { key: string; image: Picture } | null;
  /** Less another dose. */
  difference: { from: DoseGrid; plane: DosePlane | null; image: Picture | null; spanGy: number } | null;
};
type Picture = HTMLCanvasElement;

/** What planes show of a dose; the last ones are kept, so that whatever else is drawn anew costs nothing. */
export class DosePlanes {
  private readonly grids = new WeakMap<DoseGrid, Map<string, Kept>>();

  /** The lines of levels in Gy, in their order, and the grid's edge; null where the plane passes the grid by. */
  lines(
    grid: DoseGrid,
    cut: CutPlane,
    levels: readonly number[],
  ): { lines: readonly (readonly Isoline[])[]; plane: DosePlane } | null {
    const { plane, lines } = this.of(grid, cut);
    if (!plane) return null;
    const missing = levels.filter((level) => !lines.has(level));
    if (missing.length > 0) {
      // A cursor that runs over the doses must not fill the memory.
      if (lines.size > 60) lines.clear();
      const wanted = lines.size === 0 ? levels : missing;
      const made = isolinesOf(plane, wanted);
      wanted.forEach((level, index) => {
        lines.set(level, made[index] ?? []);
      });
    }
    return { lines: levels.map((level) => lines.get(level) ?? []), plane };
  }

  /** The colour wash as a picture of one pixel per sample; null where the plane passes the grid by. */
  wash(
    grid: DoseGrid,
    cut: CutPlane,
    levels: readonly ColouredDose[],
  ): { image: Picture; plane: DosePlane } | null {
    const kept = this.of(grid, cut);
    const { plane } = kept;
    if (!plane) return null;
    const key = levels.map(({ gy, colour }) => `${gy}${colour}`).join();
    if (kept.wash?.key !== key) {
      kept.wash = { key, image: pictureOf(plane, washOf(plane, levels), kept.wash?.image) };
    }
    return { image: kept.wash.image, plane };
  }

  /** The difference a − b as a picture of one pixel per sample of a; null where the plane passes a's grid by. */
  difference(
    a: DoseGrid,
    b: DoseGrid,
    cut: CutPlane,
    spanGy: number,
  ): { image: Picture; plane: DosePlane } | null {
    const kept = this.of(a, cut);
    if (kept.difference?.from !== b)
      kept.difference = { from: b, plane: differencePlane(a, b, cut), image: null, spanGy };
    const { plane, image } = kept.difference;
    if (!plane) return null;
    if (!image || kept.difference.spanGy !== spanGy) {
      const made = pictureOf(plane, differenceWash(plane, spanGy), image ?? undefined);
      kept.difference = { ...kept.difference, image: made, spanGy };
      return { image: made, plane };
    }
    return { image, plane };
  }

  private of(grid: DoseGrid, cut: CutPlane): Kept {
    const planes = this.grids.get(grid) ?? new Map<string, Kept>();
    this.grids.set(grid, planes);
    const key = [...cut.right, ...cut.down, cut.depth].map((value) => value.toFixed(6)).join();
    const known = planes.get(key);
    if (known) {
      // The last one used goes last.
      planes.delete(key);
      planes.set(key, known);
      return known;
    }
    const made: Kept = { plane: dosePlane(grid, cut), lines: new Map(), wash: null, difference: null };
    const [oldest] = planes.keys();
    if (planes.size >= KEPT && oldest !== undefined) planes.delete(oldest);
    planes.set(key, made);
    return made;
  }
}

function pictureOf(
  { columns, rows }: DosePlane,
  pixels: Uint8ClampedArray<ArrayBuffer>,
  image: Picture = document.createElement('canvas'),
): Picture {
  image.width = columns;
  image.height = rows;
  image.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  return image;
}
