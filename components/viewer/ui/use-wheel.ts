'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** About one notch of a mouse's wheel, in CSS pixels. */
const NOTCH = 100;

/**
 * The wheel over an element, which scrolls and zooms nothing else then. `far`: another notch's way was turned in one
 * direction; a touch pad tells many small steps for it.
 */
export function useWheel(
  of: RefObject<HTMLElement | null>,
  onWheel: (event: WheelEvent, far: boolean) => void,
): void {
  const latest = useRef(onWheel);
  latest.current = onWheel;
  useEffect(() => {
    const { current } = of;
    if (!current) return;
    let turned = 0;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const by =
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : Math.sign(event.deltaY) * NOTCH;
      turned = Math.sign(by) === Math.sign(turned) ? turned + by : by;
      const far = Math.abs(turned) >= NOTCH;
      if (far) turned = 0;
      latest.current(event, far);
    };
    current.addEventListener('wheel', wheel, { passive: false });
    return () => current.removeEventListener('wheel', wheel);
  }, [of]);
}
