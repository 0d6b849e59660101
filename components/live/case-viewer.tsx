'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useKeyViews } from '@/components/key-views/use-key-views.ts';
import type { ViewerHandle, ViewerPointer, ViewerSight } from '@/components/viewer/contract.ts';
import { Viewer } from '@/components/viewer/viewer.tsx';
import type { AgendaItemView } from '@/lib/boards/schema.ts';
import type { RoomClient } from '@/lib/live/client.ts';
import type { Mark, MarkUpdate } from '@/lib/live/mark-state.ts';
import type { SharedView } from '@/lib/live/protocol.ts';
import { isObserver, type RoomModel, shownView } from '@/lib/live/reducer.ts';
import { useAnnotating } from './use-annotating.ts';
import type { JoinedRoom } from './use-room.ts';

/**
 * The viewer of the open case, tied to the room: what the presenter does goes out, what is shared comes in. Thirty
 * views a second pass here, so nothing of it is React state. Mount it anew (`key`) for another item.
 */
export function CaseViewer(props: {
  item: AgendaItemView;
  joined: JoinedRoom;
  /** The room's root element, whose `data-seq` tells the view that is shown. */
  root: RefObject<HTMLElement | null>;
  onComplete: (itemId: string) => void;
}) {
  const t = useTranslations('room');
  const { item, root } = props;
  const { client, state, on } = props.joined;
  const viewer = useRef<ViewerHandle | null>(null);
  const asked = useRef<Asked | null>(null);
  const sight = useRef<ViewerSight | null>(null);
  const [ready, setReady] = useState(false);
  const presenting = client?.presenting ?? false;
  const observes = state.room !== null && state.me !== null && isObserver(state.room, state.me);
  const keyViews = useKeyViews(item.caseId);
  const annotating = useAnnotating(props.joined, item.id);
  const onMark = useCallback(
    (mark: Mark) => {
      client?.mark(mark);
      drawMark(client, viewer.current, { personId: client?.state.me ?? '', mark });
    },
    [client],
  );

  useEffect(() => {
    // While one case gives way to the next, its viewer is still here: it shows nothing of the next one's.
    on.onView = (shared) => {
      if (shared?.itemId !== item.id) return;
      asked.current = shared;
      viewer.current?.show(shared.view);
      confirm(client, asked.current, sight.current);
    };
    // Nothing of it is painted as the shared view; of the second presenter's the room is told apart.
    on.onGlimpse = (view, itemId, n) => {
      if (itemId !== item.id) return;
      asked.current = n === undefined ? null : { view, second: n };
      viewer.current?.show(view);
      confirm(client, asked.current, sight.current);
    };
    on.onSeq = (seq) => {
      if (viewer.current && root.current) root.current.dataset.seq = String(seq);
    };
    on.onPointers = () => client && viewer.current?.setPointers(othersPointers(client));
    on.onMarks = (marks) => {
      for (const one of marks) drawMark(client, viewer.current, one);
    };
    return () => {
      on.onMarks = undefined;
      on.onView = undefined;
      on.onGlimpse = undefined;
      on.onSeq = undefined;
      on.onPointers = undefined;
    };
  }, [on, client, root, item.id]);

  // What came before the viewer was up is shown now. Not when control is given: whoever looked freely shares that.
  const currentItemId = state.room?.currentItemId;
  useEffect(() => {
    const room = client?.state.room;
    if (!ready || !client || !room || currentItemId !== item.id) return;
    const shared = shownView(room);
    if (shared && !client.state.free) {
      asked.current = shared;
      viewer.current?.show(shared.view);
      if (root.current) root.current.dataset.seq = String(shared.seq);
    }
    viewer.current?.setPointers(othersPointers(client));
  }, [ready, client, currentItemId, item.id, root]);

  // A presenter who finds nothing shared shares what there is; else what is shared is seen by their window from now on.
  useEffect(() => {
    const room = client?.state.room;
    if (!ready || !room || !presenting || currentItemId !== item.id) return;
    if (shownView(room)) viewer.current?.lead();
    else shareOwn(client, viewer.current, item.id);
  }, [ready, client, presenting, currentItemId, item.id]);

  if (item.studyCount === 0)
    return (
      <div className="grid h-full place-content-center gap-1 px-6 text-center">
        <p className="font-medium">{t('noImages')}</p>
        <p className="text-neutral-400">{t('noImagesHint')}</p>
      </div>
    );
  return (
    <Viewer
      root={`/dicomweb/cases/${item.caseId}`}
      keyViews={keyViews}
      secondWindow={{ joined: null, url: (name) => `/cases/${item.caseId}/view?window=${name}` }}
      onReady={(handle) => {
        viewer.current = handle;
        setReady(true);
      }}
      onSight={(now) => {
        sight.current = now;
        confirm(client, asked.current, now);
      }}
      onComplete={() => props.onComplete(item.id)}
      onMove={(view) => client?.moved(view, item.id)}
      onReshape={(view) => {
        // All that the presenter's window holds is in the others': they are told its shape.
        if (client?.presenting || client?.state.free) client.moved(view, item.id);
      }}
      onPointer={(pointer) => client?.point(pointer)}
      annotating={annotating}
      onMark={observes ? undefined : onMark}
    />
  );
}

/** What the viewer was asked to show: what is shared, or the second presenter's view of that number. */
type Asked = SharedView | { view: SharedView['view']; second: number };

/** Tells the room what was painted of it, once every viewport has, or it is known that some never will. */
function confirm(client: RoomClient | null, asked: Asked | null, sight: ViewerSight | null): void {
  if (!client || !asked || !sight?.whole) return;
  // Without images there is no view that could be brought, and all that is shared is missing.
  if (sight.of !== asked.view && sight.of !== null) return;
  if ('second' in asked) client.along.painted(asked.second, sight.missing);
  else client.painted(asked.seq, sight.missing);
}

function shareOwn(client: RoomClient, viewer: ViewerHandle | null, itemId: string): void {
  const view = viewer?.state();
  if (view) client.moved(view, itemId);
}

/** One's own mark has no name: one knows. */
function drawMark(
  client: RoomClient | null,
  viewer: ViewerHandle | null,
  { personId, mark }: MarkUpdate,
): void {
  const { room, me } = client?.state ?? {};
  const owner = room?.participants.find((one) => one.personId === personId);
  if (!owner) return;
  const name = personId === me ? '' : owner.displayName;
  viewer?.drawMark({ personId, name, colour: owner.colour, mark });
}

/** Everybody's pointer but one's own, with the name and the colour that stand in the list of people. */
function othersPointers(client: RoomClient): ViewerPointer[] {
  const { room, me } = client.state;
  if (!room) return [];
  return room.participants.flatMap((one) => {
    const pointer: RoomModel['pointers'][string] | undefined = room.pointers[one.personId];
    if (!pointer || one.personId === me) return [];
    return [{ personId: one.personId, name: one.displayName, colour: one.colour, pointer }];
  });
}
