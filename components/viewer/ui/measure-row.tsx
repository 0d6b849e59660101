'use client';

import { LocateFixed, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { type Measurement, MOST_LABEL } from '@/lib/live/measurement-state.ts';
import { noteLines, readingLines } from '@/lib/measure/reading-text.ts';
import { tagText } from '@/lib/rt/suv-tags.ts';
import type { Told } from '../engine/measure-readings.ts';
import type { MeasureWords } from '../engine/measuring.ts';
import type { OwnDrawings } from '../engine/own-drawings.ts';
import type { Stage } from '../engine/stage.ts';
import { measureIcons } from './measure-icons.ts';
import { ThresholdChoice } from './measure-threshold.tsx';

const icon =
  'grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white';

type Props = {
  stage: Stage;
  measurement: Measurement;
  number: number;
  selected: boolean;
  words: MeasureWords;
};

/** One measurement: what it says, its label, where it is, and how its region is delimited. */
export function MeasureRow({ stage, measurement, number, selected, words }: Props) {
  const t = useTranslations('viewer.measure');
  const { measuring } = stage;
  const told = measuring.told(measurement);
  const Icon = measureIcons[measurement.kind];
  const whose = measuring.drawings.whose(measurement.id);
  const mayChange = measuring.mayChange(measurement.id);
  const name = measurement.label || t(`kinds.${measurement.kind}`);
  return (
    <li
      data-measurement={measurement.kind}
      data-whose={whose?.by ?? 'view'}
      className={`rounded px-1.5 py-1 ${selected ? 'bg-neutral-800' : 'hover:bg-neutral-900'}`}
    >
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => measuring.select(selected ? null : measurement.id)}
          className="flex min-h-6 min-w-0 flex-1 cursor-pointer items-center gap-1.5 rounded text-left"
        >
          <Icon size={14} aria-hidden className="shrink-0 text-teal-300" />
          <span className="truncate">{t('numbered', { number, name })}</span>
        </button>
        <button
          type="button"
          className={icon}
          aria-label={t('goTo', { number, name })}
          title={t('goTo', { number, name })}
          onClick={() => measuring.goTo(measurement)}
        >
          <LocateFixed size={14} aria-hidden />
        </button>
        {measuring.drawings.mayRemove(measurement.id) && (
          <button
            type="button"
            className={icon}
            aria-label={t('remove', { number, name })}
            title={t('remove', { number, name })}
            onClick={() => measuring.remove(measurement.id)}
          >
            <Trash2 size={14} aria-hidden />
          </button>
        )}
      </div>
      <Whose whose={whose} words={words} />
      {whose?.by === 'own' && measuring.drawings.isShown && (
        <button
          type="button"
          aria-label={t('shareNumbered', { number, name })}
          onClick={() => measuring.share(measurement.id)}
          className="ml-5 min-h-6 cursor-pointer rounded border border-neutral-700 px-1.5 text-xs hover:bg-neutral-800"
        >
          {t('share')}
        </button>
      )}
      <Said told={told} words={words} />
      {selected && mayChange && <Label stage={stage} measurement={measurement} />}
      {measurement.kind === 'region' && mayChange && (
        <ThresholdChoice stage={stage} measurement={measurement} />
      )}
    </li>
  );
}

/** Who drew it for everybody, or that nobody else sees it. */
function Whose({ whose, words }: { whose: ReturnType<OwnDrawings['whose']>; words: MeasureWords }) {
  if (whose?.by === 'own') return <p className="pl-5 text-xs text-amber-300">{words.onlyYou}</p>;
  if (!whose?.name) return null;
  return (
    <p className="flex items-center gap-1.5 pl-5 text-xs text-neutral-200">
      <span aria-hidden className="size-2.5 rounded-full" style={{ background: whose.colour }} />
      {whose.name}
    </p>
  );
}

function Said({ told, words }: { told: Told; words: MeasureWords }) {
  const t = useTranslations('viewer.measure');
  const { reading, stack, loading, missing } = told;
  if (!stack) return <p className="pl-5 text-amber-300">{t('noSeries')}</p>;
  return (
    <div className="pl-5 text-xs">
      <ul className="tabular-nums" data-reading>
        {readingLines(words.locale, words.reading, reading).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {loading && (
        <p role="status" className="text-neutral-300">
          {words.loading}
        </p>
      )}
      {!loading &&
        noteLines(words.locale, words.notes, reading).map((line) => (
          <p key={line} className="text-amber-300">
            {line}
          </p>
        ))}
      {missing.length > 0 && (
        <p className="text-amber-300">{t('missingTags', { tags: missing.map(tagText).join(', ') })}</p>
      )}
      <p className="truncate text-neutral-400">
        {[stack.Modality, stack.SeriesDescription].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

function Label({ stage, measurement }: { stage: Stage; measurement: Measurement }) {
  const t = useTranslations('viewer.measure');
  const id = useId();
  const write = (label: string) => {
    if (label !== measurement.label) stage.measuring.put({ ...measurement, label });
  };
  return (
    <div className="flex items-center gap-1.5 py-0.5 pl-5">
      <label htmlFor={id} className="text-xs text-neutral-300">
        {t('label')}
      </label>
      <input
        key={measurement.label}
        id={id}
        defaultValue={measurement.label}
        maxLength={MOST_LABEL}
        onBlur={(event) => write(event.target.value.trim())}
        onKeyDown={(event) => {
          // Keys of the viewer are letters too.
          event.stopPropagation();
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
        className="h-6 min-w-0 flex-1 rounded border border-neutral-500 bg-neutral-900 px-1.5 text-xs text-neutral-100"
      />
    </div>
  );
}
