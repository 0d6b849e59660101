'use client';

import { ChevronLeft, ChevronRight, MoveHorizontal, Square, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { DocumentState } from '@/lib/live/view-state.ts';
import { acrossPage } from '../engine/page-fit.ts';
import { PAGE_ZOOM, type PageHands } from '../engine/page-hands.ts';
import type { PaintedPage } from '../engine/pdf-painter.ts';
import { ToolButton } from './tool-button.tsx';

/** Which page, and how much of it. */
export function PdfControls(props: {
  hands: PageHands;
  state: DocumentState;
  /** 0 while nobody knows. */
  pages: number;
  painted: PaintedPage | null;
  window: { width: number; height: number };
}) {
  const { hands, state, pages, painted } = props;
  const t = useTranslations('viewer.documents');
  return (
    <div role="toolbar" aria-label={t('controls')} className="flex items-center gap-1 px-2 py-1">
      <ToolButton label={t('previous')} onClick={() => hands.turn(state.page - 1)}>
        <ChevronLeft size={16} aria-hidden />
      </ToolButton>
      <span className="min-w-16 text-center text-xs tabular-nums" aria-hidden="true">
        {pages > 0 ? t('pageShort', { page: state.page, pages }) : state.page}
      </span>
      <ToolButton label={t('next')} onClick={() => hands.turn(state.page + 1)}>
        <ChevronRight size={16} aria-hidden />
      </ToolButton>
      <span className="mx-1 h-5 w-px bg-neutral-700" aria-hidden="true" />
      <ToolButton label={t('farther')} onClick={() => hands.zoom(1 / PAGE_ZOOM)}>
        <ZoomOut size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={t('closer')} onClick={() => hands.zoom(PAGE_ZOOM)}>
        <ZoomIn size={16} aria-hidden />
      </ToolButton>
      <ToolButton
        label={t('width')}
        onClick={() => painted && hands.read(acrossPage(painted.page, painted.seen, props.window))}
      >
        <MoveHorizontal size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={t('whole')} pressed={state.area === null} onClick={() => hands.read(null)}>
        <Square size={16} aria-hidden />
      </ToolButton>
    </div>
  );
}
