'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ShownPair } from '../engine/dose-pair.ts';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';

/** Why two doses are not compared, or what brought them together where their frames of reference differ. */
export function PairStatus({ pair }: { pair: ShownPair }) {
  const t = useTranslations('viewer.doseComparison');
  const words = useTranslations('viewer.doseUnseen');
  if (pair.known)
    return (
      pair.registration !== null && (
        <p className="text-xs text-neutral-300">{t('brought', { name: pair.registration || '–' })}</p>
      )
    );
  const text =
    pair.side === null ? t(`refused.${pair.reason}`) : `${pair.side.toUpperCase()}: ${words(pair.reason)}`;
  return (
    <p
      role="status"
      className={`text-xs ${pair.reason === 'loading' ? 'text-neutral-300' : 'text-amber-300'}`}
    >
      {text}
    </p>
  );
}

/** What of two compared doses lies over this picture, or why nothing does. */
export function PairWords({ stage, pane }: { stage: Stage; pane: Pane }) {
  const t = useTranslations('viewer');
  const format = useFormatter();
  const { doseComparison } = stage.store.get();
  if (!doseComparison || !stage.doses.pair(doseComparison).known) return null;
  const unseen = stage.doses.pairUnseenOn(pane);
  if (unseen)
    return (
      <div className={unseen === 'beyond_grid' ? 'text-neutral-300' : 'text-amber-300'}>
        {t(`doseUnseen.${unseen}`)}
      </div>
    );
  const { show, spanGy } = doseComparison;
  const span = format.number(spanGy, { maximumFractionDigits: 2 });
  return (
    <>
      {show !== 'lines' && <div>{t('doseComparison.onView', { span })}</div>}
      {show !== 'difference' && <div>{t('doseComparison.linesOnView')}</div>}
    </>
  );
}
