'use client';

import { useTranslations } from 'next-intl';
import { FirstPicture } from './first-picture.tsx';
import type { FirstLook } from './look.ts';

/** What stands for the viewer until it has started: the first picture, with room for the tools where they will be. */
export function FirstLookPage({ look }: { look: FirstLook }) {
  const t = useTranslations('viewer');
  return (
    <div className="absolute inset-0 flex flex-col bg-neutral-950">
      <p
        role="status"
        className="h-[41px] border-b border-neutral-800 bg-neutral-900 px-3 py-2.5 text-neutral-300"
      >
        {t('status.loading')}
      </p>
      <div className="flex min-h-0 flex-1">
        <div className="w-60 shrink-0 border-r border-neutral-800 max-sm:hidden" />
        <div className="relative min-w-0 flex-1">
          <FirstPicture look={look} />
        </div>
      </div>
    </div>
  );
}
