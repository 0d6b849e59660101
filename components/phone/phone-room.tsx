'use client';

import { useTranslations } from 'next-intl';
import { DecisionPanel } from '@/components/decisions/decision-panel.tsx';
import { Agenda } from '@/components/live/agenda.tsx';
import { Announcer } from '@/components/live/announcer.tsx';
import { ChimeSwitch, CrossingsHeard } from '@/components/live/comings-and-goings.tsx';
import { ConnectionBanner } from '@/components/live/connection-banner.tsx';
import { ControlRequests } from '@/components/live/control-requests.tsx';
import { PresenterGone } from '@/components/live/presenter-gone.tsx';
import { RoomPolls } from '@/components/live/room-polls.tsx';
import { useCommand } from '@/components/live/use-command.ts';
import { useCrossings } from '@/components/live/use-crossings.ts';
import { useHidden } from '@/components/live/use-hidden.ts';
import { useRoom } from '@/components/live/use-room.ts';
import { useRoomNews } from '@/components/live/use-room-news.ts';
import { useSession } from '@/components/live/use-session.ts';
import { Notes } from '@/components/notes/notes.tsx';
import { useWaiting } from '@/components/waiting/use-waiting.ts';
import { WaitingList } from '@/components/waiting/waiting-list.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';
import { presenterOf } from '@/lib/live/reducer.ts';
import { KeyViewPictures } from './key-view-pictures.tsx';
import { PhoneHeader } from './phone-header.tsx';
import { PhonePeople } from './phone-people.tsx';
import { PhoneSection } from './phone-section.tsx';
import { PresentsHere } from './presents-here.tsx';

/** A thumb needs 44 px, whatever a control measures beside a mouse. */
const THUMBS =
  '[&_button]:min-h-[44px] [&_button]:min-w-[44px] [&_a]:inline-flex [&_a]:min-h-[44px] [&_a]:min-w-[44px] [&_a]:items-center [&_summary]:min-h-[44px] [&_select]:min-h-[44px] [&_label:has(>input)]:min-h-[44px] [&_input[type=text]]:min-h-[44px] [&_input[type=date]]:min-h-[44px]';

/** The live room in one narrow column, without images: the case, its decision while it is written, polls and people. */
export function PhoneRoom({ initial }: { initial: SessionView }) {
  const t = useTranslations('phone');
  const words = useTranslations('room');
  const joined = useRoom(initial.id, false);
  const { client, state, on } = joined;
  const { session, pull } = useSession(initial, state);
  const { decide, busy } = useCommand(client);
  useHidden(client);
  const { room, me, snapshots } = state;
  const presenterId = room && presenterOf(room);
  const currentItemId = room ? room.currentItemId : session.currentItemId;
  const item = session.agenda.find((one) => one.id === currentItemId) ?? null;
  const leads = me !== null && (presenterId === me || room?.chairId === me);
  useRoomNews(joined, { pull, currentItemId });
  const waiting = useWaiting(session.id, session.may.edit, snapshots);
  const crossings = useCrossings(state);
  const acting = { session, state, leads, busy, decide };

  return (
    <div
      data-room={session.id}
      data-phone
      data-connection={state.connection}
      data-me={me ?? ''}
      data-standing={state.standing}
      className={`h-full overflow-y-auto ${THUMBS}`}
    >
      <PhoneHeader session={session} state={state} busy={busy} decide={decide} />
      <ConnectionBanner client={client} state={state} sessionId={session.id} />
      <PresenterGone session={session} state={state} busy={busy} decide={decide} />
      <main className="mx-auto max-w-xl space-y-3 p-3">
        <p className="text-xs text-amber-200">{t('noImages')}</p>
        <PresentsHere state={state} busy={busy} decide={decide} />
        {room && leads && (
          <div className="empty:hidden [&>ul]:static">
            <ControlRequests room={room} me={me} busy={busy} decide={decide} />
          </div>
        )}
        {item ? (
          <>
            <PhoneSection title={item.patientName}>
              <p className="wrap-break-word text-neutral-200">{item.question}</p>
            </PhoneSection>
            <RoomPolls key={`polls of ${item.id}`} itemId={item.id} {...acting} />
            <PhoneSection title={words('decision')}>
              <DecisionPanel key={`decision of ${item.id}`} itemId={item.id} />
            </PhoneSection>
            <PhoneSection title={t('keyViews')}>
              <KeyViewPictures key={item.caseId} caseId={item.caseId} changed={snapshots} />
            </PhoneSection>
            <Notes key={`notes of ${item.id}`} itemId={item.id} changed={snapshots} />
          </>
        ) : (
          <p className="py-4 text-neutral-300">{t('nothingOpen')}</p>
        )}
        <PhoneSection title={words('agenda')}>
          <div className="max-sm:-mx-1.5 [&_li>div]:min-h-[44px] [&_ol]:flex-col">
            <Agenda
              session={session}
              currentItemId={currentItemId}
              leads={leads}
              busy={busy}
              decide={decide}
            />
          </div>
        </PhoneSection>
        <div className="flex items-center gap-1 text-xs text-neutral-400">
          <p aria-hidden="true" className="min-w-0 flex-1">
            {crossings.words}
          </p>
          <ChimeSwitch />
        </div>
        <WaitingList waiting={waiting} busy={busy} decide={decide} />
        <PhonePeople {...acting} />
      </main>
      <Announcer session={session} room={room} on={on} me={me} />
      <CrossingsHeard news={crossings} />
    </div>
  );
}
