'use client';

import { useTranslations } from 'next-intl';
import { NotSameFrame, WayBack } from '@/components/live/way-back.tsx';

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
      {own && (
        <>
          <NotSameFrame />
          <WayBack onBack={onBack} className="w-max max-w-full px-4 text-center text-sm">
            {t('ownViewBack')}
          </WayBack>
        </>
      )}
    </>
  );
}
