import { projectMip } from '@/lib/planes/mip.ts';
import type { Size } from '@/lib/planes/raster.ts';
import { reslice } from '@/lib/planes/reslice.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Volume } from '@/lib/planes/volume.ts';

/** A volume's values on a plane, and of what they are: computed anew only for something else. */
export class PlaneCut {
  values = new Float32Array(0);
  private volume: Volume | null = null;
  private of = '';

  /** False where nothing had to be computed. */
  make(volume: Volume, view: ViewPlane, size: Size, kind: 'plane' | 'mip'): boolean {
    const of = JSON.stringify([kind, size, view]);
    if (this.volume === volume && this.of === of) return false;
    const length = size.width * size.height;
    if (this.values.length < length) this.values = new Float32Array(length);
    const cut = kind === 'mip' ? projectMip : reslice;
    cut(volume, view, size, this.values);
    // What has gaps is asked for again when they are filled.
    this.volume = volume.slices.includes(null) ? null : volume;
    this.of = of;
    return true;
  }
}
