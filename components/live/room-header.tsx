'use client';

import { ArrowLeft, PanelRight, Smartphone } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { ClockTime } from '@/components/boards/session-time.tsx';
import { LanguageSwitch } from '@/components/shell/language-switch.tsx';
import { WaitingBadge } from '@/components/waiting/waiting-list.tsx';
import type { AgendaItemView, SessionView } from '@/lib/boards/schema.ts';
import type { RoomClient } from '@/lib/live/client.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import type { WaitingPerson } from '@/lib/live/waiting/schema.ts';
import { CaseTimer } from './case-timer.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { ControlButtons } from './control-buttons.tsx';
import { FollowBadge } from './follow-badge.tsx';
import { HandButton } from './hands.tsx';
import { LookedAt } from './look-along.tsx';
import { MayAnnotate } from './may-annotate.tsx';
import { MeetingLink } from './meeting-link.tsx';
import { Recording } from './recording.tsx';
import { SecondSwitch } from './second-presenter.tsx';
import { SightSummary } from './sight-summary.tsx';
import { TimeLeft } from './time-left.tsx';
import type { Decide } from './use-command.ts';

/** One line: which board, which patient and question, who leads, and whether the connection holds. */
export function RoomHeader(props: {
  session: SessionView;
  item: AgendaItemView | null;
  client: RoomClient | null;
  state: RoomState;
  decide: Decide;
  busy: boolean;
  side: boolean;
  onSide: (open: boolean) => void;
  waiting: readonly WaitingPerson[];
  /** Shows who waits at the door. */
  onWaiting: () => void;
}) {
  const t = useTranslations('room');
  const toPhone = useTranslations('phone');
  const { session, item, state } = props;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-neutral-800 px-2 py-1.5">
      {/* What does not fit beside whose case this is goes to a line of its own: it never lies over the name. */}
      <div className="flex min-w-0 flex-1 basis-[26rem] items-center gap-3 max-sm:basis-full max-sm:pr-28">
        <Link
          href={`/sessions/${session.id}`}
          className="inline-flex min-h-8 shrink-0 items-center gap-1 rounded-md px-2 text-neutral-200 hover:bg-neutral-800"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">{t('leave')}</span>
        </Link>
        <h1
          className={`min-w-0 max-w-52 truncate text-sm font-medium text-neutral-300 max-sm:sr-only ${item ? 'max-2xl:sr-only' : 'shrink-0'}`}
        >
          {session.boardTitle}
        </h1>
        <p className={`shrink-0 text-neutral-400 max-md:hidden ${item ? 'max-2xl:hidden' : ''}`}>
          <ClockTime startsAt={session.startsAt} timeZone={session.timeZone} />
          {` · ${t('minutes', { count: session.durationMinutes })}`}
        </p>
        {item && <Patient item={item} />}
      </div>
      <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-x-3 gap-y-1 max-sm:w-full max-sm:justify-start">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <Link
            href={`/sessions/${session.id}/phone`}
            prefetch={false}
            aria-label={toPhone('link')}
            title={toPhone('link')}
            className="grid size-8 place-content-center rounded-md text-neutral-200 hover:bg-neutral-800 sm:hidden"
          >
            <Smartphone aria-hidden="true" className="size-4" />
          </Link>
          <FollowBadge state={state} />
          <SecondSwitch client={props.client} state={state} />
          <LookedAt state={state} />
          <MayAnnotate state={state} />
          <SightSummary state={state} />
          <TimeLeft state={state} decide={props.decide} busy={props.busy} />
          <CaseTimer session={session} state={state} />
          <Recording state={state} decide={props.decide} busy={props.busy} />
          <HandButton state={state} decide={props.decide} busy={props.busy} />
          <ControlButtons state={state} decide={props.decide} busy={props.busy} />
        </div>
        <div className="flex items-center gap-2 max-sm:absolute max-sm:top-1.5 max-sm:right-2">
          <WaitingBadge waiting={props.waiting} onOpen={props.onWaiting} />
          <MeetingLink url={session.meetingUrl} />
          <ConnectionBadge state={state} />
          <button
            type="button"
            aria-pressed={props.side}
            aria-label={t('togglePanel')}
            title={t('togglePanel')}
            onClick={() => props.onSide(!props.side)}
            className="hidden size-8 cursor-pointer place-content-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:text-teal-300 lg:grid"
          >
            <PanelRight aria-hidden="true" className="size-4" />
          </button>
          <LanguageSwitch signedIn compact />
        </div>
      </div>
    </header>
  );
}

function Patient({ item }: { item: AgendaItemView }) {
  const t = useTranslations('record');
  const format = useFormatter();
  return (
    <>
      <p className="line-clamp-2 min-w-0 font-semibold leading-tight break-words" title={item.patientName}>
        {item.patientName}
      </p>
      {item.birthDate && (
        <p className="shrink-0 text-neutral-400 max-md:hidden">
          {t('born', {
            date: format.dateTime(new Date(item.birthDate), { dateStyle: 'medium', timeZone: 'UTC' }),
          })}
        </p>
      )}
      <p className="min-w-0 flex-1 truncate text-neutral-300 max-xl:hidden" title={item.question}>
        {item.question}
      </p>
    </>
  );
}
