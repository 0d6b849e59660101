import type { DoseGrid } from '../dicom/rtdose.ts';
import type { Roi, StructureSet } from '../dicom/rtstruct.ts';
import { agreementOf } from './agreement.ts';
import { solidVolume } from './contour-volume.ts';
import { dvhOf } from './dvh.ts';
import { planeDistanceOf, roiSolid } from './roi-solid.ts';
import type { Mm } from './units.ts';

/** One row of results: units are in the names; `reason` says why figures are missing. */
export type Row = Record<string, unknown> & { name: string; reason?: string };
/** By ROI number. */
export type Rows = Record<string, Row>;

const solidsOf = (structureSet: StructureSet) => {
  const fallback = planeDistanceOf(structureSet);
  return structureSet.rois.map((roi) => ({ roi, result: roiSolid(roi, fallback) }));
};

/** Volume in cc of each ROI. An ROI without any contour has the volume 0, and the reason says so. */
export function volumesOf(structureSet: StructureSet): Rows {
  const rows: Rows = {};
  for (const { roi, result } of solidsOf(structureSet)) {
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
const oddities = (roi: Roi, solid: { gaps: number; openContours: number }) => ({
  ...(solid.gaps > 0 && { gaps: solid.gaps }),
  ...(solid.openContours > 0 && { contoursNotClosed: solid.openContours }),
  ...(roi.unreadableContours > 0 && { unreadableContours: roi.unreadableContours }),
});

/** Dose-volume figures of each ROI in one dose. */
export function dvhsOf(structureSet: StructureSet, grid: DoseGrid): Rows {
  const rows: Rows = {};
  for (const { roi, result } of solidsOf(structureSet)) {
    if (!result.known) {
      rows[roi.number] = { name: roi.name, reason: result.reason };
      continue;
    }
    const found = dvhOf(result.solid, grid);
    if (!found.known) {
      rows[roi.number] = { name: roi.name, volumeCc: solidVolume(result.solid), reason: found.reason };
      continue;
    }
    const { volume, covered, outside, dose } = found.dvh;
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
): { rows: Rows; onlyInB: Roi[] } {
  const rows: Rows = {};
  const others = solidsOf(b);
  const used = new Set<Roi>();
  for (const { roi, result } of solidsOf(a)) {
    const byName = others.find((one) => plain(one.roi.name) === plain(roi.name) && !used.has(one.roi));
    const taken = (name: string): boolean => a.rois.some((one) => plain(one.name) === plain(name));
    const other =
      byName ??
      others.find((one) => one.roi.number === roi.number && !used.has(one.roi) && !taken(one.roi.name));
    if (!other) {
      rows[roi.number] = { name: roi.name, reason: 'no_counterpart' };
      continue;
    }
    used.add(other.roi);
    const matched = {
      name: roi.name,
      otherNumber: other.roi.number,
      otherName: other.roi.name,
      matchedBy: byName ? 'name' : 'number',
    };
    if (!result.known || !other.result.known) {
      const reason = result.known ? (other.result.known ? '' : other.result.reason) : result.reason;
      rows[roi.number] = { ...matched, reason };
      continue;
    }
    const volumes = { volumeCc: solidVolume(result.solid), otherVolumeCc: solidVolume(other.result.solid) };
    const found = agreementOf(result.solid, other.result.solid, tolerance);
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
  return { rows, onlyInB: b.rois.filter((roi) => !used.has(roi)) };
}

const plain = (name: string): string => name.trim().toLowerCase();
