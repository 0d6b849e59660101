import type { ReactNode } from 'react';

/** The head of a page: its one h1, what it is about, and what can be done here. */
export function PageHeader(props: { title: string; about?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-3">
      <div className="min-w-0">
        <h1 className="break-words">{props.title}</h1>
        {props.about && <div className="mt-1 text-slate-600">{props.about}</div>}
      </div>
      {props.actions && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </header>
  );
}

export function Card(props: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`card p-4 ${props.className ?? ''}`}>
      {(props.title || props.actions) && (
        <div className="mb-3 flex items-center justify-between gap-2">
          {props.title && <h2>{props.title}</h2>}
          {props.actions}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** What stands where there is nothing yet, with what to do about it. */
export function EmptyState(props: { title: string; children?: ReactNode }) {
  return (
    <div className="card flex flex-col items-center gap-2 px-6 py-10 text-center">
      <p className="font-medium">{props.title}</p>
      {props.children && <div className="max-w-prose text-slate-600">{props.children}</div>}
    </div>
  );
}

const tones = {
  neutral: 'bg-slate-100 text-slate-800',
  good: 'bg-teal-50 text-teal-900',
  warn: 'bg-amber-100 text-amber-950',
  bad: 'bg-red-100 text-red-900',
} as const;

export function Badge(props: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded px-1.5 py-0.5 text-xs font-medium ${tones[props.tone ?? 'neutral']}`}
    >
      {props.children}
    </span>
  );
}

/** An error or a note that screen readers hear when it appears. */
export function Notice(props: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <div
      role={props.tone === 'bad' ? 'alert' : 'status'}
      className={`rounded-md px-3 py-2 ${tones[props.tone ?? 'neutral']}`}
    >
      {props.children}
    </div>
  );
}
