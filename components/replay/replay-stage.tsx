'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Annotating, ViewerHandle } from '@/components/viewer/contract.ts';
import { Viewer } from '@/components/viewer/viewer.tsx';
import { colourOf } from '@/lib/live/colours.ts';
import type { Missing } from '@/lib/live/protocol.ts';
import type { SessionRecord } from '@/lib/live/record/schema.ts';
import type { Shown } from '@/lib/live/record/timeline.ts';

/** What was drawn is looked at only. */
const noRoom = async () => undefined;

/** The viewer of the case that was open, moved by the record as a follower's is by the room. */
export function ReplayStage(props: {
  item: SessionRecord['items'][number];
  people: SessionRecord['people'];
  shown: Shown;
  onMissing: (missing: readonly Missing[]) => void;
  /** The reader has moved the images by hand. */
  onMove: () => void;
}) {
  const t = useTranslations('room');
  const { item, people, shown, onMissing } = props;
  const viewer = useRef<ViewerHandle | null>(null);
  const [ready, setReady] = useState(false);
  const view = shown.view?.view;
  useEffect(() => {
    if (ready && view) viewer.current?.show(view);
  }, [ready, view]);

  const colours = useMemo(() => {
    const taken = new Set<string>();
    return new Map(
      people.map(({ personId }) => {
        const colour = colourOf(personId, taken);
        taken.add(colour);
        return [personId, colour] as const;
      }),
    );
  }, [people]);
  const { annotations } = shown;
  const annotating = useMemo(
    (): Annotating => ({
      draws: 'view',
      list: annotations.map(({ by, author, drawn }) => ({
        drawn,
        name: author.name,
        colour: colours.get(by) ?? author.colour,
        mine: false,
        leads: false,
      })),
      put: noRoom,
      remove: noRoom,
    }),
    [annotations, colours],
  );
  const pointed = [...shown.pointers].map(([personId, pointer]) => ({
    personId,
    name: people.find((one) => one.personId === personId)?.displayName ?? '',
    colour: colours.get(personId) ?? '',
    pointer,
  }));
  // A frame of the clock changes nothing that is pointed at: the viewer is told only when it does.
  const told = JSON.stringify(pointed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `told` says all of it.
  useEffect(() => {
    if (ready) viewer.current?.setPointers(pointed);
  }, [ready, told]);

  useEffect(() => () => onMissing([]), [onMissing]);
  if (item.studyCount === 0)
    return <p className="grid h-full place-content-center text-neutral-400">{t('noImages')}</p>;
  return (
    <Viewer
      root={`/dicomweb/cases/${item.caseId}`}
      onReady={(handle) => {
        viewer.current = handle;
        setReady(true);
      }}
      onSight={(sight) => sight.whole && onMissing(sight.of ? sight.missing : [])}
      annotating={annotating}
      onMove={props.onMove}
    />
  );
}
