'use client';

import { useLayoutEffect, useRef } from 'react';
import { type Layout, layouts, viewportCells } from '../ohif/layouts.ts';
import { useWholePixels } from '../ui/use-whole-pixels.ts';
import type { FirstLook } from './look.ts';

/** The first look where its viewport is or will be, over whatever else is there. */
export function FirstPicture({ look, onTaken }: { look: FirstLook; onTaken?: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The canvas itself goes from place to place: it keeps its pixels.
    place.current?.replaceChildren(look.picture);
    onTaken?.();
  }, [look, onTaken]);
  const { rows, columns }: Layout = layouts[look.layout];
  const grid = useRef<HTMLDivElement>(null);
  useWholePixels(grid, rows, columns);
  return (
    <div
      ref={grid}
      className="pointer-events-none absolute inset-0 grid gap-px"
      style={{
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      }}
      aria-hidden
    >
      <div
        ref={place}
        data-first-look
        className="min-h-0 min-w-0 bg-black *:size-full *:object-contain"
        style={{ gridArea: viewportCells(look.layout)[0]?.area }}
      />
    </div>
  );
}
