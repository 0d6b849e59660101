'use client';

import { useCallback, useState } from 'react';
import { type LayoutId, viewportCells } from '../ohif/layouts.ts';

/** Which viewport has the whole place of the layout for itself; the others keep what they show beneath it. */
export type Large = { id: string | null; possible: boolean; toggle: (id: string) => void };

/** Each one's own: how large a window is, is not shared. Another layout ends it. */
export function useLarge(layout: LayoutId): Large {
  const [large, setLarge] = useState<{ id: string; layout: LayoutId } | null>(null);
  const id = large?.layout === layout ? large.id : null;
  const possible = viewportCells(layout).length > 1;
  const toggle = useCallback(
    (wanted: string) =>
      setLarge((now) => (now?.layout === layout || !possible ? null : { id: wanted, layout })),
    [layout, possible],
  );
  return { id, possible, toggle };
}
