import type { DocumentState } from '@/lib/live/view-state.ts';
import type { PDFDocumentProxy } from '../data/pdf-file.ts';
import { fitPage, type PageArea, seenOf } from './page-fit.ts';

type Size = { width: number; height: number };
/** What was painted: the page's size in its own units, and what the window holds of it. */
export type PaintedPage = { of: DocumentState; page: Size; seen: PageArea };
type Wanted = { of: DocumentState; window: Size; ratio: number };

/**
 * Paints a page into a canvas, the latest wish only: while one is painted, what comes waits, and is overwritten. What
 * was painted last stays until the next one is whole.
 */
export class PdfPainter {
  private wanted: Wanted | null = null;
  private busy = false;
  private closed = false;

  constructor(
    private readonly pdf: PDFDocumentProxy,
    private readonly canvas: HTMLCanvasElement,
    private readonly on: {
      painted: (page: PaintedPage) => void;
      /** Null: there is no such page. */
      failed: (of: DocumentState, error: unknown) => void;
    },
  ) {}

  show(of: DocumentState, window: Size, ratio: number): void {
    this.wanted = { of, window, ratio };
    if (!this.busy) void this.run();
  }

  close(): void {
    this.closed = true;
    this.wanted = null;
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.wanted) {
      const { wanted } = this;
      this.wanted = null;
      try {
        await this.paint(wanted);
      } catch (error) {
        if (!this.closed) this.on.failed(wanted.of, error);
      }
    }
    this.busy = false;
  }

  private async paint({ of, window, ratio }: Wanted): Promise<void> {
    if (of.page > this.pdf.numPages) {
      this.on.failed(of, null);
      return;
    }
    const page = await this.pdf.getPage(of.page);
    const { width, height } = page.getViewport({ scale: 1 });
    const fit = fitPage({ width, height }, of.area, window);
    const paper = document.createElement('canvas');
    paper.width = Math.max(1, Math.round(window.width * ratio));
    paper.height = Math.max(1, Math.round(window.height * ratio));
    const canvasContext = paper.getContext('2d');
    const shown = this.canvas.getContext('2d');
    if (!canvasContext || !shown) throw new Error('no canvas');
    // Around the page it is dark: pdf.js fills the whole canvas with paper.
    canvasContext.beginPath();
    canvasContext.rect(
      fit.left * ratio,
      fit.top * ratio,
      width * fit.scale * ratio,
      height * fit.scale * ratio,
    );
    canvasContext.clip();
    // pdf.js goes on with the path that it finds.
    canvasContext.beginPath();
    const viewport = page.getViewport({
      scale: fit.scale * ratio,
      offsetX: fit.left * ratio,
      offsetY: fit.top * ratio,
    });
    await page.render({ canvasContext, viewport }).promise;
    if (this.closed) return;
    this.canvas.width = paper.width;
    this.canvas.height = paper.height;
    shown.drawImage(paper, 0, 0);
    this.on.painted({ of, page: { width, height }, seen: seenOf({ width, height }, fit, window) });
  }
}
