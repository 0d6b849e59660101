import type { ReactNode } from 'react';

/** Amber, as every warning. */
export const NOT_SAME = '#fcd34d';

/** Around images that are not what is shared, or not what was recorded. */
export const NotSameFrame = () => (
  <div
    aria-hidden="true"
    className="pointer-events-none absolute inset-0 z-10 border-4 border-dashed"
    style={{ borderColor: NOT_SAME }}
  />
);

/** From one's own view back to the one that is shared or recorded: also by F, which whoever uses it listens to. */
export function WayBack({
  onBack,
  className,
  children,
}: {
  onBack: () => void;
  className: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-keyshortcuts="F"
      onClick={onBack}
      className={`absolute bottom-4 left-1/2 z-20 inline-flex min-h-11 -translate-x-1/2 cursor-pointer items-center gap-2 rounded-full bg-amber-300 font-semibold text-black shadow-lg shadow-black/50 hover:bg-amber-200 ${className}`}
    >
      {children}
      <span aria-hidden="true" className="rounded border border-black/40 px-1.5 font-sans text-xs">
        F
      </span>
    </button>
  );
}
