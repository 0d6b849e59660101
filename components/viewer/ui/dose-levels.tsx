'use client';

import { Plus, X } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DoseState, IsodoseLevel } from '@/lib/live/view-state.ts';
import { levelGy } from '@/lib/rt/isodose-levels.ts';
import { withLevel } from '../engine/dose-state.ts';

const icon =
  'grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white';
const small = 'cursor-pointer rounded px-1.5 py-1 text-xs text-neutral-200 hover:bg-neutral-800';

/** The isodose levels: shown or not, taken away, others added. They are the legend too. */
export function DoseLevels({ dose, onChange }: { dose: DoseState; onChange: (next: DoseState) => void }) {
  const t = useTranslations('viewer.dose');
  const all = useTranslations('viewer');
  const [added, setAdded] = useState('');
  const change = (index: number, part: Partial<IsodoseLevel>) =>
    onChange({
      ...dose,
      levels: dose.levels.map((one, at) => (at === index ? { ...one, ...part } : one)),
    });
  const everywhere = (visible: boolean) =>
    onChange({ ...dose, levels: dose.levels.map((one) => ({ ...one, visible })) });
  const add = () => {
    onChange(withLevel(dose, Number(added.trim().replace(',', '.'))));
    setAdded('');
  };
  return (
    <div>
      <div className="flex">
        <button type="button" className={small} aria-label={t('allLevels')} onClick={() => everywhere(true)}>
          {all('all')}
        </button>
        <button type="button" className={small} aria-label={t('noLevels')} onClick={() => everywhere(false)}>
          {all('none')}
        </button>
      </div>
      <ul aria-label={t('levels')}>
        {dose.levels.map((level, index) => (
          <LevelRow
            key={level.value}
            level={level}
            dose={dose}
            onChange={(part) => change(index, part)}
            onRemove={() => onChange({ ...dose, levels: dose.levels.filter((one) => one !== level) })}
          />
        ))}
      </ul>
      <form
        className="flex items-center gap-1 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          type="text"
          inputMode="decimal"
          aria-label={t('newLevel', { unit: dose.unit === 'Gy' ? 'Gy' : '%' })}
          placeholder={dose.unit === 'Gy' ? 'Gy' : '%'}
          value={added}
          onChange={(event) => setAdded(event.target.value)}
          // Keys of the viewer are digits too.
          onKeyDown={(event) => event.stopPropagation()}
          className="h-6 w-16 rounded border border-neutral-500 bg-neutral-900 px-1 text-right text-xs text-neutral-100 tabular-nums placeholder:text-neutral-400"
        />
        <button type="submit" className={icon} aria-label={t('addLevel')} title={t('addLevel')}>
          <Plus size={14} aria-hidden />
        </button>
      </form>
    </div>
  );
}

function LevelRow(props: {
  level: IsodoseLevel;
  dose: DoseState;
  onChange: (part: Partial<IsodoseLevel>) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('viewer.dose');
  const format = useFormatter();
  const { level, dose } = props;
  const gy = levelGy(level.value, dose);
  const figure = (value: number) => format.number(value, { maximumFractionDigits: 2 });
  const name =
    dose.unit === 'Gy'
      ? t('gy', { value: figure(level.value) })
      : t('percent', { value: figure(level.value) });
  return (
    <li className="flex min-h-6 items-center gap-1.5 rounded hover:bg-neutral-900">
      <label className="flex min-h-6 min-w-0 flex-1 cursor-pointer items-center gap-2 text-xs tabular-nums">
        <input
          type="checkbox"
          checked={level.visible}
          onChange={() => props.onChange({ visible: !level.visible })}
          className="size-3.5 shrink-0"
          style={{ accentColor: level.colour }}
        />
        <span className="flex-1">{name}</span>
        {dose.unit === 'percent' && (
          <span className="text-neutral-300">
            {gy === null ? t('noReference') : t('gy', { value: figure(gy) })}
          </span>
        )}
      </label>
      <input
        type="color"
        value={level.colour}
        aria-label={t('colourOf', { level: name })}
        onChange={(event) => props.onChange({ colour: event.target.value })}
        className="size-6 shrink-0 cursor-pointer rounded border-0 bg-transparent p-0.5"
      />
      <button
        type="button"
        className={icon}
        aria-label={t('removeLevel', { level: name })}
        title={t('removeLevel', { level: name })}
        onClick={props.onRemove}
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  );
}
