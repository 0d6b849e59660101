'use client';

import { useEffect } from 'react';
import type { Stage } from '../engine/stage.ts';

/** CSS pixels from a line within which the pointer is on it. */
const NEAR = 5;

/** While the DVH is on the page, an isodose under the pointer is the DVH's cursor. */
export function useIsodoseHover(stage: Stage): void {
  useEffect(
    () =>
      stage.addHands({
        id: 'isodose-hover',
        down: () => false,
        hover: (on) =>
          stage.hoverDose(on && stage.doses.levelUnder(on.view, on.mm, NEAR * on.view.mmPerPixel)),
      }),
    [stage],
  );
}
