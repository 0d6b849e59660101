'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/page.tsx';
import type { StudySummary } from '@/lib/store/schema.ts';
import { useCalendarDate } from './use-format.ts';

/** The picture of a study or a series; its modality where there is none (yet). */
export function Thumbnail(props: { url: string | null; modality: string }) {
  return (
    <span className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded bg-black text-[0.65rem] text-neutral-300">
      {props.url ? (
        // biome-ignore lint/performance/noImgElement: behind the session's cookie, and small already.
        <img src={props.url} alt="" loading="lazy" className="size-full object-contain" />
      ) : (
        props.modality
      )}
    </span>
  );
}

/** One study in a list: picture, patient, what and when, how much, whose. Columns line up where there is room. */
export function StudyLine(props: { study: StudySummary; children?: ReactNode }) {
  const t = useTranslations('studies');
  const date = useCalendarDate();
  const { study } = props;
  const birth = study.patientBirthDate ? t('born', { date: date(study.patientBirthDate) }) : '';
  return (
    <div className="@container">
      <div className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-1 py-2 @2xl:grid-cols-[3.5rem_minmax(0,5fr)_minmax(0,4fr)_minmax(0,3fr)_auto]">
        <Thumbnail url={study.thumbnailUrl} modality={study.modalities[0] ?? ''} />
        <div className="min-w-0">
          <Link href={`/studies/${study.id}`} className="link font-medium break-words">
            {study.patientName || t('noName')}
          </Link>
          <p className="truncate text-xs text-slate-600">
            {[study.patientId, birth, study.patientSex].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="col-start-2 min-w-0 @2xl:col-start-auto">
          <p className="line-clamp-2 break-words" title={study.description}>
            {study.description || t('noDescription')}
          </p>
          <p className="text-xs text-slate-600">
            {[study.studyDate ? date(study.studyDate) : t('noDate'), study.centreCode].join(' · ')}
          </p>
        </div>
        <div className="col-start-2 flex flex-wrap items-center gap-x-2 gap-y-1 @2xl:col-start-auto @2xl:block">
          <p className="flex flex-wrap gap-1">
            {study.modalities.map((modality) => (
              <Badge key={modality}>{modality}</Badge>
            ))}
          </p>
          <p className="text-xs text-slate-600">
            {t('counts', { series: study.seriesCount, objects: study.instanceCount })}
          </p>
        </div>
        {props.children && (
          <div className="col-start-2 flex flex-wrap gap-1 @2xl:col-start-auto @2xl:justify-end">
            {props.children}
          </div>
        )}
      </div>
    </div>
  );
}
