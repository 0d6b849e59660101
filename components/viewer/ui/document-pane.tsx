'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect } from 'react';
import type { DocumentState } from '@/lib/live/view-state.ts';
import { closeDocument, toggleDocument } from '../engine/document-acts.ts';
import type { Stage } from '../engine/stage.ts';
import type { PaintedDocument, ViewerSnapshot } from '../engine/store.ts';
import { Standing } from './documents-section.tsx';
import { PdfView } from './pdf-view.tsx';
import { ReportView } from './report-view.tsx';
import { ToolButton } from './tool-button.tsx';
import { useDicomDate } from './use-dicom-date.ts';

/** What is read beside the images: opened from the panel or by Shift O, the same page for everybody in a room. */
export function DocumentPane({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const { document, documents, complete } = snapshot;
  useEffect(
    () =>
      stage.addHands({
        id: 'document',
        down: () => false,
        key: ({ key, shiftKey, ctrlKey, metaKey, altKey }) =>
          key === 'O' && shiftKey && !ctrlKey && !metaKey && !altKey && toggleDocument(stage),
      }),
    [stage],
  );
  const onPainted = useCallback(
    (of: DocumentState, trouble: PaintedDocument['trouble']) => stage.store.set({ painted: { of, trouble } }),
    [stage],
  );
  const t = useTranslations('viewer.documents');
  if (!document) return null;
  const here = documents.find((one) => one.sopInstanceUid === document.sopInstanceUid);
  const props = { stage, state: document, onPainted };
  return (
    <section
      aria-label={here?.title || t('unnamed')}
      data-document={document.sopInstanceUid}
      data-kind={here?.kind}
      className="flex min-h-0 w-[min(48rem,50%)] shrink-0 data-[kind=report]:sm:w-[min(30rem,50%)] flex-col border-l border-neutral-800 bg-neutral-900 max-sm:h-1/2 max-sm:w-full max-sm:border-t max-sm:border-l-0"
    >
      {here ? (
        <>
          <Heading stage={stage} document={here} />
          {here.kind === 'pdf' ? (
            <PdfView key={here.sopInstanceUid} document={here} {...props} />
          ) : (
            <ReportView key={here.sopInstanceUid} document={here} {...props} />
          )}
        </>
      ) : (
        <div className="flex items-start gap-2 p-3">
          <p role="status" className="flex-1">
            {complete ? t('notHere') : t('loading')}
          </p>
          <CloseButton stage={stage} />
        </div>
      )}
    </section>
  );
}

function Heading({ stage, document }: { stage: Stage; document: ViewerSnapshot['documents'][number] }) {
  const t = useTranslations('viewer.documents');
  const date = useDicomDate();
  return (
    <div className="flex items-start gap-2 border-b border-neutral-800 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-medium">{document.title || t('unnamed')}</h2>
        <p className="text-xs text-neutral-400">
          {[t(`kind.${document.kind}`), date(document.date)].filter(Boolean).join(' · ')}
        </p>
        <Standing document={document} />
      </div>
      <CloseButton stage={stage} />
    </div>
  );
}

function CloseButton({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer.documents');
  const close = () => {
    const uid = stage.store.get().document?.sopInstanceUid;
    closeDocument(stage);
    // Whoever closed it by key goes on where it was opened.
    window.document.querySelector<HTMLElement>(`[data-document-button="${uid}"]`)?.focus();
  };
  return (
    <ToolButton label={t('close')} onClick={close}>
      <X size={16} aria-hidden />
    </ToolButton>
  );
}
