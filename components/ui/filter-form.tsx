'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useTransition } from 'react';
import { Field } from './field.tsx';

const PAUSE_MS = 250;

/** A form whose fields are the page's address: typing narrows the list after a short pause, Enter at once. */
export function FilterForm(props: { label: string; children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [pending, startTransition] = useTransition();
  useEffect(() => () => clearTimeout(timer.current), []);

  const apply = () => {
    clearTimeout(timer.current);
    if (!form.current) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === 'string' && value.trim() !== '') query.set(name, value.trim());
    }
    startTransition(() =>
      router.replace(query.size > 0 ? `${pathname}?${query}` : pathname, { scroll: false }),
    );
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(apply, PAUSE_MS);
  };
  return (
    <search>
      <form
        ref={form}
        aria-label={props.label}
        aria-busy={pending}
        className="mb-3 flex flex-wrap items-end gap-3"
        onChange={later}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        {props.children}
      </form>
    </search>
  );
}

/** The search field of such a form; its name in the address is `query`. */
export function SearchField(props: { label: string; query: string }) {
  return (
    <div className="min-w-0 flex-1 basis-64">
      <Field label={props.label}>
        {(control) => (
          <input
            {...control}
            type="search"
            name="query"
            className="field h-9"
            maxLength={200}
            autoComplete="off"
            defaultValue={props.query}
          />
        )}
      </Field>
    </div>
  );
}
