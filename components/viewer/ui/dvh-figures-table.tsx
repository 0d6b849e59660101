'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DvhRow } from './use-dvhs.ts';

/** A figure's cell, and its head's. */
export const figureCell = 'px-1.5 py-1 text-right whitespace-nowrap tabular-nums';

type Props = {
  /** The region's name. */
  label: string;
  caption: string;
  rows: readonly DvhRow[];
  /** Rows that the heads stand in; `heads` continues the first of them, `more` is those below it. */
  headRows?: number;
  heads: ReactNode;
  more?: ReactNode;
  /** The cells of one ROI's row. */
  figures: (row: DvhRow, index: number) => ReactNode;
  /** The row that the pointer is on, whose curve is marked. */
  onMark: (key: string | null) => void;
};

/** Figures of ROIs, a row each, beside or below the diagram; scrolled by the keyboard too. */
export function DvhFiguresTable({ label, caption, rows, headRows, heads, more, figures, onMark }: Props) {
  const t = useTranslations('viewer.dvh');
  return (
    <section
      className="min-h-24 min-w-0 flex-1 overflow-auto border-neutral-800 border-t @3xl:border-t-0 @3xl:border-l"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard too.
      tabIndex={0}
      aria-label={label}
    >
      <table className="w-full text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-neutral-900 text-neutral-300">
          <tr>
            <th
              scope="col"
              rowSpan={headRows}
              className="sticky left-0 bg-neutral-900 px-2 py-1 text-left font-medium"
            >
              {t('roi')}
            </th>
            {heads}
          </tr>
          {more}
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={row.key}
              data-roi={row.roi.number}
              className="border-neutral-900 border-b hover:bg-neutral-900"
              onPointerEnter={() => onMark(row.key)}
              onPointerLeave={() => onMark(null)}
            >
              <th
                scope="row"
                className="sticky left-0 max-w-40 bg-neutral-950 px-2 py-1 text-left font-normal"
              >
                <span className="flex items-center gap-1.5">
                  <span
                    className="size-2.5 shrink-0 rounded-sm"
                    style={{ backgroundColor: row.roi.colour }}
                    aria-hidden="true"
                  />
                  <span className="truncate" title={row.roi.name}>
                    {row.roi.name}
                  </span>
                </span>
              </th>
              {figures(row, index)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
