'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import { readReport } from '@/lib/dicom/report.ts';
import type { DocumentState } from '@/lib/live/view-state.ts';
import { readOn } from '../engine/document-acts.ts';
import { placeAt, scrolledTo } from '../engine/report-place.ts';
import type { DocumentViewProps } from './pdf-view.tsx';
import { ReportItemView } from './report-item.tsx';
import { useSize } from './use-size.ts';

/** A structured report, written out as it stands; whoever scrolls it scrolls it for all who follow. */
export function ReportView({ stage, document, state, onPainted }: DocumentViewProps) {
  const t = useTranslations('viewer.documents');
  const { items, cut } = useMemo(() => {
    const [header] = stage.services.documentHeaders.filter(
      (one) => one['00080018']?.Value?.[0] === document.sopInstanceUid,
    );
    return header ? readReport(header) : { items: [], cut: false };
  }, [stage, document]);
  const frame = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  /** Only what a hand scrolled is told: the browser scrolls by itself when a window changes its size. */
  const byHand = useRef(false);
  const read = useRef<DocumentState | null>(null);
  const { width, height } = useSize(frame);

  useEffect(() => {
    if (!frame.current || width === 0 || height === 0) return;
    const { tops, end } = edges(list.current);
    const asked = scrolledTo(tops, end, state);
    if (asked !== null && read.current !== state) {
      byHand.current = false;
      frame.current.scrollTop = asked;
    }
    onPainted(state, asked === null ? 'unsupported' : null);
  }, [state, width, height, onPainted]);

  const scrolled = () => {
    if (!byHand.current || !frame.current) return;
    const { tops, end } = edges(list.current);
    const place = placeAt(tops, end, frame.current.scrollTop);
    if (place.page === state.page && place.area?.[1] === state.area?.[1]) return;
    readOn(stage, place);
    // What the hand reached need not be scrolled to again.
    read.current = stage.store.get().document;
  };
  const take = () => {
    byHand.current = true;
  };
  return (
    <section
      ref={frame}
      aria-label={t('report')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys.
      tabIndex={0}
      data-page={state.page}
      data-area={state.area?.join(' ') ?? 'whole'}
      className="relative min-h-0 flex-1 overflow-y-auto focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-teal-400"
      onWheel={take}
      onTouchMove={take}
      onPointerDown={take}
      onKeyDown={(event) => {
        take();
        // These scroll here, and the images elsewhere.
        if (/^(Arrow(Up|Down)|Page(Up|Down)|Home|End| )$/.test(event.key)) event.stopPropagation();
      }}
      onScroll={scrolled}
    >
      <div ref={list} className="px-3 pt-2">
        {items.map((item) => (
          <ReportItemView key={item.number} item={item} />
        ))}
      </div>
      {cut && <p className="px-3 text-amber-300">{t('cut')}</p>}
      {/* The last item too can stand first. */}
      <div aria-hidden="true" style={{ height: Math.max(0, height - 24) }} />
    </section>
  );
}

function edges(list: HTMLElement | null): { tops: number[]; end: number } {
  const items = [...(list?.children ?? [])].filter((one) => one instanceof HTMLElement);
  const tops = items.map((one) => one.offsetTop);
  // From the very top, with what stands above the first.
  if (tops.length > 0) tops[0] = 0;
  return { tops, end: list ? list.offsetTop + list.offsetHeight : 0 };
}
