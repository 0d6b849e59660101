'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFieldLabels } from '@/components/decisions/record-view.tsx';
import { lookedAtOnly } from '@/components/replay/looked-at-only.ts';
import { ViewerPage } from '@/components/viewer/viewer-page.tsx';
import { useBookmark } from './use-bookmark.ts';

/** The images of a case exactly as they were shown when a line of the decision was written, with what was drawn on them for everybody. Nothing of it is kept. */
export function BookmarkPage(props: { caseId: string; bookmarkId: string; title: string }) {
  const t = useTranslations('bookmark');
  const format = useFormatter();
  const label = useFieldLabels();
  const found = useBookmark(props.caseId, props.bookmarkId);
  const drawn = found?.annotations;
  const annotating = useMemo(() => lookedAtOnly(drawn ?? []), [drawn]);
  const about = !found
    ? ''
    : found.view === null
      ? t('unreadable')
      : t('about', {
          line: label(found.field),
          name: found.byName,
          date: format.dateTime(new Date(found.at), { dateStyle: 'medium', timeStyle: 'short' }),
        });
  return (
    <ViewerPage
      root={`/dicomweb/cases/${props.caseId}`}
      title={props.title}
      about={found === null ? t('gone') : about}
      back={`/cases/${props.caseId}`}
      viewer={found === undefined ? null : { initialView: found?.view ?? null, annotating }}
    />
  );
}
