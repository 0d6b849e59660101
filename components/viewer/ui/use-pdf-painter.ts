'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { PdfPainter } from '../engine/pdf-painter.ts';
import type { OpenedPdf } from './use-pdf.ts';

/** What paints the pages of an open document into a canvas; null until it is open. */
export function usePdfPainter(
  opened: OpenedPdf,
  canvas: RefObject<HTMLCanvasElement | null>,
  on: ConstructorParameters<typeof PdfPainter>[2],
): PdfPainter | null {
  const [painter, setPainter] = useState<PdfPainter | null>(null);
  const latest = useRef(on);
  latest.current = on;
  const pdf = opened.status === 'open' ? opened.pdf : null;
  useEffect(() => {
    if (!pdf || !canvas.current) return;
    const made = new PdfPainter(pdf, canvas.current, {
      painted: (page) => latest.current.painted(page),
      failed: (of, error) => latest.current.failed(of, error),
    });
    setPainter(made);
    return () => {
      made.close();
      setPainter(null);
    };
  }, [pdf, canvas]);
  return painter;
}
