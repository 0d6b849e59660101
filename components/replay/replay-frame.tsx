'use client';

import { useTranslations } from 'next-intl';

/** Amber, as every warning. */
const NOT_SAME = '#fcd34d';

/**
 * Around what the reader has moved by hand, as around a free look in the room: it is not what was recorded. The way back
 * says so, too: a badge of its own would push the line of time aside, or hide words of the images.
 */
export function ReplayFrame({ own, onBack }: { own: boolean; onBack: () => void }) {
  const t = useTranslations('replay');
  return (
    <>
      <p role="status" className="sr-only">
        {own && t('ownView')}
      </p>
      {own && <WayBack onBack={onBack} />}
    </>
  );
}

function WayBack({ onBack }: { onBack: () => void }) {
  const t = useTranslations('replay');
  return (
    <>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 z-10 border-4 border-dashed"
        style={{ borderColor: NOT_SAME }}
      />
      <button
        type="button"
        aria-keyshortcuts="F"
        onClick={onBack}
        className="absolute bottom-4 left-1/2 z-20 inline-flex min-h-11 w-max max-w-full -translate-x-1/2 cursor-pointer items-center gap-2 rounded-full bg-amber-300 px-4 text-center text-sm font-semibold text-black shadow-lg shadow-black/50 hover:bg-amber-200"
      >
        {t('ownViewBack')}
        <span aria-hidden="true" className="rounded border border-black/40 px-1.5 font-sans text-xs">
          F
        </span>
      </button>
    </>
  );
}
