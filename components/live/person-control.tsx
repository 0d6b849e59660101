'use client';

import { EllipsisVertical, MonitorUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { Participant } from '@/lib/live/protocol.ts';
import { isObserver, presenterOf, type RoomModel } from '@/lib/live/reducer.ts';
import { AllowAnnotating } from './allow-annotating.tsx';
import { maySecond, NameSecond } from './second-presenter.tsx';
import type { Decide } from './use-command.ts';

/** For how many minutes control may be given with one click. */
const MINUTES = [2, 5, 10];

type Props = { person: Participant; room: RoomModel; me: string; busy: boolean; decide: Decide };

/** What those who lead may do about somebody: give control, for good or for a time, name second presenter, let annotate; the chair marks observers. */
export function PersonControl(props: Props) {
  const t = useTranslations('room');
  const [open, setOpen] = useState(false);
  const { person, room, me, busy, decide } = props;
  const { personId, displayName: name } = person;
  const mayHave = personId !== me && personId !== presenterOf(room) && !isObserver(room, personId);
  // Those who asked are answered over the images.
  const gives = mayHave && !room.requests.includes(personId);
  const lends = mayHave && personId !== room.chairId;
  const marks = me === room.chairId && personId !== me && personId !== presenterOf(room);
  const seconds = maySecond(props);
  const annotates =
    personId !== room.chairId && personId !== presenterOf(room) && room.currentItemId !== null;
  return (
    <>
      {gives && (
        <Button
          look="quiet"
          className="px-1.5"
          disabled={busy}
          aria-label={t('giveTo', { name })}
          title={t('giveTo', { name })}
          onClick={() => decide({ type: 'control.give', to: personId })}
        >
          <MonitorUp aria-hidden="true" className="size-4" />
        </Button>
      )}
      {(lends || marks || annotates || seconds) && (
        <Button
          look="quiet"
          className="px-1.5"
          aria-expanded={open}
          aria-label={t('more', { name })}
          title={t('more', { name })}
          onClick={() => setOpen(!open)}
        >
          <EllipsisVertical aria-hidden="true" className="size-4" />
        </Button>
      )}
      {open && (lends || marks || annotates || seconds) && (
        <div className="flex basis-full flex-wrap items-center gap-1 pb-1 pl-9 text-xs text-neutral-300">
          {lends && <span>{t('giveFor')}</span>}
          {lends && MINUTES.map((minutes) => <Lend key={minutes} {...props} minutes={minutes} />)}
          {seconds && <NameSecond {...props} />}
          {annotates && <AllowAnnotating {...props} />}
          {marks && <MarkObserver {...props} />}
        </div>
      )}
    </>
  );
}

function Lend({ person, busy, decide, minutes }: Props & { minutes: number }) {
  const t = useTranslations('room');
  const words = t('lendTo', { name: person.displayName, minutes });
  return (
    <Button
      look="dark"
      className="px-2 text-xs"
      disabled={busy}
      aria-label={words}
      title={words}
      onClick={() => decide({ type: 'control.give', to: person.personId, forSeconds: minutes * 60 })}
    >
      {t('minutes', { count: minutes })}
    </Button>
  );
}

function MarkObserver({ person, room, busy, decide }: Props) {
  const t = useTranslations('room.observer');
  const { personId, displayName: name } = person;
  const observes = isObserver(room, personId);
  return (
    <Button
      look="dark"
      className="px-2 text-xs"
      disabled={busy}
      aria-label={t(observes ? 'unmarkName' : 'markName', { name })}
      title={t('hint')}
      onClick={() => decide({ type: observes ? 'observer.unmark' : 'observer.mark', personId })}
    >
      {t(observes ? 'unmark' : 'mark')}
    </Button>
  );
}
