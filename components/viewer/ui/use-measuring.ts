import { useSyncExternalStore } from 'react';
import type { MeasuringState } from '../engine/measuring.ts';
import type { Stage } from '../engine/stage.ts';

/** What of measuring is one's own, as it changes. */
export function useMeasuring(stage: Stage): MeasuringState {
  const { state } = stage.measuring;
  return useSyncExternalStore(state.subscribe, state.get, state.get);
}
