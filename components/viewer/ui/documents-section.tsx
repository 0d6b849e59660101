'use client';

import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { closeDocument, openDocument } from '../engine/document-acts.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { PanelSection } from './panel-section.tsx';
import { useDicomDate } from './use-dicom-date.ts';

/** Documents and reports that came with the images, each opened beside them and closed again. */
export function DocumentsSection({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.documents');
  const date = useDicomDate();
  const { documents } = snapshot;
  if (documents.length === 0) return null;
  return (
    <PanelSection title={t('title')} initiallyOpen={snapshot.document !== null || undefined}>
      <ul className="space-y-0.5">
        {documents.map((one) => {
          const open = snapshot.document?.sopInstanceUid === one.sopInstanceUid;
          return (
            <li key={one.sopInstanceUid}>
              <button
                type="button"
                aria-pressed={open}
                data-document-button={one.sopInstanceUid}
                onClick={() => (open ? closeDocument(stage) : openDocument(stage, one))}
                className="flex w-full cursor-pointer items-start gap-2 rounded px-1.5 py-1 text-left hover:bg-neutral-800 aria-pressed:bg-neutral-800"
              >
                <FileText size={14} aria-hidden className="mt-0.5 shrink-0 text-teal-300" />
                <span className="min-w-0 flex-1">
                  <span className="block break-words">{one.title || t('unnamed')}</span>
                  <span className="block text-xs text-neutral-400">
                    {[t(`kind.${one.kind}`), date(one.date)].filter(Boolean).join(' · ')}
                  </span>
                  <Standing document={one} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </PanelSection>
  );
}

/** What a report says of its own worth: nobody has signed for it, or more is to come. */
export function Standing({ document }: { document: ViewerSnapshot['documents'][number] }) {
  const t = useTranslations('viewer.documents');
  const words = [document.verified === false && t('unverified'), document.partial && t('partial')].filter(
    Boolean,
  );
  return words.length > 0 && <span className="block text-xs text-amber-300">{words.join(' · ')}</span>;
}
