'use client';

import { type KeyboardEvent, useState } from 'react';

const MAX_MINUTES = 240;

/** Planned minutes, changed in place: Enter or leaving the field saves, Escape takes back. */
export function MinutesInput(props: { label: string; value: number; onSave: (minutes: number) => void }) {
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    if (typed === undefined) return;
    const minutes = Number(typed);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) return;
    setTyped(undefined);
    if (minutes !== props.value) props.onSave(minutes);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setTyped(undefined);
  };
  const minutes = Number(typed ?? props.value);
  return (
    <input
      type="number"
      inputMode="numeric"
      min={1}
      max={MAX_MINUTES}
      className="field w-16 py-1 text-right tabular-nums"
      aria-label={props.label}
      aria-invalid={!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES ? true : undefined}
      value={typed ?? props.value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
