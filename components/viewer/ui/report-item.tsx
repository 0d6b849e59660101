'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReportItem, ReportValue } from '@/lib/dicom/report.ts';
import { sopClassName } from '@/lib/dicom/uids.ts';
import { useDicomDate } from './use-dicom-date.ts';

/** Characters of a text that stands beside its name. */
const LINE = 60;

/** One line of a report, set in by how deep it stands: what it is called, and what it says. */
export function ReportItemView({ item }: { item: ReportItem }) {
  const t = useTranslations('viewer.documents');
  const words = useReportWords();
  const { value, name, level } = item;
  const style = { paddingLeft: `${Math.min(level, 6) * 0.75}rem` };
  if (value.type === 'container')
    return (
      <div style={style} className="pt-2 pb-1">
        <h3 className="font-semibold text-neutral-100">{name || t('section')}</h3>
      </div>
    );
  // A paragraph stands below its name.
  const below = value.type === 'text' && value.text.length > LINE;
  return (
    <div style={style} className="pb-1.5 text-sm">
      {name && (
        <span className={below ? 'block text-neutral-400' : 'text-neutral-400'}>{t('named', { name })} </span>
      )}
      <span
        className={
          value.type === 'unknown' ? 'text-amber-300' : 'break-words whitespace-pre-wrap text-neutral-100'
        }
      >
        {words(value)}
      </span>
    </div>
  );
}

function useReportWords(): (value: ReportValue) => string {
  const t = useTranslations('viewer.documents');
  const format = useFormatter();
  const date = useDicomDate();
  const time = (value: string) =>
    value.replace(/^(\d{2})(\d{2})?(\d{2})?.*$/, (_all, ...parts) =>
      parts
        .slice(0, 3)
        .filter((part) => typeof part === 'string')
        .join(':'),
    );
  return (value) => {
    switch (value.type) {
      case 'container':
        return '';
      case 'text':
        return value.text;
      case 'number':
        return [format.number(value.value, { maximumSignificantDigits: 12 }), value.unit]
          .filter(Boolean)
          .join(' ');
      case 'date':
        return date(value.value);
      case 'time':
        return time(value.value);
      case 'datetime':
        return [date(value.value.slice(0, 8)), time(value.value.slice(8).replace(/[+-].*$/, ''))]
          .filter(Boolean)
          .join(' ');
      case 'object':
        return [
          sopClassName(value.sopClassUid),
          value.frames && t('frames', { frames: value.frames }),
          value.sopInstanceUid,
        ]
          .filter(Boolean)
          .join(' · ');
      case 'place':
        return t('place', { graphic: value.graphic, points: value.points });
      case 'reference':
        return t('reference', { item: value.item });
      case 'unknown':
        return t('unknown', { valueType: value.valueType || '?' });
    }
  };
}
