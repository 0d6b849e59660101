import type { ViewportState } from '@/lib/live/view-state.ts';
import type { Pane } from './pane.ts';

type Kind = ViewportState['kind'];
type Make = (id: string, kind: Kind, element: HTMLDivElement) => Pane;

/**
 * The viewports that are on the page. What a place shows decides what draws it: acquired images, or cuts and
 * projections; the one makes room for the other.
 */
export class Panes {
  private readonly elements = new Map<string, HTMLDivElement>();
  private readonly panes = new Map<string, Pane>();
  /** Each viewport's own size: another layout changes it without changing the window. */
  private readonly sizes: ResizeObserver;

  constructor(
    private readonly make: Make,
    private readonly onClose: (pane: Pane) => void,
    onResized: () => void,
  ) {
    this.sizes = new ResizeObserver(onResized);
  }

  mount(id: string, element: HTMLDivElement): void {
    this.elements.set(id, element);
    this.sizes.observe(element);
  }

  unmount(id: string): void {
    const element = this.elements.get(id);
    if (element) this.sizes.unobserve(element);
    this.elements.delete(id);
    this.end(id);
  }

  get(id: string): Pane | undefined {
    return this.panes.get(id);
  }

  all(): Pane[] {
    return [...this.panes.values()];
  }

  /** The viewport as one of a kind; undefined while its place is not on the page. */
  of(id: string, kind: Kind): Pane | undefined {
    const known = this.panes.get(id);
    if (known?.kind === kind) return known;
    const element = this.elements.get(id);
    if (!element) return undefined;
    this.end(id);
    const pane = this.make(id, kind, element);
    this.panes.set(id, pane);
    return pane;
  }

  close(): void {
    this.sizes.disconnect();
    for (const id of [...this.panes.keys()]) this.end(id);
    this.elements.clear();
  }

  private end(id: string): void {
    const pane = this.panes.get(id);
    if (!pane) return;
    this.onClose(pane);
    pane.close();
    this.panes.delete(id);
  }
}
