import { type ReactNode, useId } from 'react';

type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined };

/** A labelled control with its hint and its error; the control gets the ids that tie them together. */
export function Field(props: {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  children: (control: Control) => ReactNode;
}) {
  const id = useId();
  const described =
    [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-sm font-medium">
        {props.label}
        {props.required && <span aria-hidden="true"> *</span>}
      </label>
      {props.children({ id, 'aria-describedby': described, 'aria-invalid': props.error ? true : undefined })}
      {props.hint && (
        <p id={`${id}-hint`} className="text-xs text-slate-600">
          {props.hint}
        </p>
      )}
      {props.error && (
        <p id={`${id}-error`} className="text-sm text-red-800">
          {props.error}
        </p>
      )}
    </div>
  );
}
