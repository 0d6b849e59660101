'use client';

import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Cine, type CineRate, cineRates } from '../engine/cine.ts';
import type { Stage } from '../engine/stage.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';
import { toolSelect } from './tool-select.ts';
import { useHandsKey } from './use-hands-key.ts';

/** Runs through the active viewport's images, by button or the space bar, at a chosen rate. */
export function CineControls({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer.cine');
  const groups = useTranslations('viewer.groups');
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
  const label = t(playing ? 'stop' : 'play');
  const icon = playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />;
  return (
    <ToolGroup label={groups('cine')} icon={icon} from={1280} active={playing}>
      <ToolButton label={label} pressed={playing} onClick={toggle}>
        {icon}
      </ToolButton>
      <select
        aria-label={t('rate')}
        value={rate}
        onChange={(event) => choose(Number(event.target.value))}
        className={toolSelect}
      >
        {cineRates.map((one) => (
          <option key={one} value={one}>
            {t('perSecond', { count: one })}
          </option>
        ))}
      </select>
    </ToolGroup>
  );
}
