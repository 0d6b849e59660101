import { expect, test } from 'vitest';
import type { JsonDataSet } from '../dicom/display-json.ts';
import { toDicomJson } from '../dicom/json.ts';
import { parseHeader } from '../dicom/parse-header.ts';
import { parseStructureSet } from '../dicom/rtstruct.ts';
import { hodgkinPatient, hodgkinPlanes } from '../phantom/hodgkin.ts';
import { structureSetFile } from '../phantom/structure-set.ts';
import { axialAt, coronalAt, sagittalAt } from './section.fixture.ts';
import { sectionOf } from './section.ts';
import { indexSections } from './section-index.ts';
import { insideOf, outlineError, rasterOf } from './section-mask.fixture.ts';

const PIXEL_MM = 0.9765625;
/** A busy machine takes several times what a quiet one does. */
const PATIENCE_MS = 60_000;

function syntheticSet() {
  const bytes = structureSetFile(hodgkinPatient(), hodgkinPlanes, '20261117');
  const { dataSet } = parseHeader(bytes, bytes.length, (packed) => packed);
  return parseStructureSet(toDicomJson(dataSet, () => '') as JsonDataSet);
}

test(
  'twenty positions in each plane: no outline further than one pixel from a mask made from the contours alone',
  () => {
    const set = syntheticSet();
    const sections = indexSections(set);
    const errors: string[] = [];
    let outlines = 0;
    for (const [axis, planeAt] of [sagittalAt, coronalAt, axialAt].entries())
      for (let position = 0; position < 20; position += 1) {
        // In turn, so that each is met several times; between first and last contour, off the pixel raster.
        const roi = set.rois[(position * 3 + axis) % set.rois.length];
        const index = roi && sections.get(roi.number);
        if (!roi || !index || roi.contours.length === 0) continue;
        const values = roi.contours.flatMap(({ points }) => [...points.filter((_, at) => at % 3 === axis)]);
        const low = Math.min(...values);
        const at = low + ((position + 0.47) / 20) * (Math.max(...values) - low);
        const plane = planeAt(at);
        const raster = rasterOf(roi, plane, PIXEL_MM);
        const { loops } = sectionOf(index, plane);
        outlines += loops.length;
        const error = outlineError(insideOf(roi), plane, loops, raster);
        if (error > 1)
          errors.push(`${roi.name} at ${at.toFixed(1)} along axis ${axis}: ${error.toFixed(2)} pixels`);
      }
    expect(errors).toEqual([]);
    expect(outlines).toBeGreaterThan(60);
  },
  PATIENCE_MS,
);
