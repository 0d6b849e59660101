'use client';

import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Cine, type CineRate, cineRates } from '../engine/cine.ts';
import type { Stage } from '../engine/stage.ts';
import { useHandsKey } from './use-hands-key.ts';

/** Runs through the active viewport's images, by button or the space bar, at a chosen rate. */
export function CineControls({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer.cine');
  const running = useRef<Cine | null>(null);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState<CineRate>(10);
  const stop = useCallback(() => {
    running.current?.stop();
    running.current = null;
    setPlaying(false);
  }, []);
  useEffect(() => stop, [stop]);
  const toggle = () => {
    const pane = stage.active;
    if (running.current || !pane?.stack || pane.count < 2) {
      stop();
      return;
    }
    running.current = new Cine(stage, pane, rate, stop);
    setPlaying(true);
  };
  useHandsKey(stage, 'cine', { ' ': toggle });
  const choose = (value: number) => {
    const chosen = cineRates.find((one) => one === value);
    if (!chosen) return;
    setRate(chosen);
    if (running.current) running.current.rate = chosen;
  };
  return (
    <>
      <button
        type="button"
        aria-label={t(playing ? 'stop' : 'play')}
        title={t(playing ? 'stop' : 'play')}
        aria-pressed={playing}
        onClick={toggle}
        className="inline-flex size-8 cursor-pointer items-center justify-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900 aria-pressed:text-teal-50"
      >
        {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
      </button>
      <select
        aria-label={t('rate')}
        value={rate}
        onChange={(event) => choose(Number(event.target.value))}
        className="h-8 rounded-md border border-neutral-700 bg-neutral-900 px-1.5 text-sm text-neutral-100"
      >
        {cineRates.map((one) => (
          <option key={one} value={one}>
            {t('perSecond', { count: one })}
          </option>
        ))}
      </select>
    </>
  );
}
