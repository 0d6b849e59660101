'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Dvh } from '@/lib/rt/dvh.ts';
import { conformity, homogeneity, volumeAt } from '@/lib/rt/dvh-figures.ts';
import { figureCell as cell, DvhFiguresTable } from './dvh-figures-table.tsx';
import { type DvhUnits, gyPer } from './dvh-scale.ts';
import type { DvhRow } from './use-dvhs.ts';

type Props = {
  rows: readonly DvhRow[];
  everywhere: Dvh | null;
  units: DvhUnits;
  cursorGy: number | null;
  /** The isodose whose fit to targets is told. */
  conformityGy: number | null;
  onMark: (key: string | null) => void;
};

/** The figures of every curve; what an ROI has none of is said in their place. */
export function DvhTable({ rows, everywhere, units, cursorGy, conformityGy, onMark }: Props) {
  const t = useTranslations('viewer.dvh');
  const format = useFormatter();
  const per = gyPer(units);
  const unit = units.dose === 'percent' && units.referenceGy !== null ? '%' : 'Gy';
  const words =
    units.referenceGy === null || unit === 'Gy'
      ? unit
      : t('percentOf', { value: format.number(units.referenceGy, { maximumFractionDigits: 2 }) });
  const cursor =
    cursorGy === null ? '' : ` ${format.number(cursorGy / per, { maximumFractionDigits: 2 })} ${unit}`;
  const heads = [
    t('volume'),
    'D98',
    'D95',
    'D50',
    'D2',
    t('mean'),
    t('max'),
    `V${cursor}`,
    t('homogeneity'),
    t('paddick'),
    t('rtog'),
  ];
  return (
    <DvhFiguresTable
      label={t('figures')}
      caption={t('caption', { unit: words })}
      rows={rows}
      heads={heads.map((head, at) => (
        <th key={heads[at]} scope="col" className={`${cell} font-medium`}>
          {head}
        </th>
      ))}
      figures={(row) => (
        <Figures row={row} {...{ everywhere, units, cursorGy, conformityGy }} columns={heads.length} />
      )}
      onMark={onMark}
    />
  );
}

type FigureProps = Omit<Props, 'rows' | 'onMark'> & { row: DvhRow; columns: number };

function Figures({ row, everywhere, units, cursorGy, conformityGy, columns }: FigureProps) {
  const t = useTranslations('viewer.dvh');
  const format = useFormatter();
  const { answer, roi } = row;
  const wide = 'px-1.5 py-1';
  if (!answer)
    return (
      <td colSpan={columns} className={`${wide} text-neutral-400`}>
        {t('computing')}
      </td>
    );
  if (!answer.known)
    return (
      <td colSpan={columns} className={`${wide} text-amber-300`}>
        {t(`none.${answer.reason}`)}
      </td>
    );
  const { dvh } = answer;
  const { dose } = dvh;
  if (!dose)
    return (
      <td colSpan={columns} className={`${wide} text-amber-300`}>
        {t('outsideGrid')}
      </td>
    );
  const number = (value: number, digits: number) => format.number(value, { maximumFractionDigits: digits });
  const asDose = (gy: number) => number(gy / gyPer(units), 2);
  const at = cursorGy === null ? null : volumeAt(dvh, cursorGy);
  const ratio = (value: number | null | undefined) => (value == null ? '–' : number(value, 3));
  const fit =
    isTarget(roi) && everywhere?.dose && conformityGy !== null
      ? conformity(dvh, everywhere, conformityGy)
      : null;
  const outside = (100 * dvh.outside) / dvh.volume;
  return (
    <>
      <td className={cell}>
        {number(dvh.volume, 2)}
        {outside > 1e-3 && (
          <span className="block text-amber-300">{t('outside', { percent: number(outside, 1) })}</span>
        )}
      </td>
      {[dose.d98, dose.d95, dose.d50, dose.d2, dose.mean, dose.max].map((value, index) => (
        <td key={columnsOf[index]} data-figure={columnsOf[index]} className={cell}>
          {asDose(value)}
        </td>
      ))}
      <td className={cell}>
        {at === null
          ? '–'
          : units.volume === 'cc'
            ? `${number(at, 2)} ${t('volume')}`
            : `${number((100 * at) / dvh.covered, 1)} %`}
      </td>
      <td className={cell}>{ratio(isTarget(roi) ? homogeneity(dvh) : null)}</td>
      <td className={cell}>{ratio(fit?.paddick)}</td>
      <td className={cell}>{ratio(fit?.rtog)}</td>
    </>
  );
}

const columnsOf = ['d98', 'd95', 'd50', 'd2', 'mean', 'max'] as const;

/** Homogeneity and conformity are asked of what is to be irradiated. */
const isTarget = ({ interpretedType, name }: DvhRow['roi']): boolean =>
  ['GTV', 'CTV', 'PTV'].includes(interpretedType) || /^(gtv|ctv|itv|ptv)/i.test(name);
