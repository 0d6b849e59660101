'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Stack } from '../data/stack.ts';
import type { Pane } from '../engine/pane.ts';
import { turnedTable } from '../engine/polarity.ts';
import type { Stage } from '../engine/stage.ts';
import { unitOf } from '../engine/voi.ts';
import { ColourLegend } from './colour-legend.tsx';

/** The colours of what is shown: of the series that lies over another, or of a cut or projection in colour. */
export function FusionLegend({ stage, pane }: { stage: Stage; pane: Pane }) {
  const { shown, stack } = pane;
  if (!shown || !stack || pane.kind === 'stack') return null;
  const { fusion } = shown;
  const over = fusion && !pane.fusionTrouble ? stage.fusion.overlayOf(fusion) : undefined;
  if (fusion && over) {
    const { colours, voi, above } = fusion;
    const invert = turnedTable(over, { colours, invert: false });
    return <ColourLegend colours={colours} invert={invert} voi={voi} above={above} unit={unitOf(over)} />;
  }
  if (!shown.voi || shown.colours === 'grey') return null;
  return (
    <ColourLegend
      colours={shown.colours}
      invert={turnedTable(stack, shown)}
      voi={shown.voi}
      above={null}
      unit={unitOf(stack)}
    />
  );
}

/** Which series lies over a viewport's own, how much of it, and by which registration. */
export function FusionWords({ stage, pane }: { stage: Stage; pane: Pane }) {
  const t = useTranslations('viewer.fusion');
  const format = useFormatter();
  const fusion = pane.shown?.fusion;
  const over = fusion && !pane.fusionTrouble ? stage.fusion.overlayOf(fusion) : undefined;
  if (!fusion || !over) return null;
  const percent = format.number(100 * fusion.blend, { maximumFractionDigits: 0 });
  const registration = stage.fusion.registrationOf(pane);
  return (
    <>
      <div>{t('over', { series: seriesName(over), percent })}</div>
      {registration !== null && <div className="text-teal-200">{t('byRegistration', { registration })}</div>}
    </>
  );
}

export const seriesName = ({ Modality, SeriesDescription }: Stack): string =>
  [Modality, SeriesDescription].filter(Boolean).join(' · ');
