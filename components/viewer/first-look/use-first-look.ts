'use client';

import { useEffect, useRef, useState } from 'react';
import type { ViewerProps } from '../contract.ts';
import { firstLook, headersFirst } from './first-look.ts';
import type { FirstLook } from './look.ts';
import { openTools, toolsAreToCome } from './tools-gate.ts';

/**
 * The picture that a page shows while its viewer starts, and lets the viewer start after it.
 * @param wanted null while it is not known whether the images open as for the first time
 */
export function useFirstLook(
  of: Pick<ViewerProps, 'root' | 'studyUid' | 'series'>,
  wanted: boolean | null,
): FirstLook | null {
  const [look, setLook] = useState<FirstLook | null>(null);
  const opened = useRef(of);
  useEffect(() => {
    if (wanted === null) return;
    const abort = new AbortController();
    // What goes wrong the viewer meets again, and says.
    if (!wanted) {
      if (toolsAreToCome()) headersFirst(opened.current, abort.signal).catch(() => undefined);
      openTools();
      return () => abort.abort();
    }
    firstLook(opened.current, abort.signal).then(
      (made) => {
        if (abort.signal.aborted) return;
        setLook(made);
        if (!made) openTools();
      },
      () => openTools(),
    );
    return () => abort.abort();
  }, [wanted]);
  useEffect(() => {
    if (look) afterPaint(openTools);
  }, [look]);
  return look;
}

/** Once what was rendered is on the screen; of a page that nobody sees nothing is painted. */
function afterPaint(act: () => void): void {
  if (document.hidden) act();
  else requestAnimationFrame(() => setTimeout(act));
}
