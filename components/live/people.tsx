'use client';

import { Hand, MonitorUp, Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SessionView } from '@/lib/boards/schema.ts';
import type { Participant, Standing } from '@/lib/live/protocol.ts';
import { isObserver, mayAnnotate, presenterOf, secondOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { standingShown } from '@/lib/live/seeing.ts';
import { AllAnnotate } from './allow-annotating.tsx';
import { RaisedHand } from './hands.tsx';
import { LookAlong } from './look-along.tsx';
import { PersonControl } from './person-control.tsx';
import { SecondMark } from './second-presenter.tsx';
import { StandingMark } from './standing-mark.tsx';
import type { Decide } from './use-command.ts';
import { ViewsPace } from './views-pace-button.tsx';

/** Who is in the room, in which colour, who presents and who asked for control; who was invited and is not here. */
export function People(props: {
  session: SessionView;
  state: RoomState;
  leads: boolean;
  busy: boolean;
  decide: Decide;
  /** Looks along with somebody who does not present; left out where no images are shown. */
  onWatch?: (personId: string) => void;
}) {
  const t = useTranslations('room');
  const { room, me } = props.state;
  if (!room) return <p className="text-neutral-400">{t('connecting')}</p>;
  const here = new Set(room.participants.map((one) => one.personId));
  const absent = props.session.participants.filter((one) => !here.has(one.personId));
  return (
    <>
      <div className="flex flex-wrap">
        {props.leads && room.currentItemId !== null && (
          <AllAnnotate room={room} busy={props.busy} decide={props.decide} />
        )}
        {props.onWatch && me === presenterOf(room) && <ViewsPace />}
      </div>
      <ul className="space-y-0.5">
        {room.participants.map((one) => (
          <Person
            key={one.personId}
            person={one}
            isMe={one.personId === me}
            chair={one.personId === room.chairId}
            observes={isObserver(room, one.personId)}
            annotates={mayAnnotate(room, one.personId)}
            presents={presenterOf(room) === one.personId}
            second={secondOf(room) === one.personId}
            standing={
              presenterOf(room) === one.personId
                ? undefined
                : standingShown(room, props.state.standings.get(one.personId))
            }
            asked={room.requests.indexOf(one.personId) + 1}
          >
            <RaisedHand person={one} {...props} />
            {props.onWatch && <LookAlong person={one} state={props.state} onWatch={props.onWatch} />}
            {props.leads && me && (
              <PersonControl person={one} room={room} me={me} busy={props.busy} decide={props.decide} />
            )}
          </Person>
        ))}
      </ul>
      {absent.length > 0 && (
        <p className="mt-1.5 text-xs text-neutral-400">
          {t('absent', { names: absent.map((one) => one.displayName).join(', ') })}
        </p>
      )}
    </>
  );
}

function Person(props: {
  person: Participant;
  isMe: boolean;
  chair: boolean;
  observes: boolean;
  annotates: boolean;
  presents: boolean;
  second: boolean;
  /** Told to those who lead only. */
  standing: Standing | undefined;
  /** Place in the queue of requests; 0 when there is none. */
  asked: number;
  children: React.ReactNode;
}) {
  const t = useTranslations();
  const { person } = props;
  const what = person.specialty ? t(`specialty.${person.specialty}`) : t(`role.${person.role}`);
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-2" data-person={person.personId}>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-content-center rounded-full text-xs font-semibold text-black"
        style={{ background: person.colour }}
      >
        {initials(person.displayName)}
      </span>
      <div className="min-w-0 flex-1 basis-36 leading-tight">
        <p className="line-clamp-2 break-words" title={person.displayName}>
          {person.displayName}
          {props.isMe && <span className="text-neutral-400">{` (${t('room.you')})`}</span>}
        </p>
        <p className="truncate text-xs text-neutral-400">
          {[
            props.chair && t('room.chair'),
            props.observes && t('room.observer.name'),
            what,
            person.centreCode,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {props.standing && <StandingMark standing={props.standing} />}
      </div>
      {props.annotates && !props.chair && !props.presents && (
        <span className="text-teal-300" title={t('room.annotation.does')}>
          <Pencil aria-hidden="true" className="size-4" />
          <span className="sr-only">{t('room.annotation.does')}</span>
        </span>
      )}
      {props.second && <SecondMark />}
      {props.presents && (
        <span className="inline-flex items-center gap-1 text-xs text-teal-300">
          <MonitorUp aria-hidden="true" className="size-4" />
          {t('room.presents')}
        </span>
      )}
      {props.asked > 0 && (
        <span className="inline-flex items-center gap-1 text-xs text-amber-300">
          <Hand aria-hidden="true" className="size-4" />
          {t('room.asked', { place: props.asked })}
        </span>
      )}
      {props.children}
    </li>
  );
}

/** First letters of the last two words: `Dr Claire Présidente` is CP. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(-2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
