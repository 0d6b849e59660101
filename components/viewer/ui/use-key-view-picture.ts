'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { textValue } from '@/lib/dicom/display-json.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import type { KeyViewSummary } from '@/lib/key-views/schema.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';
import { whenShown } from '../engine/when-shown.ts';
import { useDicomDate } from './use-dicom-date.ts';
import { type PictureBanner, viewPicture } from './view-picture.ts';

/** Opens a key view and takes the picture of it, with whose it is; null when not all of it could be shown. */
export function useKeyViewPicture(
  stage: Stage,
  keyViews: KeyViews,
): (item: KeyViewSummary) => Promise<Blob | null> {
  const t = useTranslations('viewer.keyViews');
  const words = useTranslations('viewer.documents');
  const format = useFormatter();
  const date = useDicomDate();

  const readAt = (title: string, page = 1) =>
    [title || words('unnamed'), words('pageOnly', { page })].join(', ');
  const bannerOf = (item: KeyViewSummary): PictureBanner => {
    const stacks = stage.panes().flatMap((pane) => pane.stack ?? []);
    const header = stacks[0]?.header;
    const text = (tag: string) => textValue(header, tag);
    const patient = [
      displayName(text('00100010')),
      date(text('00100030')),
      text('00100040'),
      text('00100020'),
    ];
    const series = stacks.map((stack) =>
      [stack.Modality, stack.SeriesDescription, date(textValue(stack.header, '00080020'))]
        .filter(Boolean)
        .join(' '),
    );
    const { document, documents } = stage.store.get();
    const read = documents.find((one) => one.sopInstanceUid === document?.sopInstanceUid);
    const saved = format.dateTime(new Date(item.createdAt), { dateStyle: 'medium', timeStyle: 'short' });
    return {
      title: patient.filter(Boolean).join(' · '),
      lines: [
        [text('00081030'), ...new Set(series), read && readAt(read.title, document?.page)]
          .filter(Boolean)
          .join(' · '),
        [item.title, item.note, t('savedBy', { name: item.authorName, date: saved })]
          .filter(Boolean)
          .join(' · '),
      ],
      warning: t('notForDiagnosis'),
    };
  };

  return async (item) => {
    const view = await keyViews.open(item);
    if (!view) return null;
    stage.present(view);
    if (!(await whenShown(stage))) return null;
    return viewPicture(stage, bannerOf(item));
  };
}
