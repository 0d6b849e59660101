import type { LayerAttributes } from './layers.ts';
import type { Pane } from './pane.ts';
import { type Voi, windowDigits } from './voi.ts';

const number = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
};

/**
 * Says on the viewport's element what is painted on it, for styling, automation and tests. Written after the frame and
 * its layers are on the canvases; `data-painted` last.
 */
export function writeAttributes(pane: Pane, seen: LayerAttributes): void {
  const { dataset } = pane.element;
  const state = pane.trouble ? null : pane.shown;
  const focal = state?.focalMm ?? null;
  dataset.seriesUid = state?.seriesUid ?? '';
  dataset.sopUid = (state && pane.image?.image.sopInstanceUid) ?? '';
  dataset.frameOfReference = state?.frameOfReferenceUid ?? '';
  dataset.focalMm = focal ? focal.map((value) => number(value, 1)).join(',') : '';
  dataset.normal = state?.normal ? state.normal.map((value) => number(value, 4)).join(',') : '';
  const window = (voi: Voi) => [voi.center, voi.width].map((value) => number(value, windowDigits(voi)));
  dataset.voi = state?.voi ? window(state.voi).join(',') : '';
  dataset.zoom = state ? number(state.zoom, 3) : '';
  dataset.blend = state?.fusion ? number(state.fusion.blend, 2) : '';
  dataset.rois = seen.rois.join(',');
  dataset.isodoses = seen.isodoses.map((level) => String(Number(level.toFixed(3)))).join(',');
  dataset.painted = String(pane.paints);
}
