'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A modal dialog: the browser's own, which keeps the focus inside and closes on Escape. */
export function Dialog(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  dark?: boolean;
  wide?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (props.open && !dialog?.open) dialog?.showModal();
    if (!props.open && dialog?.open) dialog.close();
  }, [props.open]);
  const colours = props.dark
    ? 'bg-neutral-900 text-neutral-100 border border-neutral-700'
    : 'bg-white text-slate-900';
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={props.onClose}
      // A sheet longer than the window is read by the arrow keys.
      tabIndex={props.wide ? 0 : undefined}
      className={`m-auto w-full text-left ${props.wide ? 'max-w-3xl' : 'max-w-lg'} rounded-xl p-5 shadow-xl ${colours}`}
    >
      <h2 id={titleId} className="mb-3 text-lg font-semibold">
        {props.title}
      </h2>
      {props.open && props.children}
    </dialog>
  );
}
