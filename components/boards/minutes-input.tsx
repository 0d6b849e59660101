'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useState } from 'react';

const MAX_MINUTES = 240;
const fits = (minutes: number) => Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES;

/** Planned minutes, changed in place: Enter or leaving the field saves, Escape takes back. */
export function MinutesInput(props: { label: string; value: number; onSave: (minutes: number) => void }) {
  const t = useTranslations('agenda');
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    if (typed === undefined) return;
    const minutes = Number(typed);
    if (!fits(minutes)) return;
    setTyped(undefined);
    if (minutes !== props.value) props.onSave(minutes);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setTyped(undefined);
  };
  const wrong = !fits(Number(typed ?? props.value));
  return (
    <span className="relative">
      <input
        type="number"
        inputMode="numeric"
        min={1}
        max={MAX_MINUTES}
        className="field w-16 py-1 text-right tabular-nums"
        aria-label={props.label}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? id : undefined}
        value={typed ?? props.value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {wrong && (
        <span
          id={id}
          role="alert"
          className="absolute top-full right-0 z-10 mt-1 w-48 rounded border border-red-300 bg-white px-2 py-1 text-left text-xs text-red-800 shadow"
        >
          {t('wrongMinutes')}
        </span>
      )}
    </span>
  );
}
