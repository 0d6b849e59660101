import type { SharedView } from './protocol.ts';

/** So many are held: at thirty a second, the time in which somebody presses a button that they have seen. */
const HELD = 64;

/** The views that were shown last, by number: who refers to what they see names one of these. */
export class RecentViews {
  private readonly views: SharedView[] = [];

  add(view: SharedView): void {
    this.views.push(view);
    if (this.views.length > HELD) this.views.shift();
  }

  /** The view of that number; undefined when it is none of the last ones. */
  find(seq: number): SharedView | undefined {
    return this.views.find((one) => one.seq === seq);
  }
}
