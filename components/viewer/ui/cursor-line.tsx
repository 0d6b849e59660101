'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { unitText, valueText } from '@/lib/measure/reading-text.ts';
import { tagText } from '@/lib/rt/suv-tags.ts';
import type { Cursor, CursorValue } from '../engine/cursor-reader.ts';
import type { Stage } from '../engine/stage.ts';
import { useMeasuring } from './use-measuring.ts';

/** What lies under the pointer: place, HU and SUV both at once, structures; and why something cannot be measured. */
export function CursorLine({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer');
  const { cursor } = stage.reader;
  const { at } = useSyncExternalStore(cursor.subscribe, cursor.get, cursor.get);
  const { notice } = useMeasuring(stage);
  return (
    <div className="flex min-h-6 items-center gap-4 overflow-hidden border-t border-neutral-800 bg-neutral-900 px-2 text-xs whitespace-nowrap tabular-nums">
      <p role="status" className={notice ? 'text-amber-300' : 'sr-only'}>
        {notice && t(`measure.notice.${notice}`)}
      </p>
      <div className="flex min-w-0 flex-1 items-center gap-4" data-cursor={at?.viewportId ?? ''}>
        {at ? <Under at={at} /> : <span className="truncate text-neutral-400">{t('cursor.hint')}</span>}
      </div>
    </div>
  );
}

function Under({ at }: { at: Cursor }) {
  const t = useTranslations('viewer.cursor');
  const locale = useLocale();
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const hundredth = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // A comma parts the figures of some languages.
  const place = at.mm?.map((value) => tenth.format(value === 0 ? 0 : value)).join(' ; ');
  return (
    <>
      <span className="text-neutral-300" data-place>
        {place && t('mm', { place })}
        {at.pixel && t('pixel', { column: at.pixel[0], row: at.pixel[1] })}
        {!place && !at.pixel && t('projection')}
      </span>
      {at.values.map((value) => (
        <Value key={value.seriesUid} value={value} />
      ))}
      {at.doseGy !== null && (
        <span data-value="Gy">
          <span className="text-neutral-300">Gy</span>{' '}
          <span className="font-semibold text-neutral-50">{hundredth.format(at.doseGy)}</span>
        </span>
      )}
      {at.compared && <Compared of={at.compared} />}
      {at.rois.length > 0 && <span className="truncate text-neutral-300">{at.rois.join(', ')}</span>}
    </>
  );
}

/** Both doses and their difference; what one of them does not say is not guessed. */
function Compared({ of: { a, b } }: { of: NonNullable<Cursor['compared']> }) {
  const locale = useLocale();
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  const parts = [
    ['A', a === null ? '–' : figure.format(a)],
    ['B', b === null ? '–' : figure.format(b)],
    ['A − B', a === null || b === null ? '–' : signed.format(a - b)],
  ] as const;
  return (
    <span data-value="A-B">
      {parts.map(([name, value]) => (
        <span key={name} className="pr-2">
          <span className="text-neutral-300">{name}</span>{' '}
          <span className="font-semibold text-neutral-50">{value}</span>
        </span>
      ))}
      <span className="text-neutral-300">Gy</span>
    </span>
  );
}

function Value({ value: { modality, unit, value, missing } }: { value: CursorValue }) {
  const t = useTranslations('viewer.cursor');
  const locale = useLocale();
  const text = typeof value === 'number' ? valueText(locale, unit, value) : t(`no.${value}`);
  return (
    <span data-value={unit || modality}>
      <span className="text-neutral-300">{unitText(locale, unit) || modality}</span>{' '}
      <span className={typeof value === 'number' ? 'font-semibold text-neutral-50' : 'text-neutral-400'}>
        {text}
      </span>
      {missing.length > 0 && (
        <span className="text-amber-300"> {t('missingTags', { tags: missing.map(tagText).join(', ') })}</span>
      )}
    </span>
  );
}
