import type { Pane } from './pane.ts';
import type { Stage } from './stage.ts';

/** Frames per second that can be chosen. */
export const cineRates = [5, 10, 15, 20, 25, 30] as const;
export type CineRate = (typeof cineRates)[number];

/** The viewport that a cine runs in, as far as it needs it. */
export type CineStage = Pick<Stage, 'goTo' | 'pane'>;
export type CineClock = { request: (step: (now: number) => void) => number; cancel: (id: number) => void };

const browserClock: CineClock = {
  request: (step) => requestAnimationFrame(step),
  cancel: (id) => cancelAnimationFrame(id),
};
/** A frame that comes a little early is not put off to the next one. */
const EARLY_MS = 2;

/**
 * Runs through a viewport's images, round and round, as the user's own scrolling. No image is skipped: while one is not
 * painted it waits, and is slower than its rate rather than wrong. It ends when somebody else moves the viewport, when
 * the viewport is gone, and when an image cannot be shown.
 */
export class Cine {
  private frame = 0;
  private last = 0;
  private place: number;

  constructor(
    private readonly stage: CineStage,
    private readonly pane: Pane,
    public rate: CineRate,
    private readonly onEnd: () => void,
    private readonly clock: CineClock = browserClock,
  ) {
    this.place = pane.index;
    this.frame = clock.request(this.step);
  }

  stop(): void {
    this.clock.cancel(this.frame);
  }

  private step = (now: number): void => {
    const { pane, stage } = this;
    if (stage.pane(pane.id) !== pane || pane.trouble || pane.index !== this.place || pane.count < 2) {
      this.onEnd();
      return;
    }
    this.frame = this.clock.request(this.step);
    if (!pane.settled || now - this.last < 1000 / this.rate - EARLY_MS) return;
    this.last = now;
    this.place = (pane.index + 1) % pane.count;
    stage.goTo(pane, this.place);
    // A viewport that says where it is in its own way is believed.
    this.place = pane.index;
  };
}
