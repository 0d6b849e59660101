'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import { differenceColours } from '@/lib/rt/difference-wash.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { useComparedName } from './use-compared-name.ts';

const css = ([red, green, blue]: readonly number[]): string => `rgb(${red} ${green} ${blue})`;

/** What the colours and lines of two compared doses say, as they are drawn. */
export function DoseCompareLegend(props: { comparison: DoseComparison; snapshot: ViewerSnapshot }) {
  const { comparison, snapshot } = props;
  const t = useTranslations('viewer.doseComparison');
  const format = useFormatter();
  const span = format.number(comparison.spanGy, { maximumFractionDigits: 2 });
  return (
    <div className="space-y-1.5 text-xs text-neutral-200" data-dose-comparison={comparison.show}>
      {comparison.show !== 'lines' && (
        <div role="img" aria-label={t('differenceWords', { span })}>
          <div
            className="h-3 w-full rounded-sm border border-neutral-600"
            style={{
              backgroundImage: `linear-gradient(to right, ${css(differenceColours.b)}, #0a0a0a, ${css(differenceColours.a)})`,
            }}
          />
          <div className="flex justify-between tabular-nums" aria-hidden>
            <span>{`−${span}`}</span>
            <span>{t('difference')}</span>
            <span>{`+${span}`}</span>
          </div>
          <div className="flex justify-between text-neutral-300" aria-hidden>
            <span>{t('higherB')}</span>
            <span>{t('higherA')}</span>
          </div>
        </div>
      )}
      <LineLegend comparison={comparison} snapshot={snapshot} />
    </div>
  );
}

/** Which lines and curves are whose: told by their strokes, not by colours. */
export function LineLegend({
  comparison,
  snapshot,
}: {
  comparison: DoseComparison;
  snapshot: ViewerSnapshot;
}) {
  const t = useTranslations('viewer.doseComparison');
  const nameOf = useComparedName(snapshot);
  return (
    <ul aria-label={t('lines')} className="space-y-0.5 text-xs text-neutral-200">
      {(['a', 'b'] as const).map((side) => (
        <li key={side} className="flex items-center gap-2">
          <svg width="28" height="6" aria-hidden="true" className="shrink-0">
            <line
              x1="0"
              x2="28"
              y1="3"
              y2="3"
              stroke="white"
              strokeWidth="1.6"
              strokeDasharray={side === 'b' ? '7 4' : undefined}
            />
          </svg>
          <span className="min-w-0 truncate" title={nameOf(comparison[side].doseUids)}>
            {t(side === 'a' ? 'solid' : 'dashed', { name: nameOf(comparison[side].doseUids) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
