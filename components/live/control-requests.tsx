'use client';

import { Hand, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { RoomModel } from '@/lib/live/reducer.ts';
import type { Decide } from './use-command.ts';

/** Who asks for control, first come first, for whoever may give it: over the images, where the eyes are. */
export function ControlRequests(props: {
  room: RoomModel;
  me: string | null;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('room');
  const asking = props.room.requests.flatMap((id) =>
    props.room.participants.filter((one) => one.personId === id && id !== props.me),
  );
  if (asking.length === 0) return null;
  return (
    <ul
      aria-label={t('requests')}
      className="absolute right-3 bottom-3 z-20 space-y-1 rounded-lg border border-neutral-700 bg-neutral-900/95 p-1.5 shadow-lg shadow-black/50"
    >
      {asking.map((one) => (
        <li key={one.personId} className="flex items-center gap-2">
          <Hand aria-hidden="true" className="size-4 shrink-0" style={{ color: one.colour }} />
          <span className="flex-1 max-sm:sr-only">{t('asks', { name: one.displayName })}</span>
          <Button
            look="primary"
            disabled={props.busy}
            aria-label={t('giveTo', { name: one.displayName })}
            onClick={() => props.decide({ type: 'control.give', to: one.personId })}
          >
            <span className="sm:hidden">{t('giveTo', { name: one.displayName })}</span>
            <span className="max-sm:hidden">{t('give')}</span>
          </Button>
          <Button
            look="quiet"
            disabled={props.busy}
            aria-label={t('putAside', { name: one.displayName })}
            title={t('putAside', { name: one.displayName })}
            onClick={() => props.decide({ type: 'control.withdraw', personId: one.personId })}
          >
            <X aria-hidden="true" className="size-4" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
