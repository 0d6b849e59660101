'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { figureCell as cell, DvhFiguresTable } from './dvh-figures-table.tsx';
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

/** D95, D50, D2, mean and the volume at a dose of each ROI in both doses, and what A has more of. */
export function DvhPairTable({ ofA, ofB, units, volumeAtGy, onMark }: Props) {
  const t = useTranslations('viewer.doseComparison');
  const words = useTranslations('viewer.dvh');
  const format = useFormatter();
  const at = volumeAtGy === null ? '' : ` ${format.number(volumeAtGy, { maximumFractionDigits: 2 })} Gy`;
  const volumeUnit = units.volume === 'cc' ? words('volume') : '%';
  const heads = ['D95', 'D50', 'D2', words('mean')].map((name) => `${name} (Gy)`);
  return (
    <DvhFiguresTable
      label={t('figures')}
      caption={t('caption')}
      rows={ofA}
      headRows={2}
      heads={[...heads, `V${at} (${volumeUnit})`].map((head) => (
        <th
          key={head}
          scope="colgroup"
          colSpan={3}
          className="border-neutral-800 border-l px-1.5 pt-1 text-center font-medium"
        >
          {head}
        </th>
      ))}
      more={
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
      }
      figures={(row, index) => <Figures a={row} b={ofB[index]} units={units} volumeAtGy={volumeAtGy} />}
      onMark={onMark}
    />
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
