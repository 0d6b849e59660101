'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ClinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import type { DocumentState } from '@/lib/live/view-state.ts';
import { PageHands } from '../engine/page-hands.ts';
import type { PaintedPage } from '../engine/pdf-painter.ts';
import type { Stage } from '../engine/stage.ts';
import type { PaintedDocument } from '../engine/store.ts';
import { PdfControls } from './pdf-controls.tsx';
import { usePageWords } from './use-page-words.ts';
import { type OpenedPdf, usePdf } from './use-pdf.ts';
import { usePdfPainter } from './use-pdf-painter.ts';
import { useSize } from './use-size.ts';
import { useWheel } from './use-wheel.ts';

export type DocumentViewProps = {
  stage: Stage;
  document: ClinicalDocument;
  state: DocumentState;
  /** This very state is on the screen now, or never will be. */
  onPainted: (of: DocumentState, trouble: PaintedDocument['trouble']) => void;
};

type Missing = 'page' | 'failed' | null;

/** An encapsulated PDF, a page at a time: keys, wheel and drags read on, and all who follow see the same part of it. */
export function PdfView({ stage, document, state, onPainted }: DocumentViewProps) {
  const t = useTranslations('viewer.documents');
  const opened = usePdf(stage.root, document);
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(frame);
  const [painted, setPainted] = useState<PaintedPage | null>(null);
  const [missing, setMissing] = useState<Missing>(null);
  const painter = usePdfPainter(opened, canvas, {
    painted: (page) => {
      setPainted(page);
      setMissing(null);
      onPainted(page.of, null);
    },
    failed: (of, error) => {
      setMissing(error === null ? 'page' : 'failed');
      onPainted(of, error === null ? 'unsupported' : 'failed');
    },
  });
  useEffect(() => {
    if (painter && width > 0 && height > 0) painter.show(state, { width, height }, window.devicePixelRatio);
  }, [painter, state, width, height]);
  const refused = opened.status === 'failed';
  useEffect(() => {
    if (refused) onPainted(state, 'failed');
  }, [refused, state, onPainted]);

  const pdf = opened.status === 'open' ? opened.pdf : null;
  const pages = pdf?.numPages ?? 0;
  const words = usePageWords(pdf, state.page);
  const size = { width, height };
  const hands = new PageHands(stage, state, pages, painted, size);
  useWheel(frame, (event, far) => hands.wheel(event, far));
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !hands.key(event.key)) return;
    // It means something else to the images.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <PdfControls hands={hands} state={state} pages={pages} painted={painted} window={size} />
      <section
        ref={frame}
        aria-label={t('page', { page: state.page, pages })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is read on by keys.
        tabIndex={0}
        className="relative min-h-0 flex-1 touch-none overflow-hidden focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-teal-400"
        data-page={painted?.of.page}
        data-area={painted?.of.area?.join(' ') ?? 'whole'}
        onKeyDown={key}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => event.buttons === 1 && hands.drag(event.movementX, event.movementY)}
      >
        <canvas ref={canvas} className="absolute inset-0 size-full" />
        <p className="sr-only">{words}</p>
        <Notice opened={opened} missing={missing} />
      </section>
    </>
  );
}

function Notice({ opened, missing }: { opened: OpenedPdf; missing: Missing }) {
  const t = useTranslations('viewer.documents');
  if (opened.status === 'open' && !missing) return null;
  const text =
    opened.status === 'loading' ? t('loading') : missing === 'page' ? t('noSuchPage') : t('failed');
  return (
    <div role="status" className="absolute inset-x-0 top-0 bg-neutral-900 p-3 text-neutral-200">
      <p>{text}</p>
      {opened.status === 'loading' && opened.total > 0 && (
        <progress className="h-1 w-48" max={opened.total} value={opened.loaded} aria-label={t('loading')} />
      )}
    </div>
  );
}
