import type { DoseGrid } from '../dicom/rtdose.ts';
import type { Roi, StructureSet } from '../dicom/rtstruct.ts';
import { agreementOf } from './agreement.ts';
import { solidVolume } from './contour-volume.ts';
import { dvhOf } from './dvh.ts';
import { pairRois } from './roi-pairs.ts';
import { roiSolid } from './roi-solid.ts';
import { drawnOn, type Slices } from './slices.ts';
import type { Mm } from './units.ts';

/** One row of results: units are in the names; `reason` says why figures are missing. */
export type Row = Record<string, unknown> & { name: string; reason?: string };
/** By ROI number. */
export type Rows = Record<string, Row>;

/** @param slices the images that it was drawn on, where they are here */
const solidsOf = (structureSet: StructureSet, slices: Slices | null) => {
  const { planeDistance } = drawnOn(structureSet, slices);
  return structureSet.rois.map((roi) => ({
    roi,
    result: roi.repeatedNumber
      ? ({ known: false, reason: 'repeated_number' } as const)
      : roiSolid(roi, planeDistance, slices),
  }));
};

/** Volume in cc of each ROI. An ROI without any contour has the volume 0, and the reason says so. */
export function volumesOf(structureSet: StructureSet, slices: Slices | null = null): Rows {
  const rows: Rows = {};
  for (const { roi, result } of solidsOf(structureSet, slices)) {
    rows[roi.number] = result.known
      ? {
          name: roi.name,
          volumeCc: solidVolume(result.solid),
          contours: roi.contours.length,
          planes: result.solid.slabs.length,
          planeDistanceMm: result.solid.spacing,
          ...oddities(roi, result.solid),
        }
      : {
          name: roi.name,
          volumeCc: result.reason === 'no_contours' ? 0 : null,
          contours: roi.contours.length,
          ...(roi.unreadableContours > 0 && { unreadableContours: roi.unreadableContours }),
          reason: result.reason,
        };
  }
  return rows;
}

/** What the reader must know about how it was drawn; nothing when nothing is odd. */
const oddities = (roi: Roi, solid: { gaps: number; openContours: number }): Record<string, number> => ({
  ...(solid.gaps > 0 && { gaps: solid.gaps }),
  ...(solid.openContours > 0 && { contoursNotClosed: solid.openContours }),
  ...(roi.unreadableContours > 0 && { unreadableContours: roi.unreadableContours }),
  ...(roi.repeatedContours && { contoursRepeated: roi.repeatedContours }),
});

/** The same of the other one of two, under names that begin with `other`. */
const otherOddities = (roi: Roi, solid: { gaps: number; openContours: number }): Record<string, number> =>
  Object.fromEntries(
    Object.entries(oddities(roi, solid)).map(([key, count]) => [
      `other${key[0]?.toUpperCase()}${key.slice(1)}`,
      count,
    ]),
  );

/** Dose-volume figures of each ROI in one dose. */
export function dvhsOf(structureSet: StructureSet, grid: DoseGrid, slices: Slices | null = null): Rows {
  const rows: Rows = {};
  for (const { roi, result } of solidsOf(structureSet, slices)) {
    if (!result.known) {
      rows[roi.number] = { name: roi.name, reason: result.reason };
      continue;
    }
    const found = dvhOf(result.solid, grid);
    if (!found.known) {
      rows[roi.number] = { name: roi.name, volumeCc: solidVolume(result.solid), reason: found.reason };
      continue;
    }
    const { volume, covered, dose } = found.dvh;
    // What rounding leaves of a whole body lies nowhere.
    const outside = found.dvh.outside < volume * 1e-9 ? 0 : found.dvh.outside;
    rows[roi.number] = {
      name: roi.name,
      volumeCc: volume,
      minGy: dose?.min ?? null,
      meanGy: dose?.mean ?? null,
      maxGy: dose?.max ?? null,
      d98Gy: dose?.d98 ?? null,
      d95Gy: dose?.d95 ?? null,
      d50Gy: dose?.d50 ?? null,
      d2Gy: dose?.d2 ?? null,
      coveredCc: covered,
      outsideCc: outside,
      outsidePercent: volume > 0 ? (100 * outside) / volume : 0,
      ...oddities(roi, result.solid),
      ...(dose === null && { reason: 'outside_of_dose_grid' }),
      ...(dose && { curve: { doseGy: dose.curve.dose, volumeCc: dose.curve.volume } }),
    };
  }
  return rows;
}

/** ROIs of `a` against their counterparts in `b`: of the same name, else (names aside) of the same number. */
export function comparisonsOf(
  a: StructureSet,
  b: StructureSet,
  tolerance?: Mm,
  [ofA, ofB]: readonly [Slices | null, Slices | null] = [null, null],
): { rows: Rows; onlyInB: Roi[] } {
  const rows: Rows = {};
  const solidOf = new Map([...solidsOf(a, ofA), ...solidsOf(b, ofB)].map(({ roi, result }) => [roi, result]));
  const { pairs, onlyInB } = pairRois(a.rois, b.rois);
  for (const { roi, other, matchedBy } of pairs) {
    const result = solidOf.get(roi);
    const theirs = other && solidOf.get(other);
    if (!other || !result || !theirs) {
      rows[roi.number] = { name: roi.name, reason: 'no_counterpart' };
      continue;
    }
    const matched = {
      name: roi.name,
      otherNumber: other.number,
      otherName: other.name,
      matchedBy,
    };
    // Two that name no space need not lie in one.
    if ([roi, other].some((one) => one.frames && one.frameOfReferenceUid === '')) {
      rows[roi.number] = { ...matched, reason: 'no_frame_of_reference' };
      continue;
    }
    if (!result.known || !theirs.known) {
      const reason = result.known ? (theirs.known ? '' : theirs.reason) : result.reason;
      rows[roi.number] = { ...matched, reason };
      continue;
    }
    const volumes = {
      volumeCc: solidVolume(result.solid),
      otherVolumeCc: solidVolume(theirs.solid),
      ...oddities(roi, result.solid),
      ...otherOddities(other, theirs.solid),
    };
    const found = agreementOf(result.solid, theirs.solid, tolerance);
    rows[roi.number] = found.known
      ? {
          ...matched,
          dice: found.agreement.dice,
          surfaceDice: found.agreement.surfaceDice,
          toleranceMm: found.agreement.tolerance,
          hd95Mm: found.agreement.hd95,
          hdMm: found.agreement.hd,
          meanDistanceMm: found.agreement.mean,
          ...volumes,
        }
      : { ...matched, ...volumes, reason: found.reason };
  }
  return { rows, onlyInB };
}
