'use client';

import type { ReactNode } from 'react';

/** A button of the viewer's bars: an icon, its name for everybody, pressed or not where it can be. In an open menu the name is written out. */
export function ToolButton(props: {
  label: string;
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      onClick={props.onClick}
      className="inline-flex size-8 shrink-0 cursor-pointer items-center justify-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900 aria-pressed:text-teal-50 group-open/menu:w-full group-open/menu:justify-start group-open/menu:gap-2.5 group-open/menu:px-2"
    >
      {props.children}
      <span className="hidden text-sm group-open/menu:inline">{props.label}</span>
    </button>
  );
}
