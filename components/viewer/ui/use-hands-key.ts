'use client';

import { useEffect, useRef } from 'react';
import type { Stage } from '../engine/stage.ts';

/** Plain keys of one part of the viewer, asked before the viewer's own; a key without modifiers takes its act. */
export function useHandsKey(stage: Stage, id: string, keys: Readonly<Record<string, () => void>>): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(
    () =>
      stage.addHands({
        id,
        down: () => false,
        key: (event) => {
          // The space bar presses the button that has the focus.
          if (event.key === ' ' && isControl(event.target)) return false;
          const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : now.current[event.key];
          act?.();
          return act !== undefined;
        },
      }),
    [stage, id],
  );
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, input, summary') !== null;
