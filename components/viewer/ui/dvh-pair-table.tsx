'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { type PairFigure, pairFigures } from './dvh-pair-figures.ts';
import type { DvhUnits } from './dvh-scale.ts';
import type { DvhRow } from './use-dvhs.ts';

type Props = {
  ofA: readonly DvhRow[];
  ofB: readonly DvhRow[];
  units: DvhUnits;
  /** The dose whose volume is told. */
  volumeAtGy: number | null;
  onMark: (key: string | null) => void;
};

const cell = 'px-1.5 py-1 text-right whitespace-nowrap tabular-nums';

/** D95, D50, D2, mean and the volume at a dose of each ROI in both doses, and what A has more of. */
export function DvhPairTable({ ofA, ofB, units, volumeAtGy, onMark }: Props) {
  const t = useTranslations('viewer.doseComparison');
  const words = useTranslations('viewer.dvh');
  const format = useFormatter();
  const at = volumeAtGy === null ? '' : ` ${format.number(volumeAtGy, { maximumFractionDigits: 2 })} Gy`;
  const volumeUnit = units.volume === 'cc' ? 'cc' : '%';
  const heads = ['D95', 'D50', 'D2', words('mean')].map((name) => `${name} (Gy)`);
  return (
    <section
      className="min-h-24 min-w-0 flex-1 overflow-auto border-neutral-800 border-t @3xl:border-t-0 @3xl:border-l"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard too.
      tabIndex={0}
      aria-label={t('figures')}
    >
      <table className="w-full text-xs">
        <caption className="sr-only">{t('caption')}</caption>
        <thead className="sticky top-0 bg-neutral-900 text-neutral-300">
          <tr>
            <th
              scope="col"
              rowSpan={2}
              className="sticky left-0 bg-neutral-900 px-2 py-1 text-left font-medium"
            >
              {words('roi')}
            </th>
            {[...heads, `V${at} (${volumeUnit})`].map((head) => (
              <th
                key={head}
                scope="colgroup"
                colSpan={3}
                className="border-neutral-800 border-l px-1.5 pt-1 text-center font-medium"
              >
                {head}
              </th>
            ))}
          </tr>
          <tr>
            {[...heads, 'V'].map((head) => (
              <Fragment key={head}>
                <th scope="col" className={`${cell} border-neutral-800 border-l font-normal`}>
                  A
                </th>
                <th scope="col" className={`${cell} font-normal`}>
                  B
                </th>
                <th scope="col" className={`${cell} font-normal`}>
                  A − B
                </th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {ofA.map((row, index) => (
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
              <Figures a={row} b={ofB[index]} units={units} volumeAtGy={volumeAtGy} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type FigureProps = Pick<Props, 'units' | 'volumeAtGy'> & { a: DvhRow; b: DvhRow | undefined };

function Figures({ a, b, units, volumeAtGy }: FigureProps) {
  const t = useTranslations('viewer.dvh');
  const told = pairFigures(a.answer, b?.answer, units.volume, volumeAtGy);
  if (typeof told === 'string')
    return (
      <td
        colSpan={15}
        className={`px-1.5 py-1 ${told === 'computing' ? 'text-neutral-400' : 'text-amber-300'}`}
      >
        {told === 'computing' || told === 'outsideGrid' ? t(told) : t(`none.${told}`)}
      </td>
    );
  return told.map((one) => <Triple key={one.name} {...one} />);
}

function Triple({ name, a, b }: PairFigure) {
  const format = useFormatter();
  const number = (value: number | null) =>
    value === null ? '–' : format.number(value, { maximumFractionDigits: 2 });
  const difference =
    a === null || b === null
      ? '–'
      : format.number(a - b, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
  return (
    <>
      <td data-figure={`${name}-a`} className={`${cell} border-neutral-900 border-l`}>
        {number(a)}
      </td>
      <td data-figure={`${name}-b`} className={cell}>
        {number(b)}
      </td>
      <td data-figure={`${name}-difference`} className={`${cell} font-semibold`}>
        {difference}
      </td>
    </>
  );
}
