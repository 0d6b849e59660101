'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';

type Props<T> = {
  label: string;
  hint?: string;
  /** Finds options for what was typed; called after a short pause, from two letters on. */
  search: (query: string, signal: AbortSignal) => Promise<T[]>;
  optionKey: (option: T) => string;
  renderOption: (option: T) => ReactNode;
  onChoose: (option: T) => void;
  /** Said when nothing was found, when the search failed, and how many were found. */
  words: { none: string; failed: string; found: (count: number) => string };
};

type Results<T> = { state: 'idle' } | { state: 'failed' } | { state: 'done'; options: T[] };

const PAUSE_MS = 200;
const MIN_LETTERS = 2;

/** Searches while one types (ARIA combobox with a listbox): arrows choose, Enter takes, Escape closes. */
export function SearchCombobox<T>(props: Props<T>) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [results, setResults] = useState<Results<T>>({ state: 'idle' });
  const [active, setActive] = useState(0);
  const { search } = props;

  useEffect(() => {
    const text = query.trim();
    if (text.length < MIN_LETTERS) return setResults({ state: 'idle' });
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const options = await search(text, abort.signal);
        if (abort.signal.aborted) return;
        setResults({ state: 'done', options });
        setActive(0);
      } catch {
        if (!abort.signal.aborted) setResults({ state: 'failed' });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, search]);

  const options = results.state === 'done' ? results.options : [];
  const open = options.length > 0;
  const choose = (option: T | undefined) => {
    if (option === undefined) return;
    props.onChoose(option);
    setQuery('');
    setResults({ state: 'idle' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      // Never the form around it: Enter takes the option, or does nothing.
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at + step + options.length) % Math.max(options.length, 1));
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setResults({ state: 'idle' });
    }
  };
  const said =
    results.state === 'failed'
      ? props.words.failed
      : results.state === 'done'
        ? open
          ? props.words.found(options.length)
          : props.words.none
        : '';

  return (
    <div className="relative">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      <input
        id={id}
        className="field"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setResults({ state: 'idle' })}
      />
      {props.hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-slate-600">
          {props.hint}
        </p>
      )}
      <p role="status" className={open || said === '' ? 'sr-only' : 'mt-1 text-sm text-slate-700'}>
        {said}
      </p>
      {open && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={props.label}
          className="absolute top-full right-0 left-0 z-30 mt-1 max-h-72 overflow-y-auto rounded-md border border-slate-300 bg-white py-1 shadow-lg"
        >
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works in the input, which points here.
            <div
              key={props.optionKey(option)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={`cursor-pointer px-3 py-1.5 ${index === active ? 'bg-teal-50' : ''}`}
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(index)}
              onClick={() => choose(option)}
            >
              {props.renderOption(option)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
