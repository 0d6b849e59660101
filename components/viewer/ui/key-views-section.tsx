'use client';

import { BookmarkPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { KeyViewSummary } from '@/lib/key-views/schema.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';
import { KeyViewExport } from './key-view-export.tsx';
import { KeyViewForm } from './key-view-form.tsx';
import { KeyViewRow } from './key-view-row.tsx';
import { PanelSection } from './panel-section.tsx';

type Props = { stage: Stage; keyViews: KeyViews; shown: string | null; onSave: () => void };

/** The key views of the case: to save another one, open, rename, export and delete them. */
export function KeyViewsSection({ stage, keyViews, shown, onSave }: Props) {
  const t = useTranslations('viewer.keyViews');
  const [open, setOpen] = useState<{ what: 'rename' | 'export'; item: KeyViewSummary } | null>(null);
  const close = () => setOpen(null);
  const { items } = keyViews;
  return (
    <PanelSection
      title={t('title')}
      actions={
        <button
          type="button"
          aria-label={t('save')}
          title={`${t('save')} (k)`}
          onClick={onSave}
          className="grid size-6 cursor-pointer place-items-center rounded text-neutral-200 hover:bg-neutral-800"
        >
          <BookmarkPlus size={15} aria-hidden />
        </button>
      }
    >
      {items?.length === 0 && <p className="px-1.5 text-neutral-300">{t('none')}</p>}
      <ul className="space-y-0.5">
        {items?.map((item) => (
          <KeyViewRow
            key={item.id}
            stage={stage}
            keyViews={keyViews}
            item={item}
            shown={item.id === shown}
            onRename={() => setOpen({ what: 'rename', item })}
            onExport={() => setOpen({ what: 'export', item })}
          />
        ))}
      </ul>
      {open?.what === 'rename' && (
        <KeyViewForm
          heading={t('rename', { title: open.item.title })}
          words={open.item}
          onDone={(words) => keyViews.rename(open.item, words)}
          onClose={close}
        />
      )}
      {open?.what === 'export' && (
        <KeyViewExport stage={stage} keyViews={keyViews} item={open.item} onClose={close} />
      )}
    </PanelSection>
  );
}
