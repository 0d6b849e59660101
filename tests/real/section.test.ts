import { describe, expect, test } from 'vitest';
import { addScaled, cross, dot, length, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import { cutAt } from '@/lib/rt/section.fixture.ts';
import { sectionOf } from '@/lib/rt/section.ts';
import { indexSections } from '@/lib/rt/section-index.ts';
import { insideOf, outlineError, rasterOf } from '@/lib/rt/section-mask.fixture.ts';
import { readStructureSet, STRUCTURE_SETS } from './structure-sets.ts';

/** A pixel of the usual CT. */
const PIXEL_MM = 0.9765625;
const POSITIONS = 20;

const unit = (vector: Mm3): Mm3 => addScaled([0, 0, 0], vector, 1 / length(vector));
const OBLIQUE = unit([1, 0.6, 0]);
/** The ways a plane's rows and columns run. */
const PLANES: Record<string, readonly [Mm3, Mm3]> = {
  axial: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
  ],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
  ],
  oblique: [OBLIQUE, unit(cross(OBLIQUE, [0.4, -0.3, 0.8]))],
};

/** Extent of an ROI's points along a direction, in mm. */
function extentOf(roi: Roi, along: Mm3): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { points } of roi.contours)
    for (let at = 0; at < points.length; at += 3) {
      const place = dot([points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0], along);
      low = Math.min(low, place);
      high = Math.max(high, place);
    }
  return [low, high];
}

describe.each(STRUCTURE_SETS)('%s, against a mask rasterised from the contours’ numbers', (name) => {
  test.each(Object.keys(PLANES))(
    '%s, at twenty positions: no outline further than one pixel',
    async (kind) => {
      const set = await readStructureSet(name);
      const sections = indexSections(set);
      const [right, down] = PLANES[kind] ?? [];
      if (!right || !down) throw new Error(kind);
      const normal = cross(right, down);
      const drawn = set.rois.filter((roi) => roi.contours.length > 0);
      const errors: string[] = [];
      let outlines = 0;
      for (let position = 0; position < POSITIONS; position += 1) {
        // In turn, so that each ROI is met; from end to end of it, off the pixels' raster.
        const roi = drawn[position % drawn.length];
        const index = roi && sections.get(roi.number);
        if (!roi || !index) throw new Error('no ROI');
        const [low, high] = extentOf(roi, normal);
        const at = low + ((position + 0.47) / POSITIONS) * (high - low);
        const plane = cutAt(addScaled([0, 0, 0], normal, at), right, down);
        const raster = rasterOf(roi, plane, PIXEL_MM);
        const { loops } = sectionOf(index, plane);
        outlines += loops.length;
        const error = outlineError(insideOf(roi), plane, loops, raster);
        if (error > 1) errors.push(`${roi.name} at ${at.toFixed(1)}: ${error.toFixed(2)} pixels`);
      }
      expect(errors).toEqual([]);
      expect(outlines).toBeGreaterThanOrEqual(POSITIONS / 2);
    },
  );
});
