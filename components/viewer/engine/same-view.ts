import type { RoiState, Vec3, ViewportState, ViewState } from '@/lib/live/view-state.ts';
import { LEAST_WIDTH, type Voi } from './voi.ts';

const round = (value: number, step: number): number => Math.round(value / step) * step;
const fixed = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Digits of a window: an ADC in mm²/s is looked at 0.002 wide, a PET in Bq/ml 50000. */
const DIGITS = 5;
const significant = (value: number): number => Number(value.toPrecision(DIGITS));

/** The centre in steps of the width's last digit. */
function roundedVoi(voi: Voi): Voi {
  const width = significant(Math.max(LEAST_WIDTH, voi.width));
  const decimals = DIGITS - 1 - Math.floor(Math.log10(width));
  return { center: fixed(voi.center, Math.min(100, Math.max(0, decimals))), width };
}

/** Figures as they are shared: finer than any screen shows, coarse enough that a round trip changes nothing. */
export function rounded(viewport: ViewportState): ViewportState {
  return {
    ...viewport,
    focalMm: viewport.focalMm && [
      fixed(viewport.focalMm[0], 2),
      fixed(viewport.focalMm[1], 2),
      fixed(viewport.focalMm[2], 2),
    ],
    normal: viewport.normal && [
      fixed(viewport.normal[0], 5),
      fixed(viewport.normal[1], 5),
      fixed(viewport.normal[2], 5),
    ],
    up: viewport.up && [fixed(viewport.up[0], 5), fixed(viewport.up[1], 5), fixed(viewport.up[2], 5)],
    voi: viewport.voi && roundedVoi(viewport.voi),
    fusion: viewport.fusion && {
      ...viewport.fusion,
      blend: fixed(viewport.fusion.blend, 3),
      voi: roundedVoi(viewport.fusion.voi),
      above: viewport.fusion.above === null ? null : significant(viewport.fusion.above),
    },
    zoom: Math.min(1000, Math.max(1e-4, round(viewport.zoom, 1e-4))),
    ...(viewport.aspect && { aspect: fixed(viewport.aspect, 4) }),
  };
}

const near = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance;

/** Within 1/500 of the width: less than a grey level of 256. */
const sameVoi = (a: Voi, b: Voi): boolean =>
  near(a.center, b.center, 2e-3 * a.width) && near(a.width, b.width, 2e-3 * a.width);

function sameFusion(a: ViewportState['fusion'], b: ViewportState['fusion']): boolean {
  if (!a || !b) return a === b;
  const above =
    a.above === null || b.above === null ? a.above === b.above : near(a.above, b.above, 2e-3 * a.voi.width);
  return (
    above &&
    sameVoi(a.voi, b.voi) &&
    alike({ ...a, voi: null, above: null }, { ...b, voi: null, above: null })
  );
}

const sameVector = (a: Vec3 | null, b: Vec3 | null): boolean =>
  a === null || b === null ? a === b : a.every((value, axis) => near(value, b[axis] ?? Number.NaN, 1e-4));

/** The same picture, as far as anybody could see. */
export function sameViewport(a: ViewportState, b: ViewportState): boolean {
  return (
    a.viewportId === b.viewportId &&
    a.seriesUid === b.seriesUid &&
    a.sopInstanceUid === b.sopInstanceUid &&
    a.frame === b.frame &&
    a.invert === b.invert &&
    a.kind === b.kind &&
    a.colours === b.colours &&
    sameFusion(a.fusion, b.fusion) &&
    sameVector(a.up, b.up) &&
    (a.kind === 'stack' || sameVector(a.normal, b.normal)) &&
    near(a.zoom, b.zoom, a.zoom * 1e-3) &&
    near(a.aspect ?? 0, b.aspect ?? 0, 2e-4) &&
    (a.focalMm === null || b.focalMm === null
      ? a.focalMm === b.focalMm
      : a.focalMm.every((value, axis) => near(value, b.focalMm?.[axis] ?? Number.NaN, 0.05))) &&
    (a.voi === null || b.voi === null ? a.voi === b.voi : sameVoi(a.voi, b.voi))
  );
}

/** Whether other images are shown, or laid over them. */
export const otherSeries = (a: ViewportState, b: ViewportState | undefined): boolean =>
  a.seriesUid !== b?.seriesUid || a.fusion?.seriesUid !== b?.fusion?.seriesUid;

const sameRois = (a: RoiState, b: RoiState): boolean =>
  a.structureSetUid === b.structureSetUid &&
  a.visible.join() === b.visible.join() &&
  JSON.stringify(Object.entries(a.opacity).sort()) === JSON.stringify(Object.entries(b.opacity).sort());

/** The same ROIs seen in the same structure sets; both in the order that states are shared in. */
export const sameStructureSets = (a: readonly RoiState[], b: readonly RoiState[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return other !== undefined && sameRois(one, other);
  });

export function sameView(a: ViewState | null, b: ViewState | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.layout === b.layout &&
    a.activeViewportId === b.activeViewportId &&
    a.viewports.length === b.viewports.length &&
    a.viewports.every((one, index) => {
      const other = b.viewports[index];
      return other !== undefined && sameViewport(one, other);
    }) &&
    sameStructureSets(a.structureSets, b.structureSets) &&
    sameExtras(a, b)
  );
}

/** What a view holds beside images and contours. */
export type ViewExtras = Pick<
  ViewState,
  | 'dose'
  | 'beamsOf'
  | 'dvhCursorGy'
  | 'dvh'
  | 'measurements'
  | 'suvBy'
  | 'keyViewId'
  | 'document'
  | 'comparison'
  | 'doseComparison'
>;

/** The same as the panels keep it, whose lists are not to be written to. */
type ExtrasOf = Omit<ViewExtras, 'measurements'> & {
  measurements: readonly ViewExtras['measurements'][number][];
};

/** What a view holds beside images and contours, alone. */
export const extrasOf = ({
  dose,
  beamsOf,
  dvhCursorGy,
  dvh,
  measurements,
  suvBy,
  keyViewId,
  document,
  comparison,
  doseComparison,
}: ExtrasOf) => ({
  suvBy,
  keyViewId,
  document,
  comparison,
  doseComparison,
  dose,
  beamsOf,
  dvhCursorGy,
  dvh,
  measurements: [...measurements],
});

/** The same dose, beams, DVH cursor, measurements, key view, document and comparisons. */
export const sameExtras = (a: ViewExtras, b: ViewExtras): boolean =>
  a.beamsOf === b.beamsOf &&
  a.dvhCursorGy === b.dvhCursorGy &&
  alike(a.dvh, b.dvh) &&
  a.suvBy === b.suvBy &&
  a.keyViewId === b.keyViewId &&
  alike(a.dose, b.dose) &&
  sameDocument(a.document, b.document) &&
  alike(a.comparison, b.comparison) &&
  alike(a.doseComparison, b.doseComparison) &&
  alike(a.measurements, b.measurements);

/** The same of the same document. */
export const sameDocument = (a: ViewState['document'], b: ViewState['document']): boolean => alike(a, b);

/** Plain values, whatever the order of their keys. */
function alike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [one, other] = [Object.entries(a), new Map(Object.entries(b))];
  return one.length === other.size && one.every(([key, value]) => alike(value, other.get(key)));
}
