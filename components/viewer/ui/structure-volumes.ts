'use client';

import { useEffect, useState } from 'react';
import { sliceDistance } from '@/lib/dicom/image-plane-order.ts';
import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Stage } from '../engine/stage.ts';
import type { RoiVolume } from '../workers/structures-messages.ts';

type Volumes = ReadonlyMap<number, RoiVolume>;
const kept = new WeakMap<StructureSet, Promise<Volumes>>();
const none: Volumes = new Map();

/** mm between the images that a set was drawn on, where they are attached. */
export function sliceDistanceOf(stage: Stage, set: StructureSet): number | null {
  const { stacks } = stage.store.get();
  const own = stacks.find((stack) => set.referencedSeriesUids.includes(stack.SeriesInstanceUID));
  return own ? sliceDistance(own.planes) : null;
}

/** The volumes of a set's ROIs by their numbers, computed when its list is first open; empty until they are there. */
export function useVolumes(stage: Stage, set: StructureSet): Volumes {
  const [volumes, setVolumes] = useState(none);
  useEffect(() => {
    let gone = false;
    const asked =
      kept.get(set) ??
      stage.structures.ask({ kind: 'volumes', set, sliceDistance: sliceDistanceOf(stage, set) });
    kept.set(set, asked);
    asked.then(
      (found) => !gone && setVolumes(found),
      // Asked again when the list is opened again.
      () => kept.delete(set),
    );
    return () => {
      gone = true;
    };
  }, [stage, set]);
  return volumes;
}
