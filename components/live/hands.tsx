'use client';

import { Hand, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { handsHere } from '@/lib/live/hands.ts';
import type { Participant } from '@/lib/live/protocol.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import type { Decide } from './use-command.ts';

/** My own hand: up or down. Pressed while it is up. */
export function HandButton(props: { state: RoomState; decide: Decide; busy: boolean }) {
  const t = useTranslations('room.hand');
  const { room, me } = props.state;
  if (!room || !me) return null;
  const up = room.hands.includes(me);
  return (
    <Button
      look="dark"
      aria-pressed={up}
      className={up ? 'border-amber-400 text-amber-200' : ''}
      disabled={props.busy}
      title={t(up ? 'lowerOwn' : 'raise')}
      onClick={() => props.decide(up ? { type: 'hand.lower', personId: me } : { type: 'hand.raise' })}
    >
      <Hand aria-hidden="true" className="size-4" />
      <span className="max-2xl:sr-only">{t('raise')}</span>
    </Button>
  );
}

/** In the list of people: this person's place among the raised hands; whoever leads lowers it. */
export function RaisedHand(props: {
  person: Participant;
  state: RoomState;
  leads: boolean;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('room.hand');
  const { room, me } = props.state;
  const { personId, displayName } = props.person;
  const place = room ? handsHere(room).indexOf(personId) + 1 : 0;
  if (place === 0) return null;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-amber-300" data-hand={place}>
      <Hand aria-hidden="true" className="size-4" />
      <span aria-hidden="true" className="tabular-nums">
        {place}
      </span>
      <span className="sr-only">{t('place', { place })}</span>
      {(props.leads || personId === me) && (
        <Button
          look="quiet"
          className="px-1.5"
          disabled={props.busy}
          aria-label={t('lower', { name: displayName })}
          title={t('lower', { name: displayName })}
          onClick={() => props.decide({ type: 'hand.lower', personId })}
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      )}
    </span>
  );
}
