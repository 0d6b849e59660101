'use client';

import { useEffect, useState } from 'react';
import type { ClinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import { documentAddress, openPdf, type PDFDocumentProxy } from '../data/pdf-file.ts';

export type OpenedPdf =
  | { status: 'loading'; loaded: number; total: number }
  | { status: 'open'; pdf: PDFDocumentProxy }
  | { status: 'failed' };

/** An encapsulated PDF while it is shown; let go with what shows it. */
export function usePdf(root: string, document: ClinicalDocument): OpenedPdf {
  const [opened, setOpened] = useState<OpenedPdf>({ status: 'loading', loaded: 0, total: 0 });
  const url = documentAddress(root, document);
  const { length } = document;
  useEffect(() => {
    let closed = false;
    const tell = (next: OpenedPdf) => {
      if (!closed) setOpened(next);
    };
    const { pdf, close } = openPdf(url, (loaded, total) =>
      tell({ status: 'loading', loaded, total: total || (length ?? 0) }),
    );
    pdf.then(
      (made) => tell({ status: 'open', pdf: made }),
      () => tell({ status: 'failed' }),
    );
    return () => {
      closed = true;
      close();
    };
  }, [url, length]);
  return opened;
}
