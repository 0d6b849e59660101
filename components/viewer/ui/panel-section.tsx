'use client';

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';

/** A part of the side panel that folds away under its heading. */
export function PanelSection(props: {
  title: string;
  /** Beside the heading: buttons of the whole section. */
  actions?: ReactNode;
  /** Also opens it whenever it becomes true: what the presenter begins must not stay folded for who follows. */
  initiallyOpen?: boolean;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(props.initiallyOpen ?? true);
  const id = useId();
  const { initiallyOpen } = props;
  useEffect(() => {
    if (initiallyOpen) setOpen(true);
  }, [initiallyOpen]);
  return (
    <section aria-label={props.title}>
      <div className="mb-1 flex items-center gap-1">
        <h2 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="flex w-full cursor-pointer items-center gap-1 rounded px-0.5 py-0.5 text-left text-xs font-semibold tracking-wide text-neutral-400 uppercase hover:bg-neutral-800"
          >
            <ChevronDown size={14} aria-hidden className={open ? '' : '-rotate-90'} />
            <span className="min-w-0 break-words">{props.title}</span>
          </button>
        </h2>
        {props.actions}
      </div>
      <div id={id} hidden={!open}>
        {open && props.children}
      </div>
    </section>
  );
}
