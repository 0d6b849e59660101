import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { ClinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import { BYTES } from './dicom-web.ts';

export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/** The address of an encapsulated document's bytes (PS3.18 10.4.1.1.5, bulk data). */
export const documentAddress = (
  root: string,
  { studyUid, seriesUid, sopInstanceUid }: ClinicalDocument,
): string => `${root}/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}/bulkdata/00420011`;

/** pdf.js and its worker come with the first document that is opened, in the build for browsers that hospitals keep. */
async function library() {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const { GlobalWorkerOptions } = pdfjs;
  GlobalWorkerOptions.workerPort ??= new Worker(
    new URL('pdfjs-dist/legacy/build/pdf.worker.mjs', import.meta.url),
    { type: 'module' },
  );
  return pdfjs;
}

/**
 * Opens an encapsulated PDF. Nothing in it is run, followed or fetched: pages are painted, their words read.
 * @param onProgress bytes that are here, and how many there will be (0 when unknown)
 * @returns what it is, and how it is let go; rejects when it does not come or is no PDF
 */
export function openPdf(
  url: string,
  onProgress: (loaded: number, total: number) => void,
): { pdf: Promise<PDFDocumentProxy>; close: () => void } {
  let closed = false;
  let close: () => void = () => undefined;
  const pdf = library().then(({ getDocument }) => {
    if (closed) throw new Error('closed');
    const task = getDocument({
      url,
      httpHeaders: { accept: BYTES },
      disableRange: true,
      disableAutoFetch: true,
      isEvalSupported: false,
      enableXfa: false,
    });
    task.onProgress = ({ loaded, total }: { loaded: number; total: number }) => onProgress(loaded, total);
    close = () => void task.destroy();
    return task.promise;
  });
  return {
    pdf,
    close: () => {
      closed = true;
      close();
    },
  };
}
