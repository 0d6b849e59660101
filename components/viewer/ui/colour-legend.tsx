'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ColourTable } from '@/lib/live/view-state.ts';
import { colourTable } from '@/lib/planes/colours.ts';
import type { Voi } from '../engine/voi.ts';
import { ticksOf } from './legend-ticks.ts';

/** A colour table as a strip from the window's lower end at the bottom to its upper end, with values beside it. */
export function ColourLegend(props: {
  colours: ColourTable;
  invert?: boolean;
  voi: Voi;
  unit: string;
  /** Nothing is drawn below this value. */
  above: number | null;
}) {
  const { colours, voi, unit, above } = props;
  const t = useTranslations('viewer');
  const format = useFormatter();
  const lower = voi.center - voi.width / 2;
  const upper = voi.center + voi.width / 2;
  const ticks = ticksOf(lower, upper);
  const place = (value: number) => `${(100 * (value - lower)) / voi.width}%`;
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 4 });
  const words = { colours: t(`colours.${colours}`), lower: number(lower), upper: number(upper), unit };
  return (
    <div
      role="img"
      aria-label={t('fusion.legend', words)}
      data-legend={colours}
      // Beside the mark of the patient's side at the edge, never over it. Without its dark ground in a small view, where that
      // would darken a quarter of the image.
      className="pointer-events-none absolute top-1/2 right-10 flex h-2/5 max-h-56 -translate-y-1/2 gap-1 rounded-sm bg-black/65 px-1 pt-5 pb-2 text-xs text-neutral-100 @max-[280px]:right-5 @max-[280px]:bg-transparent @max-[280px]:text-[10px] @max-[280px]:[text-shadow:0_0_2px_black,0_0_2px_black,0_0_3px_black]"
    >
      <span className="absolute top-0.5 right-1">{unit}</span>
      <div className="relative min-w-7 text-right @max-[280px]:min-w-5 tabular-nums">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute right-0 translate-y-1/2 leading-none"
            style={{ bottom: place(tick) }}
          >
            {number(tick)}
          </span>
        ))}
      </div>
      <div
        className="relative w-3 border border-neutral-500"
        style={{ background: gradient(colours, props.invert ?? false) }}
      >
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute -left-1.5 h-px w-1 bg-neutral-200"
            style={{ bottom: place(tick) }}
          />
        ))}
        {above !== null && above > lower && (
          <span
            className="absolute inset-x-0 bottom-0 border-t-2 border-amber-300 bg-black"
            style={{ height: place(Math.min(above, upper)) }}
          />
        )}
      </div>
    </div>
  );
}

function gradient(colours: ColourTable, invert: boolean): string {
  const table = colourTable(colours);
  const stops = Array.from({ length: 64 }, (_, index) => {
    const entry = Math.round((index * 255) / 63);
    const at = 3 * (invert ? 255 - entry : entry);
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return `linear-gradient(to top, ${stops.join(', ')})`;
}
