import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import { type DrawnOn, drawnOn } from '@/lib/rt/slices.ts';
import { slicesOfSet } from '../data/structures.ts';
import type { Stage } from '../engine/stage.ts';

const kept = new WeakMap<StructureSet, DrawnOn>();

/** What the bodies of a set's ROIs depend on; the same as long as the same images are attached. */
export function setDrawnOn(stage: Stage, set: StructureSet): DrawnOn {
  const slices = slicesOfSet(set, stage.store.get().stacks);
  const known = kept.get(set);
  if (known?.slices === slices) return known;
  const made = drawnOn(set, slices);
  kept.set(set, made);
  return made;
}
