'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ViewerHandle } from '@/components/viewer/contract.ts';
import { Viewer } from '@/components/viewer/viewer.tsx';
import { colourOf } from '@/lib/live/colours.ts';
import type { Missing } from '@/lib/live/protocol.ts';
import type { SessionRecord } from '@/lib/live/record/schema.ts';
import type { Shown } from '@/lib/live/record/timeline.ts';
import { lookedAtOnly } from './looked-at-only.ts';

/**
 * The viewer of the case that was open, moved by the record as a follower's is by the room. Before its first view it is
 * covered: the viewer's own first picture, or a later view, is not what was shown then.
 */
export function ReplayStage(props: {
  item: SessionRecord['items'][number];
  people: SessionRecord['people'];
  shown: Shown;
  onMissing: (missing: readonly Missing[]) => void;
  /** The reader sees what they have moved by hand. */
  own: boolean;
  onMove: () => void;
}) {
  const t = useTranslations();
  const { item, people, shown, own, onMissing } = props;
  const viewer = useRef<ViewerHandle | null>(null);
  const [ready, setReady] = useState(false);
  const view = shown.view?.view;
  useEffect(() => {
    if (ready && view && !own) viewer.current?.show(view);
  }, [ready, view, own]);

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
    () => lookedAtOnly(annotations, (personId) => colours.get(personId)),
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
    return <p className="grid h-full place-content-center text-neutral-400">{t('room.noImages')}</p>;
  return (
    <div className="relative h-full">
      <div className="h-full" inert={!view}>
        <Viewer
          root={`/dicomweb/cases/${item.caseId}`}
          onReady={(handle) => {
            viewer.current = handle;
            setReady(true);
          }}
          onSight={(sight) => sight.whole && onMissing(sight.of ? sight.missing : [])}
          annotating={annotating}
          // The viewer's keys reach it below its cover, too.
          onMove={() => view && props.onMove()}
        />
      </div>
      {!view && (
        <p
          role="status"
          data-nothing-shared
          className="absolute inset-0 z-20 grid place-content-center bg-black px-6 text-center text-neutral-300"
        >
          {t('replay.nothingShared')}
        </p>
      )}
    </div>
  );
}
