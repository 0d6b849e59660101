'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { isForTyping } from '@/components/live/is-for-typing.ts';
import type { Missing } from '@/lib/live/protocol.ts';
import type { SessionRecord } from '@/lib/live/record/schema.ts';
import { Timeline } from '@/lib/live/record/timeline.ts';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayEvents } from './replay-events.tsx';
import { ReplayFrame } from './replay-frame.tsx';
import { ReplayStage } from './replay-stage.tsx';
import { useOwnView } from './use-own-view.ts';
import { usePlaying } from './use-playing.ts';

const STEP_MS = 5000;

/** The images as all saw them, with a line of time by case below and what happened beside. */
export function Replay({ record }: { record: SessionRecord }) {
  const t = useTranslations('replay');
  const timeline = useMemo(() => new Timeline(record), [record]);
  const hand = usePlaying(timeline.lengthMs, timeline.segments[0]?.from ?? 0);
  const { playing, own, move, back } = useOwnView(hand);
  const { position, play, seek } = playing;
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const shown = timeline.shownAt(position);
  const item = record.items.find(({ id }) => id === shown.itemId) ?? null;

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isForTyping(event.target)) return;
      const onControl = event.target instanceof HTMLElement && event.target.closest('button, select, a');
      if (event.key === ' ' && !onControl) play(!playing.playing);
      else if (event.key === 'ArrowLeft') seek(position - STEP_MS);
      else if (event.key === 'ArrowRight') seek(position + STEP_MS);
      else if (event.key.toLowerCase() === 'f' && !event.shiftKey && own) back();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [play, seek, back, own, playing.playing, position]);

  return (
    <div
      className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(0,1fr)_auto_minmax(0,0.5fr)] lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[minmax(0,1fr)_auto]"
      data-replay={record.sessionId}
      data-seq={shown.view?.seq ?? ''}
      data-playing={playing.playing}
      data-own={own}
    >
      <main className="relative min-h-0 min-w-0 bg-black">
        {item ? (
          <ReplayStage
            key={item.id}
            item={item}
            people={record.people}
            shown={shown}
            onMissing={setMissing}
            own={own}
            onMove={move}
          />
        ) : (
          <p className="grid h-full place-content-center text-neutral-400">{t('noCase')}</p>
        )}
        {item && <ReplayFrame own={own} onBack={back} />}
        {item && shown.view && missing.length > 0 && (
          <p
            role="status"
            className="absolute inset-x-0 top-0 z-20 bg-amber-300 px-3 py-1 text-center text-black"
          >
            {t('notAll', { why: missing.map((one) => t(`missing.${one}`)).join(', ') })}
          </p>
        )}
      </main>
      <section
        aria-label={t('controls')}
        className="border-neutral-800 border-t lg:col-span-2 lg:row-start-2"
      >
        <ReplayControls record={record} timeline={timeline} playing={playing} patient={item?.patientName} />
      </section>
      <aside
        aria-label={t('events')}
        className="min-h-0 overflow-y-auto border-neutral-800 lg:col-start-2 lg:row-start-1 lg:border-l"
      >
        <ReplayEvents record={record} timeline={timeline} playing={playing} />
      </aside>
    </div>
  );
}
