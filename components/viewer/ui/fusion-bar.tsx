'use client';

import { Blend } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { type ColourTable, colourTables, type Fusion } from '@/lib/live/view-state.ts';
import type { Stack } from '../data/stack.ts';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';
import { presetsOf, unitOf } from '../engine/voi.ts';
import { FigureField } from './figure-field.tsx';
import { seriesName } from './fusion-caption.tsx';
import { ToolGroup } from './tool-group.tsx';
import { useSpaceRefusal } from './use-space-refusal.ts';

const select =
  'h-8 max-w-56 rounded-md border border-neutral-500 bg-neutral-900 px-1.5 text-sm text-neutral-100';

/** What lies over the active viewport's series, and how, behind one button; nothing where there is nothing that could. */
export function FusionBar({ stage, pane }: { stage: Stage; pane: Pane | undefined }) {
  const t = useTranslations('viewer.fusion');
  if (!pane?.stack) return null;
  const candidates = stage.fusion.candidates(pane);
  const state = pane.state();
  if (!state || (candidates.length === 0 && pane.kind === 'stack')) return null;
  const { fusion } = state;
  const over = fusion ? stage.fusion.overlayOf(fusion) : undefined;
  return (
    <>
      <ToolGroup
        label={t('title')}
        icon={<Blend size={16} aria-hidden />}
        from="never"
        active={over !== undefined}
      >
        {pane.kind !== 'stack' && (
          <Labelled label={t('ownColours')}>
            {(id) => (
              <Colours
                id={id}
                value={state.colours}
                onChange={(colours) => stage.change(pane, { colours })}
              />
            )}
          </Labelled>
        )}
        {candidates.length > 0 && <OverlayChoice stage={stage} pane={pane} over={over} />}
        {fusion && over && <Settings stage={stage} pane={pane} fusion={fusion} over={over} />}
      </ToolGroup>
      {/* At hand where there is room: nothing then lies over the images while they are blended. */}
      {fusion && over && (
        <span className="hidden @min-[940px]/bar:contents">
          <BlendSlider blend={fusion.blend} onChange={(blend) => stage.fusion.set(pane, { blend })} />
        </span>
      )}
    </>
  );
}

/** How much of the overlay is seen. Without a field's name beside it, it says its own. */
function BlendSlider(props: { id?: string; blend: number; onChange: (blend: number) => void }) {
  const t = useTranslations('viewer.fusion');
  const percent = Math.round(props.blend * 100);
  return (
    <input
      id={props.id}
      aria-label={props.id ? undefined : t('blend')}
      title={`${t('blend')} ${percent} %`}
      type="range"
      min={0}
      max={100}
      step={5}
      value={percent}
      aria-valuetext={`${percent} %`}
      onChange={({ target }) => props.onChange(Number(target.value) / 100)}
      className="h-6 w-20 shrink-0 accent-teal-500"
    />
  );
}

function OverlayChoice({ stage, pane, over }: { stage: Stage; pane: Pane; over: Stack | undefined }) {
  const t = useTranslations('viewer.fusion');
  const refusal = useSpaceRefusal();
  const candidates = stage.fusion.candidates(pane);
  return (
    <Labelled label={t('overlay')}>
      {(id) => (
        <select
          id={id}
          className={select}
          value={over?.displaySetInstanceUID ?? ''}
          onChange={({ target }) =>
            stage.fusion.choose(
              pane,
              candidates.find(({ stack }) => stack.displaySetInstanceUID === target.value)?.stack ?? null,
            )
          }
        >
          <option value="">{t('none')}</option>
          {candidates.map(({ stack, path }) => (
            <option key={stack.displaySetInstanceUID} value={stack.displaySetInstanceUID}>
              {'reason' in path
                ? t('apart', { series: seriesName(stack), reason: refusal(path) })
                : seriesName(stack)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

type SettingsProps = { stage: Stage; pane: Pane; fusion: Fusion; over: Stack };

function Settings({ stage, pane, fusion, over }: SettingsProps) {
  const t = useTranslations('viewer.fusion');
  const set = (part: Partial<Fusion>) => stage.fusion.set(pane, part);
  return (
    <>
      <span className="contents @min-[940px]/bar:hidden">
        <Labelled label={t('blend')}>
          {(id) => <BlendSlider id={id} blend={fusion.blend} onChange={(blend) => set({ blend })} />}
        </Labelled>
      </span>
      <Labelled label={t('colours')}>
        {(id) => <Colours id={id} value={fusion.colours} onChange={(colours) => set({ colours })} />}
      </Labelled>
      <Window fusion={fusion} over={over} set={set} />
      <div className="flex justify-end">
        <FigureField
          label={t('above')}
          unit={unitOf(over)}
          value={fusion.above}
          onChange={(above) => set({ above })}
        />
      </div>
      <Registration stage={stage} pane={pane} fusion={fusion} />
    </>
  );
}

function Window({
  fusion,
  over,
  set,
}: {
  fusion: Fusion;
  over: Stack;
  set: (part: Partial<Fusion>) => void;
}) {
  const t = useTranslations('viewer');
  const presets = presetsOf(over);
  const lower = fusion.voi.center - fusion.voi.width / 2;
  const upper = lower + fusion.voi.width;
  const within = (from: number, to: number) => {
    if (to > from) set({ voi: { center: (from + to) / 2, width: to - from } });
  };
  const preset = presets.find(
    ({ voi }) => voi.center === fusion.voi.center && voi.width === fusion.voi.width,
  );
  return (
    <>
      {presets.length > 0 && (
        <Labelled label={t('fusion.window')}>
          {(id) => (
            <select
              id={id}
              className={select}
              value={preset?.id ?? ''}
              onChange={({ target }) => {
                const chosen = presets.find((one) => one.id === target.value);
                if (chosen) set({ voi: chosen.voi });
              }}
            >
              {!preset && <option value="">{t('presetOwn')}</option>}
              {presets.map(({ id }) => (
                <option key={id} value={id}>
                  {t(`presets.${id}`)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <div className="flex justify-end gap-3">
        <FigureField
          label={t('fusion.lower')}
          value={lower}
          onChange={(value) => within(value ?? lower, upper)}
        />
        <FigureField
          label={t('fusion.upper')}
          unit={unitOf(over)}
          value={upper}
          onChange={(value) => within(lower, value ?? upper)}
        />
      </div>
    </>
  );
}

/** Of several registrations that differ none is chosen by itself: somebody says which one. */
function Registration({ stage, pane, fusion }: { stage: Stage; pane: Pane; fusion: Fusion }) {
  const t = useTranslations('viewer');
  const candidates = stage.fusion.registrationsFor(pane);
  if (candidates.length < 2) return null;
  return (
    <Labelled label={t('fusion.registration')}>
      {(id) => (
        <select
          id={id}
          className={select}
          value={fusion.registrationUid ?? ''}
          onChange={({ target }) => stage.fusion.set(pane, { registrationUid: target.value || null })}
        >
          <option value="">{t('fusion.noneChosen')}</option>
          {candidates.map(({ sopInstanceUid, label, date }) => (
            <option key={sopInstanceUid} value={sopInstanceUid}>
              {[label || t('registration.unnamed'), date].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Colours(props: { id: string; value: ColourTable; onChange: (table: ColourTable) => void }) {
  const t = useTranslations('viewer');
  return (
    <select
      id={props.id}
      className={select}
      value={props.value}
      onChange={({ target }) => {
        const chosen = colourTables.find((one) => one === target.value);
        if (chosen) props.onChange(chosen);
      }}
    >
      {colourTables.map((table) => (
        <option key={table} value={table}>
          {t(`colours.${table}`)}
        </option>
      ))}
    </select>
  );
}

function Labelled(props: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <span className="flex items-center justify-between gap-3 text-sm text-neutral-200">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </span>
  );
}
