'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { AddBookmark } from '@/components/decisions/bookmarks.tsx';
import { DecisionPanel } from '@/components/decisions/decision-panel.tsx';
import { Notes } from '@/components/notes/notes.tsx';
import { useWaiting } from '@/components/waiting/use-waiting.ts';
import { WaitingList } from '@/components/waiting/waiting-list.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';
import { presenterOf, secondOf } from '@/lib/live/reducer.ts';
import { Agenda } from './agenda.tsx';
import { Announcer } from './announcer.tsx';
import { CaseViewer } from './case-viewer.tsx';
import { ChimeSwitch, CrossingsHeard, CrossingsSeen } from './comings-and-goings.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ControlRequests } from './control-requests.tsx';
import { FollowFrame } from './follow-frame.tsx';
import { NothingOpen } from './nothing-open.tsx';
import { type PanelName, PanelTabs } from './panel-tabs.tsx';
import { People } from './people.tsx';
import { PresenterGone } from './presenter-gone.tsx';
import { RoomHeader } from './room-header.tsx';
import { RoomPolls } from './room-polls.tsx';
import { useBookmarking } from './use-bookmarking.ts';
import { useCommand } from './use-command.ts';
import { useCrossings } from './use-crossings.ts';
import { useFollowKey } from './use-follow-key.ts';
import { useHidden } from './use-hidden.ts';
import { useNextCase } from './use-next-case.ts';
import { useRoom } from './use-room.ts';
import { useRoomNews } from './use-room-news.ts';
import { useSession } from './use-session.ts';

/** The live room: the images that all see, who is there and who presents, and the decision while it is written. */
export function Room({ initial }: { initial: SessionView }) {
  const t = useTranslations('room');
  const root = useRef<HTMLDivElement>(null);
  const joined = useRoom(initial.id);
  const { client, state, on } = joined;
  const { session, pull } = useSession(initial, state);
  const { decide, busy } = useCommand(client);
  const [panel, setPanel] = useState<PanelName>('decision');
  const [side, setSide] = useState(true);
  const [loaded, setLoaded] = useState<string | null>(null);
  useFollowKey(client);
  useHidden(client);

  const { room, me } = state;
  const presenterId = room && presenterOf(room);
  const currentItemId = room ? room.currentItemId : session.currentItemId;
  const item = session.agenda.find((one) => one.id === currentItemId) ?? null;
  useNextCase(session.agenda, currentItemId, loaded);
  const leads = me !== null && (presenterId === me || room?.chairId === me);

  useRoomNews(joined, { pull, currentItemId });
  const present = room?.participants.length ?? 0;
  const { snapshots } = state;
  const waiting = useWaiting(session.id, session.may.edit, snapshots);
  const bookmark = useBookmarking(joined, decide);
  const crossings = useCrossings(state);

  return (
    <div
      ref={root}
      data-room={session.id}
      data-connection={state.connection}
      data-me={me ?? ''}
      data-presenter={presenterId ?? ''}
      data-following={state.following}
      data-standing={state.standing}
      data-watching={state.watching ?? ''}
      data-second={(room && secondOf(room)) ?? ''}
      data-along={state.along}
      className={`grid h-full grid-cols-1 grid-rows-[auto_minmax(0,1.1fr)_auto_minmax(0,1fr)] lg:grid-rows-[auto_auto_minmax(0,1fr)] ${side ? 'lg:grid-cols-[minmax(0,1fr)_22.5rem]' : ''}`}
    >
      <div className="lg:col-span-2">
        <RoomHeader
          session={session}
          item={item}
          client={client}
          state={state}
          decide={decide}
          busy={busy}
          side={side}
          onSide={setSide}
          waiting={waiting}
          onWaiting={() => {
            setSide(true);
            setPanel('people');
          }}
        />
        <ConnectionBanner client={client} state={state} sessionId={session.id} />
        <PresenterGone session={session} state={state} busy={busy} decide={decide} />
      </div>
      <div
        className={`relative row-start-4 min-h-0 overflow-auto border-neutral-800 lg:row-start-2 lg:col-span-2 lg:block lg:border-b ${panel === 'agenda' ? '' : 'hidden'}`}
      >
        <Agenda session={session} currentItemId={currentItemId} leads={leads} busy={busy} decide={decide} />
        <div className="max-lg:hidden">
          <CrossingsSeen news={crossings} />
        </div>
      </div>
      <main className="relative row-start-2 min-h-0 min-w-0 bg-black lg:col-start-1 lg:row-start-3">
        {item ? (
          <CaseViewer key={item.id} item={item} joined={joined} root={root} onComplete={setLoaded} />
        ) : (
          <NothingOpen
            session={session}
            mayOpen={leads}
            busy={busy}
            onOpen={(itemId) => decide({ type: 'item.open', itemId })}
          />
        )}
        <FollowFrame state={state} onFollow={() => client?.follow()} />
        {room && leads && <ControlRequests room={room} me={me} busy={busy} decide={decide} />}
      </main>
      <PanelTabs value={panel} onChange={setPanel} crossings={crossings} />
      <aside
        aria-label={t('panel')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
        tabIndex={0}
        className={`row-start-4 min-h-0 flex-col overflow-y-auto border-neutral-800 lg:col-start-2 lg:row-start-3 lg:border-l ${panel === 'agenda' ? 'hidden' : 'flex'} ${side ? 'lg:flex' : 'lg:hidden'}`}
      >
        <section
          aria-labelledby="room-people"
          className={`border-neutral-800 p-3 lg:block lg:border-b ${panel === 'people' ? '' : 'hidden'}`}
        >
          <div className="mb-1 flex items-start justify-between gap-2">
            <h2 id="room-people" className="shrink-0 text-sm leading-7 max-lg:sr-only">
              {t('people', { count: present })}
            </h2>
            <ChimeSwitch />
          </div>
          <WaitingList waiting={waiting} busy={busy} decide={decide} />
          <People
            session={session}
            state={state}
            leads={leads}
            busy={busy}
            decide={decide}
            onWatch={(personId) => client?.watch(personId)}
          />
        </section>
        <section
          aria-labelledby="room-decision"
          className={`p-3 lg:block ${panel === 'decision' ? '' : 'hidden'}`}
        >
          <h2 id="room-decision" className="mb-2 text-sm max-lg:sr-only">
            {t('decision')}
          </h2>
          {item ? (
            <div className="space-y-3">
              <RoomPolls
                key={item.id}
                itemId={item.id}
                session={session}
                state={state}
                leads={leads}
                busy={busy}
                decide={decide}
              />
              <AddBookmark key={`decision of ${item.id}`} value={bookmark}>
                <DecisionPanel itemId={item.id} />
              </AddBookmark>
              <Notes key={`notes of ${item.id}`} itemId={item.id} changed={snapshots} />
            </div>
          ) : (
            <p className="text-neutral-400">{t('noDecisionYet')}</p>
          )}
        </section>
      </aside>
      <Announcer session={session} room={room} on={on} me={me} />
      <CrossingsHeard news={crossings} />
    </div>
  );
}
