'use client';

import { useLocale } from 'next-intl';
import { useId, useState } from 'react';
import { typedNumber } from './typed-number.ts';

/** A figure that counts when it is finished: by Enter, or by leaving the field. Empty is null. */
export function FigureField(props: {
  label: string;
  unit?: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const id = useId();
  const locale = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    if (typed === null) return;
    setTyped(null);
    const text = typed.trim().replace(',', '.');
    const value = Number(text);
    if (text === '') props.onChange(null);
    else if (Number.isFinite(value)) props.onChange(value);
  };
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-neutral-200">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        inputMode="decimal"
        value={typed ?? (props.value === null ? '' : typedNumber(locale, props.value))}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          // Keys of the viewer are digits too.
          event.stopPropagation();
          if (event.key === 'Enter') finish();
          if (event.key === 'Escape') setTyped(null);
        }}
        className="h-8 w-16 rounded-md border border-neutral-500 bg-neutral-900 px-1.5 text-sm text-neutral-100"
      />
      {props.unit && <span className="text-neutral-400">{props.unit}</span>}
    </span>
  );
}
