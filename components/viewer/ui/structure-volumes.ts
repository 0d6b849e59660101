'use client';

import { useEffect, useState } from 'react';
import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import { slicesOfSet } from '../data/structures.ts';
import type { Stage } from '../engine/stage.ts';
import type { RoiVolume } from '../workers/structures-messages.ts';

type Volumes = ReadonlyMap<number, RoiVolume>;
const kept = new WeakMap<StructureSet, Promise<Volumes>>();
const none: Volumes = new Map();

/** The volumes of a set's ROIs by their numbers, computed when its list is first open; empty until they are there. */
export function useVolumes(stage: Stage, set: StructureSet): Volumes {
  const [volumes, setVolumes] = useState(none);
  useEffect(() => {
    let gone = false;
    const asked =
      kept.get(set) ??
      stage.structures.ask({ kind: 'volumes', set, slices: slicesOfSet(set, stage.store.get().stacks) });
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
