'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Notice } from './page.tsx';
import { PROBLEM } from './problem.ts';

/** A modal dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  dark?: boolean;
  wide?: boolean;
}) {
  const shell = useTranslations('shell');
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { problem, forget } = useProblemsOf(ref);
  useEffect(() => {
    const dialog = ref.current;
    if (props.open && !dialog?.open) dialog?.showModal();
    if (!props.open && dialog?.open) dialog.close();
  }, [props.open]);
  // While it is still on the page: a dialog that is only taken away gives no focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => dialog?.close();
  }, []);
  const colours = props.dark
    ? 'bg-neutral-900 text-neutral-100 border border-neutral-700'
    : 'bg-white text-slate-900';
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={() => {
        forget();
        // Opened again meanwhile, the news of its closing is old.
        if (!ref.current?.open) props.onClose();
      }}
      onSubmitCapture={forget}
      // A sheet longer than the window is read by the arrow keys.
      tabIndex={props.wide ? 0 : undefined}
      className={`m-auto w-full text-left ${props.wide ? 'max-w-3xl' : 'max-w-lg'} rounded-xl p-5 shadow-xl ${colours}`}
    >
      <h2 id={titleId} className="mb-3 pr-9 text-lg font-semibold">
        {props.title}
      </h2>
      {problem && (
        <div className="mb-3">
          <Notice tone="bad">{problem}</Notice>
        </div>
      )}
      {props.open && props.children}
      {/* Last, so that the focus begins in what the dialog is about. */}
      <button
        type="button"
        aria-label={shell('close')}
        onClick={() => ref.current?.close()}
        className={`absolute top-3.5 right-3.5 size-8 cursor-pointer rounded-md text-xl leading-none ${props.dark ? 'hover:bg-neutral-800' : 'hover:bg-slate-100'}`}
      >
        <span aria-hidden="true">×</span>
      </button>
    </dialog>
  );
}

/** The last error that came for this dialog, until something is sent anew. */
function useProblemsOf(ref: RefObject<HTMLDialogElement | null>) {
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const dialog = ref.current;
    const take = (event: Event) => {
      event.preventDefault();
      setProblem(String((event as CustomEvent).detail));
    };
    dialog?.addEventListener(PROBLEM, take);
    return () => dialog?.removeEventListener(PROBLEM, take);
  }, [ref]);
  return { problem, forget: () => setProblem(undefined) };
}
