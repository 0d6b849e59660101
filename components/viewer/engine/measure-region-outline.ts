import type { Measurement } from '@/lib/live/measurement-state.ts';
import type { Reading } from '@/lib/measure/reading.ts';
import { voxelOutline } from '@/lib/measure/voxel-outline.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';

type Region = NonNullable<Reading['region']>;
/** CSS pixels: the outline is out by half of it at most. */
const CELL = 2;
/** As many viewports as a layout has, and the planes before them. */
const KEPT = 24;

/** The outlines of the voxels that count in a region; kept while neither the region nor the plane changes. */
export class RegionOutlines {
  private readonly kept = new Map<string, { region: Region; path: Path2D }>();

  /** Adds the outline of a region's lesion on a plane. @param circle where the plane cuts the region, CSS pixels */
  add(
    path: Path2D,
    { id }: Pick<Measurement, 'id'>,
    region: Region,
    view: ViewPlane,
    circle: { centre: CanvasPoint; radius: number },
  ): void {
    const found = region.result.known ? region.result.values.lesion?.found : undefined;
    if (!found || found.keys.size === 0) return;
    const key = [
      id,
      view.width,
      view.height,
      view.mmPerPixel,
      ...view.centre,
      ...view.right,
      ...view.down,
    ].join();
    const known = this.kept.get(key);
    if (known?.region === region) {
      path.addPath(known.path);
      return;
    }
    const [x, y] = circle.centre;
    const reach = circle.radius + 2 * CELL;
    const box = {
      left: Math.max(0, x - reach),
      top: Math.max(0, y - reach),
      right: Math.min(view.width, x + reach),
      bottom: Math.min(view.height, y + reach),
    };
    const made = new Path2D();
    for (const [from, to] of voxelOutline(region.grid, found.keys, view, box, CELL)) {
      made.moveTo(...from);
      made.lineTo(...to);
    }
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, { region, path: made });
    path.addPath(made);
  }
}
