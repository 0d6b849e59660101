'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { isObserver, presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import type { Decide } from './use-command.ts';

/** What I may do about who presents: ask, take my request back; the chair takes control back. */
export function ControlButtons(props: { state: RoomState; decide: Decide; busy: boolean }) {
  const t = useTranslations('room');
  const { room, me } = props.state;
  if (!room || !me || presenterOf(room) === me) return null;
  if (isObserver(room, me))
    return (
      <span className="rounded-md bg-neutral-800 px-2 py-1 text-xs font-medium" title={t('observer.hint')}>
        {t('observer.youAre')}
      </span>
    );
  const asked = room.requests.includes(me);
  if (room.chairId === me)
    return (
      <Button disabled={props.busy} onClick={() => props.decide({ type: 'control.take' })}>
        {t('takeControl')}
      </Button>
    );
  return asked ? (
    <Button disabled={props.busy} onClick={() => props.decide({ type: 'control.withdraw', personId: me })}>
      {t('withdraw')}
    </Button>
  ) : (
    <Button disabled={props.busy} onClick={() => props.decide({ type: 'control.request' })}>
      {t('askControl')}
    </Button>
  );
}
