'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { keepSixty, sendsSixty } from './views-pace.ts';

/** For whoever presents: up to sixty views a second leave this device instead of thirty. */
export function ViewsPace() {
  const t = useTranslations('room');
  const [sixty, setSixty] = useState(sendsSixty);
  return (
    <Button
      look="quiet"
      className="mb-1 px-2 text-xs"
      aria-pressed={sixty}
      title={t('sixtyHint')}
      onClick={() => {
        keepSixty(!sixty);
        setSixty(!sixty);
      }}
    >
      {t(sixty ? 'sixtyOn' : 'sixtyOff')}
    </Button>
  );
}
