import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { voxelGrid } from '@/lib/measure/voxel-grid.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Volume } from '@/lib/planes/volume.ts';
import type { SuvTag } from '@/lib/rt/suv-tags.ts';
import type { Stack } from '../data/stack.ts';
import { acquiredPixel, type NoValue } from './acquired-pixel.ts';
import { type Hands, handEvent } from './hands.ts';
import type { Layer, LayerOrder } from './layers.ts';
import { overlayOf } from './measure-sources.ts';
import type { Pane } from './pane.ts';
import type { Spaces } from './spaces.ts';
import { Store, type ViewerSnapshot } from './store.ts';
import { valueUnit } from './value-unit.ts';
import type { Volumes } from './volumes.ts';

/** What a series holds under the pointer. */
export type CursorValue = {
  seriesUid: string;
  modality: string;
  unit: string;
  value: number | NoValue;
  /** Tags that stand in the way of the SUV that is asked for. */
  missing: readonly SuvTag[];
};

/** What lies under the pointer. */
export type Cursor = {
  viewportId: string;
  /** Patient mm; null on a projection, and where the image says no position: then `pixel`. */
  mm: Mm3 | null;
  /** Column and row, counted from 0, of an image without geometry. */
  pixel: readonly [number, number] | null;
  /** The viewport's own series first, then what lies over it. */
  values: readonly CursorValue[];
  /** Gy of the dose that is shown, between its voxels as isodoses have it; null where it says nothing. */
  doseGy: number | null;
  /** Gy of two doses that are compared; null while none are. */
  compared: { a: number | null; b: number | null } | null;
  /** Names of visible ROIs that the point lies in. */
  rois: readonly string[];
};

type Where = {
  store: Pick<Store<ViewerSnapshot>, 'get'>;
  volumes: Pick<Volumes, 'of'>;
  spaces: Pick<Spaces, 'map'>;
  doseAtPoint(mm: Mm3, frameOfReferenceUid: string | null): number | null;
  comparedAtPoint(mm: Mm3, frameOfReferenceUid: string | null): Cursor['compared'];
  roisAt(pane: Pane, view: ViewPlane, at: CanvasPoint): string[];
  addLayer(layer: Layer, order: LayerOrder): () => void;
  addHands(hands: Hands): () => void;
};

/**
 * Reads what lies under the pointer: always the stored value of the voxel that the point lies in, without
 * interpolation. So the same point gives the same value in every layout and on every plane, and it is one of those that
 * a region's maximum is taken from.
 */
export class CursorReader {
  readonly cursor = new Store<{ at: Cursor | null }>({ at: null });
  private last: { pane: Pane; event: PointerEvent } | null = null;

  constructor(private readonly where: Where) {
    where.addHands({
      id: 'cursor',
      down: () => false,
      hover: (on) => {
        this.last = on && { pane: on.pane, event: on.event };
        this.read();
      },
    });
    // The picture moves under a pointer that rests.
    where.addLayer(
      {
        id: 'cursor',
        draw: ({ pane }) => {
          if (pane === this.last?.pane) this.read();
          return {};
        },
      },
      'crosshair',
    );
  }

  private read(): void {
    const on = this.last && handEvent(this.last.pane, this.last.event);
    const before = this.cursor.get().at;
    const at = on && this.under(on.pane, on.view, on.mm, on.point);
    if (at !== before) this.cursor.set({ at });
  }

  private under(pane: Pane, view: ViewPlane, mm: Mm3, point: CanvasPoint): Cursor | null {
    const { stack, shown } = pane;
    if (!stack || !shown) return null;
    const none: Cursor = {
      viewportId: pane.id,
      mm: null,
      pixel: null,
      values: [],
      doseGy: null,
      compared: null,
      rois: [],
    };
    if (pane.kind === 'mip') return none;
    if (pane.kind === 'stack' && !pane.plane) {
      const pixel = [Math.round(mm[0]), Math.round(mm[1])] as const;
      return { ...none, pixel, values: [this.told(stack, acquiredPixel(pane, mm))] };
    }
    const volume = this.where.volumes.of(stack);
    const own = volume ? valueAt(stack, volume, mm) : acquiredPixel(pane, mm);
    const values = [this.told(stack, own)];
    const over = overlayOf(this.where.store.get().stacks, shown.fusion);
    if (over && over !== stack) values.push(this.over(over, mm, view, shown.fusion?.registrationUid ?? null));
    const doseGy = this.where.doseAtPoint(mm, view.frameOfReferenceUid);
    const compared = this.where.comparedAtPoint(mm, view.frameOfReferenceUid);
    return {
      ...none,
      mm,
      values,
      doseGy: compared ? null : doseGy,
      compared,
      rois: this.where.roisAt(pane, view, point),
    };
  }

  private over(stack: Stack, mm: Mm3, view: ViewPlane, registrationUid: string | null): CursorValue {
    const volume = this.where.volumes.of(stack);
    if (!volume) return this.told(stack, 'outside');
    const there = this.where.spaces.map(
      mm,
      view.frameOfReferenceUid,
      volume.frameOfReferenceUid,
      registrationUid,
    );
    return this.told(stack, there ? valueAt(stack, volume, there) : 'other_frame');
  }

  private told(stack: Stack, value: number | NoValue): CursorValue {
    const { unit, scale, missing } = valueUnit(stack, this.where.store.get().suvBy);
    return {
      seriesUid: stack.SeriesInstanceUID,
      modality: stack.Modality,
      unit,
      value: typeof value === 'number' ? value * scale : value,
      missing: missing ?? [],
    };
  }
}

/** In the displayed unit. */
function valueAt(stack: Stack, volume: Volume, point: Mm3): number | NoValue {
  if (stack.colour) return 'colour';
  const grid = voxelGrid(volume);
  const voxel = grid.voxelAt(point);
  if (!voxel) return 'outside';
  const value = grid.value(...voxel);
  return Number.isNaN(value) ? 'loading' : value;
}
