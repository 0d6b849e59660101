'use client';

import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from '../data/pdf-file.ts';

/** What is written on a page, for who cannot see it; '' where it is a picture. */
export function usePageWords(pdf: PDFDocumentProxy | null, page: number): string {
  const [words, setWords] = useState('');
  useEffect(() => {
    let other = false;
    setWords('');
    if (!pdf || page > pdf.numPages) return;
    pdf
      .getPage(page)
      .then((one) => one.getTextContent())
      .then(
        ({ items }) => {
          const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
          if (!other) setWords(text.join(''));
        },
        // The picture says what went wrong.
        () => undefined,
      );
    return () => {
      other = true;
    };
  }, [pdf, page]);
  return words;
}
