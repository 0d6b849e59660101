'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Dvh } from '@/lib/rt/dvh.ts';
import { type CurvePoint, cumulativeCurve, differentialCurve } from '@/lib/rt/dvh-figures.ts';
import { type DvhUnits, gyPer, roundTicks } from './dvh-scale.ts';
import type { DvhRow } from './use-dvhs.ts';

const STEPS = { cumulative: 400, differential: 120 } as const;

type Props = {
  rows: readonly DvhRow[];
  units: DvhUnits;
  /** The right end of the dose axis, and its ticks in its own unit. */
  toGy: number;
  ticks: readonly number[];
  plot: { left: number; top: number; width: number; height: number };
  marked: string | null;
};

/** Axes and curves of a DVH, in the colours of the ROIs. Said in words by the table. */
export function DvhCurves({ rows, units, toGy, ticks, plot, marked }: Props) {
  const t = useTranslations('viewer.dvh');
  const format = useFormatter();
  const curves = rows.flatMap(({ key, roi, answer, dashedOf }) => {
    const points = answer?.known && answer.dvh.dose ? pointsOf(answer.dvh, units, toGy) : [];
    return points.length > 0 ? [{ key, colour: roi.colour, points, dashedOf }] : [];
  });
  const highest = curves.reduce(
    (best, { points }) => points.reduce((most, one) => Math.max(most, one.volume), best),
    0,
  );
  const heights = roundTicks(units.kind === 'cumulative' && units.volume === 'percent' ? 100 : highest, 5);
  const top = heights.at(-1) ?? 1;
  const x = (gy: number) => plot.left + (gy / toGy) * plot.width;
  const y = (volume: number) => plot.top + plot.height * (1 - volume / top);
  const figure = (value: number) => format.number(value, { maximumFractionDigits: 2 });
  const doseUnit = units.dose === 'percent' && units.referenceGy !== null ? '%' : 'Gy';
  const doseWords =
    units.referenceGy === null || doseUnit === 'Gy'
      ? doseUnit
      : t('percentOf', { value: figure(units.referenceGy) });
  const volumeUnit = units.volume === 'percent' ? '%' : t('volume');
  const per = units.kind === 'differential' ? `/${doseUnit}` : '';
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={x(tick * gyPer(units))}
            x2={x(tick * gyPer(units))}
            y1={plot.top}
            y2={plot.top + plot.height}
            className="stroke-neutral-800"
          />
          <text
            x={x(tick * gyPer(units))}
            y={plot.top + plot.height + 14}
            textAnchor="middle"
            className="fill-neutral-300 text-[11px]"
          >
            {figure(tick)}
          </text>
        </g>
      ))}
      {heights.map((tick) => (
        <g key={tick}>
          <line
            x1={plot.left}
            x2={plot.left + plot.width}
            y1={y(tick)}
            y2={y(tick)}
            className="stroke-neutral-800"
          />
          <text x={plot.left - 5} y={y(tick) + 4} textAnchor="end" className="fill-neutral-300 text-[11px]">
            {figure(tick)}
          </text>
        </g>
      ))}
      <text
        x={plot.left + plot.width}
        y={plot.top + plot.height + 29}
        textAnchor="end"
        className="fill-neutral-200 text-[11px]"
      >
        {t('doseAxis', { unit: doseWords })}
      </text>
      <text x={plot.left} y={plot.top + plot.height + 29} className="fill-neutral-200 text-[11px]">
        {t('volumeAxis', { unit: `${volumeUnit}${per}` })}
      </text>
      {curves.map(({ key, colour, points, dashedOf }) => (
        <path
          key={key}
          data-curve={key}
          d={points
            .map((one, at) => `${at === 0 ? 'M' : 'L'}${x(one.gy).toFixed(1)} ${y(one.volume).toFixed(1)}`)
            .join('')}
          fill="none"
          stroke={colour}
          strokeWidth={marked === (dashedOf ?? key) ? 3.5 : 1.6}
          strokeDasharray={dashedOf === undefined ? undefined : '7 4'}
          strokeLinejoin="round"
        />
      ))}
    </g>
  );
}

/** The curve in the units it is drawn in; of a differential one per unit of dose. */
function pointsOf(dvh: Dvh, units: DvhUnits, toGy: number): CurvePoint[] {
  const { kind } = units;
  const curve = (kind === 'cumulative' ? cumulativeCurve : differentialCurve)(dvh, toGy, STEPS[kind]);
  const perCc = units.volume === 'percent' && dvh.covered > 0 ? 100 / dvh.covered : 1;
  const factor = perCc * (kind === 'differential' ? gyPer(units) : 1);
  return curve.map(({ gy, volume }) => ({ gy, volume: volume * factor }));
}
