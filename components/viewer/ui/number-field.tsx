'use client';

import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import { typedNumber } from './typed-number.ts';

/** A positive number that is taken when the field is left or Enter is pressed; anything else leaves it as it was. */
export function NumberField(props: {
  label: string;
  value: number | null;
  unit?: string;
  /** Says the label to those who do not see where the field stands. */
  hideLabel?: boolean;
  onChange: (value: number) => void;
}) {
  const locale = useLocale();
  const told = props.value === null ? '' : typedNumber(locale, props.value);
  const [text, setText] = useState(told);
  useEffect(() => setText(told), [told]);
  const take = () => {
    const value = Number(text.trim().replace(',', '.'));
    if (text.trim() !== '' && Number.isFinite(value) && value > 0) {
      if (value !== props.value) props.onChange(value);
    } else {
      setText(told);
    }
  };
  return (
    <label className="flex items-center gap-2 text-xs text-neutral-300">
      <span className={props.hideLabel ? 'sr-only' : 'min-w-0 flex-1'}>{props.label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          // Keys of the viewer are digits too.
          event.stopPropagation();
          if (event.key === 'Enter') take();
        }}
        className="h-6 w-16 rounded border border-neutral-500 bg-neutral-900 px-1 text-right text-neutral-100 tabular-nums"
      />
      {props.unit && <span>{props.unit}</span>}
    </label>
  );
}
