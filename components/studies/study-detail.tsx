'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { SeriesSummary, StudyDetail } from '@/lib/store/schema.ts';
import { Thumbnail } from './study-line.tsx';
import { useCalendarDate } from './use-format.ts';

/** Whose a study is and when it was made. */
export function StudyFacts({ study }: { study: StudyDetail }) {
  const t = useTranslations('studies');
  const date = useCalendarDate();
  const patient = [
    study.patientName || t('noName'),
    study.patientId,
    study.patientBirthDate && t('born', { date: date(study.patientBirthDate) }),
    study.patientSex,
  ];
  const facts = [
    study.studyDate ? date(study.studyDate) : t('noDate'),
    study.centreCode,
    t('counts', { series: study.seriesCount, objects: study.instanceCount }),
  ];
  return (
    <>
      <p className="font-medium text-slate-900">{patient.filter(Boolean).join(' · ')}</p>
      <p className="text-sm">{facts.join(' · ')}</p>
    </>
  );
}

export function SeriesList({ series }: { series: SeriesSummary[] }) {
  const t = useTranslations('studies');
  return (
    <ul className="divide-y divide-slate-100">
      {series.map((one) => (
        <li key={one.id} className="flex items-center gap-3 py-2">
          <Thumbnail url={one.thumbnailUrl} modality={one.modality} />
          <div className="min-w-0 flex-1">
            <p className="break-words">{one.description || t('noDescription')}</p>
            <p className="text-xs text-slate-600">
              {[
                one.seriesNumber !== null && t('seriesNumber', { number: one.seriesNumber }),
                t('objects', { count: one.instanceCount }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {one.modality && <Badge>{one.modality}</Badge>}
        </li>
      ))}
    </ul>
  );
}
