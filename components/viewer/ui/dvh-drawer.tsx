'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { toggleDvh } from './dvh-button.tsx';
import { DvhPanel } from './dvh-panel.tsx';

const LEAST = 140;
const FIRST = 320;

/** The DVH under the viewports, where a dose is attached: opened and closed by `d` and by its button. */
export function DvhDrawer({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const { open } = snapshot.dvh;
  const attached = snapshot.doses.length > 0;
  useEffect(
    () =>
      stage.addHands({
        id: 'dvh',
        down: () => false,
        key: ({ key, ctrlKey, metaKey, altKey }) => {
          if (key !== 'd' || ctrlKey || metaKey || altKey || !attached) return false;
          toggleDvh(stage);
          return true;
        },
      }),
    [stage, attached],
  );
  return (
    open &&
    attached && (
      <Drawer>
        <DvhPanel stage={stage} snapshot={snapshot} />
      </Drawer>
    )
  );
}

/** Holds something as high as somebody pulls it. */
function Drawer({ children }: { children: ReactNode }) {
  const t = useTranslations('viewer.dvh');
  const [height, setHeight] = useState(FIRST);
  const drag = useRef<{ from: number; height: number } | null>(null);
  const most = () => Math.round(window.innerHeight * 0.7);
  const set = (next: number) => setHeight(Math.min(most(), Math.max(LEAST, Math.round(next))));
  const down = (event: PointerEvent) => {
    drag.current = { from: event.clientY, height };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (drag.current) set(drag.current.height + drag.current.from - event.clientY);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    set(height + (event.key === 'ArrowUp' ? 20 : -20));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // However it was opened, by a presenter on a large screen too, images keep their room.
    <div className="flex max-h-[min(70%,calc(100%-14rem))] min-h-0 shrink-0 flex-col" style={{ height }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no rule between paragraphs. */}
      <div
        role="separator"
        aria-orientation="horizontal"
        aria-label={t('resize')}
        aria-valuemin={LEAST}
        aria-valuenow={height}
        tabIndex={0}
        // Taken hold of a little above and below too: a target of 24 px.
        className="relative h-2 shrink-0 cursor-row-resize before:absolute before:inset-x-0 before:-inset-y-2 before:z-10 touch-none bg-neutral-800 hover:bg-teal-900 focus-visible:bg-teal-700"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onKeyDown={key}
      />
      <div className="min-h-0 flex-1 overflow-auto">{children}</div>
    </div>
  );
}
