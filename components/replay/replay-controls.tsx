'use client';

import { Pause, Play } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { SessionRecord } from '@/lib/live/record/schema.ts';
import type { Timeline } from '@/lib/live/record/timeline.ts';
import { type Playing, type Speed, speeds } from './use-playing.ts';

/** What of the lane has a tick on the line of time, and its colour. */
const ticks: Record<string, string> = {
  'record.mark': 'bg-amber-300',
  'record.bookmark': 'bg-teal-300',
  'control.give': 'bg-sky-300',
  'control.take': 'bg-sky-300',
  'control.return': 'bg-sky-300',
  'control.fall': 'bg-sky-300',
};

/** Play and pause, how fast, and the line of time: a piece for each case, gaps, and what happened. */
export function ReplayControls(props: {
  record: SessionRecord;
  timeline: Timeline;
  playing: Playing;
  patient: string | undefined;
}) {
  const t = useTranslations('replay');
  const format = useFormatter();
  const { record, timeline, playing } = props;
  const { lengthMs } = timeline;
  const place = (at: number) => `${(100 * at) / Math.max(1, lengthMs)}%`;
  const clock = format.dateTime(new Date(timeline.timeAt(playing.position)), {
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: record.timeZone,
  });
  const nameOf = (itemId: string) => record.items.find(({ id }) => id === itemId)?.patientName ?? '';
  return (
    <div className="flex flex-wrap items-center gap-3 px-3 py-2">
      <Button
        look="dark"
        aria-label={t(playing.playing ? 'pause' : 'play')}
        title={t(playing.playing ? 'pause' : 'play')}
        aria-keyshortcuts="Space"
        onClick={() => playing.play(!playing.playing)}
      >
        {playing.playing ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
      </Button>
      <label className="inline-flex items-center gap-1 text-neutral-300">
        {t('speed')}
        <select
          className="min-h-8 rounded border border-neutral-500 bg-neutral-900 px-1"
          value={playing.speed}
          onChange={(event) => playing.setSpeed(Number(event.target.value) as Speed)}
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {t('times', { speed })}
            </option>
          ))}
        </select>
      </label>
      <span className="w-20 tabular-nums">{clock}</span>
      <div className="relative h-8 min-w-48 flex-1">
        <div
          aria-hidden="true"
          className="absolute inset-x-0 top-0 h-4 overflow-hidden rounded bg-neutral-800"
        >
          {timeline.segments.map((one) => (
            <span
              key={one.from}
              title={nameOf(one.itemId)}
              className="absolute inset-y-0 truncate border-neutral-950 border-r-2 bg-neutral-600 px-1 text-[11px] leading-4"
              style={{ left: place(one.from), width: place(one.until - one.from) }}
            >
              {nameOf(one.itemId)}
            </span>
          ))}
          {timeline.gaps.map((gap) => (
            <span
              key={gap.from}
              data-gap
              title={t('gap')}
              className="absolute inset-y-0 w-1.5 -translate-x-1/2 bg-[repeating-linear-gradient(45deg,#000_0_2px,#fff_2px_4px)]"
              style={{ left: place(gap.at) }}
            />
          ))}
          {timeline.decisions.map(({ at, moment }) => (
            <span
              key={`${moment.at} ${moment.field}`}
              data-decided={moment.what}
              className={`absolute bottom-0 w-0.5 bg-fuchsia-300 ${moment.what === 'written' ? 'h-2' : 'h-full'}`}
              style={{ left: place(at) }}
            />
          ))}
          {timeline.events.map(
            ({ at, event }) =>
              ticks[event.type] && (
                <span
                  key={event.seq}
                  className={`absolute inset-y-0 w-0.5 ${ticks[event.type]}`}
                  style={{ left: place(at) }}
                />
              ),
          )}
        </div>
        <input
          type="range"
          aria-label={t('position')}
          aria-valuetext={[clock, props.patient].filter(Boolean).join(', ')}
          min={0}
          max={lengthMs}
          step={100}
          value={playing.position}
          onChange={(event) => playing.seek(Number(event.target.value))}
          className="absolute inset-x-0 bottom-0 m-0 h-4 w-full cursor-pointer accent-teal-400"
        />
      </div>
    </div>
  );
}
