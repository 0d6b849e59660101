import { type ReactNode, useId } from 'react';

/** A part of the narrow column, with its name. */
export function PhoneSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="space-y-2 rounded-md border border-neutral-800 p-3">
      <h2 id={id} className="text-base font-semibold wrap-break-word">
        {title}
      </h2>
      {children}
    </section>
  );
}
