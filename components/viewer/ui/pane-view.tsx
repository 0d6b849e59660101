'use client';

import { useTranslations } from 'next-intl';
import { type PointerEvent, useEffect, useReducer, useRef } from 'react';
import type { Pointer } from '@/lib/live/protocol.ts';
import type { ViewerPointer } from '../contract.ts';
import type { FadingMarks } from '../engine/fading-marks.ts';
import { handEvent } from '../engine/hands.ts';
import { markTools } from '../engine/mark-hands.ts';
import type { Stage } from '../engine/stage.ts';
import { isOwnTool } from '../engine/tools.ts';
import { MarkLayer } from './mark-layer.tsx';
import { PaneOverlay } from './pane-overlay.tsx';
import { PointerLayer } from './pointer-layer.tsx';
import type { Large } from './use-large.ts';

type Props = {
  stage: Stage;
  id: string;
  /** Its place in the layout's grid. */
  area: string;
  large: Large;
  active: boolean;
  pointers: readonly ViewerPointer[];
  marks: FadingMarks;
  onPointer: ((pointer: Pointer) => void) | undefined;
  /** Registers what draws this pane's words anew when a frame was painted. */
  onMount: (id: string, redraw: () => void) => () => void;
};

/** One viewport with what stands around its picture. */
export function PaneView({ stage, id, area, large, active, pointers, marks, onPointer, onMount }: Props) {
  const t = useTranslations('viewer');
  const element = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    const forget = onMount(id, redraw);
    const { current } = element;
    if (current) stage.mount(id, current);
    return () => {
      forget();
      stage.unmount(id);
    };
  }, [stage, id, onMount]);

  // React listens to the wheel passively; a page that scrolls under the image would be worse than a lost notch.
  useEffect(() => {
    const { current } = element;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const pane = stage.pane(id);
      if (pane?.stack && event.deltaY !== 0) stage.scroll(pane, Math.sign(event.deltaY));
    };
    current?.addEventListener('wheel', wheel, { passive: false });
    return () => current?.removeEventListener('wheel', wheel);
  }, [stage, id]);

  const drag = useRef<{ y: number } | null>(null);
  const handOf = (event: PointerEvent) => {
    const pane = stage.pane(id);
    return pane?.stack ? handEvent(pane, event.nativeEvent) : null;
  };
  const down = (event: PointerEvent) => {
    // Whoever points goes nowhere: a follower goes on following.
    if (event.button !== 0 || !(stage.store.get().tool in markTools)) {
      stage.pane(id)?.letGo();
      stage.setActive(id);
    }
    const hand = handOf(event);
    if (hand && stage.hands.down(hand)) {
      event.currentTarget.setPointerCapture(event.pointerId);
      // No mouse event follows, so that no other tool acts on the same gesture; the focus then does not follow by itself.
      event.preventDefault();
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true });
    } else if (event.button === 0 && stage.store.get().tool === 'scroll') {
      drag.current = { y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    }
  };
  const move = (event: PointerEvent) => {
    const pane = stage.pane(id);
    if (!pane?.stack) return;
    const hand = handOf(event);
    const taken = hand !== null && stage.hands.move(hand);
    if (drag.current && !taken) {
      const steps = Math.trunc((event.clientY - drag.current.y) / 6);
      if (steps !== 0) {
        drag.current = { y: drag.current.y + steps * 6 };
        stage.scroll(pane, steps);
      }
    }
    const state = pane.shown;
    if (!onPointer || !state?.seriesUid || pane.trouble) return;
    const box = pane.element.getBoundingClientRect();
    const mm = pane.toPatient([event.clientX - box.left, event.clientY - box.top]);
    onPointer({
      viewportId: id,
      seriesUid: state.seriesUid,
      frameOfReferenceUid: state.frameOfReferenceUid,
      mm: [mm[0], mm[1], mm[2]],
    });
  };

  return (
    <div
      className={`relative [container-type:size] data-large:z-10 min-h-0 min-w-0 overflow-hidden bg-black outline-1 -outline-offset-1 ${active ? 'outline-teal-500' : 'outline-neutral-800'}`}
      style={{ gridArea: large.id === id ? '1 / 1 / -1 / -1' : area }}
      // What lies beneath a large view stays as it is, out of sight and reach.
      inert={large.id !== null && large.id !== id}
      data-large={large.id === id || undefined}
    >
      <div
        ref={element}
        data-viewport={id}
        className="absolute inset-0 touch-none select-none"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region is operated by the keyboard.
        tabIndex={0}
        aria-label={t('viewport', { number: id.slice(1) })}
        // Not by focus: a window that comes back to the front gives that too, and nobody has done anything.
        onKeyUp={(event) => event.key === 'Tab' && stage.setActive(id)}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={(event) => {
          drag.current = null;
          const hand = handOf(event);
          if (hand) stage.hands.up(hand);
        }}
        // Its own coordinates say nothing.
        onPointerCancel={() => {
          drag.current = null;
          stage.hands.cancel();
        }}
        onPointerLeave={() => {
          stage.hands.leave();
          onPointer?.(null);
        }}
        onDoubleClick={() => isOwnTool(stage.store.get().tool) && large.toggle(id)}
        onContextMenu={(event) => event.preventDefault()}
      />
      <PaneOverlay stage={stage} id={id} />
      <MarkLayer stage={stage} id={id} marks={marks} />
      <PointerLayer stage={stage} id={id} pointers={pointers} />
    </div>
  );
}
