import type { DocumentState } from '@/lib/live/view-state.ts';
import { readOn } from './document-acts.ts';
import { movedBy, zoomedBy } from './page-fit.ts';
import type { PaintedPage } from './pdf-painter.ts';
import type { Stage } from './stage.ts';

const STEP = 0.1;
export const PAGE_ZOOM = 1.25;

/** What hands do to a page: turn, come closer, move. Each act is told to the room at once. */
export class PageHands {
  constructor(
    private readonly stage: Stage,
    private readonly state: DocumentState,
    /** 0 while nobody knows. */
    private readonly pages: number,
    private readonly painted: PaintedPage | null,
    private readonly window: { width: number; height: number },
  ) {}

  read(area: DocumentState['area']): void {
    readOn(this.stage, { page: this.state.page, area });
  }

  turn(page: number): void {
    if (page < 1 || page > this.pages || page === this.state.page) return;
    readOn(this.stage, { page, area: null });
  }

  zoom(factor: number): void {
    if (this.painted) this.read(zoomedBy(this.painted.seen, factor));
  }

  /** By CSS pixels, as far as the page goes. */
  drag(across: number, down: number): void {
    const { painted, window } = this;
    if (!painted) return;
    const [left, top, right, bottom] = painted.seen;
    this.move((-across / window.width) * (right - left), (-down / window.height) * (bottom - top));
  }

  /** One wheel event; the next page comes where nothing of this one is left that way. */
  wheel({ ctrlKey, deltaY }: Pick<WheelEvent, 'ctrlKey' | 'deltaY'>, far: boolean): void {
    if (ctrlKey) this.zoom(deltaY < 0 ? PAGE_ZOOM : 1 / PAGE_ZOOM);
    else if (!this.atEdge(deltaY)) this.drag(0, -deltaY);
    else if (far) this.turn(this.state.page + Math.sign(deltaY));
  }

  /** Whether the key means something here. */
  key(key: string): boolean {
    const { page } = this.state;
    switch (key) {
      case 'PageDown':
        this.turn(page + 1);
        return true;
      case 'PageUp':
        this.turn(page - 1);
        return true;
      case 'Home':
        this.turn(1);
        return true;
      case 'End':
        this.turn(this.pages);
        return true;
      case 'ArrowDown':
      case 'ArrowUp':
        this.step(key === 'ArrowDown' ? STEP : -STEP);
        return true;
      case 'ArrowRight':
      case 'ArrowLeft':
        this.move(key === 'ArrowRight' ? STEP : -STEP, 0);
        return true;
      case '+':
      case '=':
        this.zoom(PAGE_ZOOM);
        return true;
      case '-':
        this.zoom(1 / PAGE_ZOOM);
        return true;
      case '0':
        this.read(null);
        return true;
      default:
        return false;
    }
  }

  private step(down: number): void {
    if (this.atEdge(down)) this.turn(this.state.page + Math.sign(down));
    else this.move(0, down);
  }

  private move(across: number, down: number): void {
    if (this.state.area) this.read(movedBy(this.state.area, across, down));
  }

  /** Nothing of the page is left that way. */
  private atEdge(down: number): boolean {
    const { area } = this.state;
    return area === null || (down > 0 ? area[3] >= 1 : area[1] <= 0);
  }
}
