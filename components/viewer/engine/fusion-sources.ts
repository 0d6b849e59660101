import type { Stack } from '../data/stack.ts';
import { largestOf } from './find-stack.ts';
import type { FusionSources } from './fusion.ts';
import type { Volumes } from './volumes.ts';

/** Where overlays come from: the largest stack of a series, its volume, the plane as its frame of reference has it. */
export const fusionSources = (
  stacks: () => readonly Stack[],
  volumes: Volumes,
  viewIn: FusionSources['viewIn'],
): FusionSources => ({
  stackOf: ({ seriesUid }) => largestOf(stacks(), seriesUid),
  volumeOf: (stack) => {
    const volume = volumes.of(stack);
    const geometry = volumes.geometryOf(stack);
    return volume ? { volume } : { refused: geometry.ok ? 'no_geometry' : geometry.reason };
  },
  viewIn,
});
