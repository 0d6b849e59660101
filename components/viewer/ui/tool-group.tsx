'use client';

import { type MouseEvent, type ReactNode, useId, useRef } from 'react';

/**
 * From which width of the bar on a group stands in the line, in pixels. Least used go first: running through and the
 * screen, then measuring, greys, layout, and the mouse's tools last. Widths are those of the longer language, French.
 */
const folds = {
  1280: ['@min-[1280px]/bar:hidden', '@min-[1280px]/bar:contents'],
  1150: ['@min-[1150px]/bar:hidden', '@min-[1150px]/bar:contents'],
  940: ['@min-[940px]/bar:hidden', '@min-[940px]/bar:contents'],
  800: ['@min-[800px]/bar:hidden', '@min-[800px]/bar:contents'],
  600: ['@min-[600px]/bar:hidden', '@min-[600px]/bar:contents'],
  never: ['', ''],
} as const;

type Props = {
  label: string;
  icon: ReactNode;
  /** The bar's width from which on the group stands open in the line. */
  from: keyof typeof folds;
  /** Something of the group is at work, which its closed button says too. */
  active?: boolean;
  /** A choice ends the visit: true for tools, false for settings. */
  closes?: boolean;
  children: ReactNode;
};

/**
 * A group of the toolbar: in the line where the bar is wide enough, behind one button that opens it below elsewhere.
 * Its controls are the same elements in both, so that their keys and their state do not depend on the width.
 */
export function ToolGroup({ label, icon, from, active, closes, children }: Props) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [whenInLine, inLine] = folds[from];
  const place = () => {
    if (opener.current && menu.current) placeBelow(opener.current, menu.current);
  };
  const chosen = ({ target }: MouseEvent) => {
    if (
      closes &&
      target instanceof Element &&
      target.closest('button') &&
      menu.current?.matches(':popover-open')
    )
      menu.current.hidePopover();
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        popoverTarget={id}
        aria-label={label}
        title={label}
        data-active={active || undefined}
        className={`relative inline-flex size-8 shrink-0 cursor-pointer items-center justify-center rounded-md text-neutral-200 after:absolute after:right-0.5 after:bottom-0.5 after:border-4 after:border-transparent after:border-r-neutral-400 after:border-b-neutral-400 hover:bg-neutral-800 data-active:bg-teal-900 data-active:text-teal-50 ${whenInLine}`}
      >
        {icon}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a form's; this is a part of a toolbar. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside are what is pressed. */}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        onBeforeToggle={place}
        onClick={chosen}
        className={`group/menu inset-auto m-0 flex-col gap-1 rounded-md border border-neutral-600 bg-neutral-900 p-1.5 text-neutral-100 shadow-xl open:flex ${inLine}`}
      >
        {children}
      </div>
    </>
  );
}

/** Under its button, on the side that has the room; over the whole width of a phone. */
function placeBelow(opener: HTMLElement, menu: HTMLElement): void {
  const { left, right, bottom } = opener.getBoundingClientRect();
  const width = window.innerWidth;
  const fromLeft = (left + right) / 2 < width / 2;
  const narrow = width < 480;
  Object.assign(menu.style, {
    top: `${bottom + 4}px`,
    left: narrow ? '8px' : fromLeft ? `${left}px` : 'auto',
    right: narrow || !fromLeft ? `${narrow ? 8 : width - right}px` : 'auto',
    maxHeight: `calc(100dvh - ${bottom + 12}px)`,
  });
  // Its place is that of one width of the window.
  window.addEventListener('resize', () => menu.matches(':popover-open') && menu.hidePopover(), {
    once: true,
  });
}
