'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { useIsodoseHover } from './use-isodose-hover.ts';

/** The dose that the DVH's cursor stands on: the reader's own pointer before the shared one. */
export function useDvhCursor(stage: Stage, { dvhCursorGy }: ViewerSnapshot) {
  const { hover } = stage.doses;
  const { gy } = useSyncExternalStore(hover.subscribe, hover.get, hover.get);
  useIsodoseHover(stage);
  useEffect(() => () => stage.hoverDose(null), [stage]);
  const setCursor = useCallback((at: number | null) => stage.setExtras({ dvhCursorGy: at }), [stage]);
  const onHover = useCallback((at: number | null) => stage.hoverDose(at), [stage]);
  return { cursorGy: gy ?? dvhCursorGy, setCursor, onHover };
}
