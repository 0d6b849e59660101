'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { KeyViewPicture, KeyViewSummary } from '@/lib/key-views/schema.ts';
import { KeyViewImage } from './key-view-image.tsx';
import { useKeyViewList } from './use-key-view-list.ts';

/** The key views of the open case, each with plain pictures of its images once it is unfolded. */
export function KeyViewPictures({ caseId, changed }: { caseId: string; changed: number }) {
  const t = useTranslations('phone');
  const { items, failed, pull } = useKeyViewList(caseId, changed);
  return (
    <div className="space-y-2" data-key-views={items?.length ?? ''}>
      {failed && (
        <p role="alert" className="text-amber-200">
          {t('notRead')}
        </p>
      )}
      {items?.length === 0 && <p className="text-neutral-400">{t('noKeyViews')}</p>}
      {items?.map((item) => (
        <KeyView key={item.id} caseId={caseId} item={item} />
      ))}
      <Button look="dark" onClick={pull}>
        {t('refresh')}
      </Button>
    </div>
  );
}

function KeyView({ caseId, item }: { caseId: string; item: KeyViewSummary }) {
  const t = useTranslations('phone');
  const [pictures, setPictures] = useState<readonly KeyViewPicture[] | null | 'failed'>(null);
  // Each reading is audited: only what somebody wants to see is read.
  const read = () => {
    if (Array.isArray(pictures)) return;
    api<{ pictures: KeyViewPicture[] }>('GET', `/api/cases/${caseId}/key-views/${item.id}/pictures`).then(
      (found) => setPictures(found.pictures),
      () => setPictures('failed'),
    );
  };
  return (
    <details
      className="rounded-md bg-neutral-900 px-2.5"
      onToggle={(event) => event.currentTarget.open && read()}
    >
      <summary className="cursor-pointer content-center">
        <span className="font-medium">{item.title}</span>
        <span className="text-neutral-400">{` · ${item.authorName}`}</span>
      </summary>
      <div className="space-y-3 pb-3">
        {item.note && <p className="wrap-break-word whitespace-pre-wrap">{item.note}</p>}
        {pictures === null && <p role="status">{t('loading')}</p>}
        {pictures === 'failed' && <p role="alert">{t('notRead')}</p>}
        {Array.isArray(pictures) && pictures.length === 0 && <p>{t('unreadable')}</p>}
        {Array.isArray(pictures) &&
          pictures.map((picture: KeyViewPicture) => (
            <KeyViewImage key={picture.viewportId} picture={picture} title={item.title} />
          ))}
      </div>
    </details>
  );
}
