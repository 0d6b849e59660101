import { TICK_MS } from './protocol.ts';
import { Throttle } from './throttle.ts';
import type { ViewState } from './view-state.ts';

export type ViewMessage = { itemId: string; view: ViewState };

/** A slow way up must not queue views: this many are on their way at a time. */
export const VIEWS_UNDER_WAY = 4;
/** An answer that has not come by then may never come. */
export const ANSWER_WITHIN_MS = 1000;

/**
 * The presenter's views on their way to the server: one per tick, few at a time, and the last one always leaves.
 * `emit` hands one to the connection; it answers false when there is none, and the view is forgotten.
 */
export class ViewSender {
  private readonly throttle: Throttle<ViewMessage>;
  private held: ViewMessage | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unanswered = 0;
  private sentAt = 0;

  constructor(
    private readonly emit: (message: ViewMessage) => boolean,
    tickMs: () => number = () => TICK_MS,
  ) {
    this.throttle = new Throttle(tickMs, (message) => this.send(message));
  }

  offer(message: ViewMessage): void {
    this.throttle.offer(message);
  }

  /** The server has taken one: what waited may go. */
  answered(): void {
    this.unanswered = 0;
    if (this.held) this.send(this.held);
  }

  /** Forgets what waits. */
  drop(): void {
    this.throttle.drop();
    this.held = null;
  }

  /** A new connection: nothing is on its way, and nothing of the old one waits. */
  restart(): void {
    this.held = null;
    this.unanswered = 0;
  }

  stop(): void {
    this.throttle.stop();
    this.held = null;
    clearTimeout(this.timer);
  }

  private send(message: ViewMessage): void {
    this.held = null;
    const now = performance.now();
    if (this.unanswered >= VIEWS_UNDER_WAY && now - this.sentAt < ANSWER_WITHIN_MS) {
      this.held = message;
      this.timer ??= setTimeout(() => this.tryAgain(), ANSWER_WITHIN_MS);
      return;
    }
    if (!this.emit(message)) return;
    this.unanswered += 1;
    this.sentAt = now;
  }

  private tryAgain(): void {
    this.timer = undefined;
    if (this.held) this.send(this.held);
  }
}
