'use client';

import type { ReactNode } from 'react';

/** A button of the viewer's bars: an icon, its name for everybody, pressed or not where it can be. */
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
      className="inline-flex size-8 cursor-pointer items-center justify-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900 aria-pressed:text-teal-50"
    >
      {props.children}
    </button>
  );
}
