import type { ViewerMark } from '../contract.ts';
import { Store } from './store.ts';

/** A mark is there for so long after its last change, and goes away over the last of it, in ms. */
export const MARK_MS = 4000;
const FADES_MS = 1000;

export type FadingMark = ViewerMark & { fading: boolean };

/** The marks to draw now: each goes away by itself, by this page's own monotonic time. */
export class FadingMarks extends Store<{ marks: readonly FadingMark[] }> {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    super({ marks: [] });
  }

  /** A mark is drawn, or has grown: its time begins anew. */
  put(mark: ViewerMark): void {
    const key = keyOf(mark);
    const fresh = { ...mark, fading: false };
    const { marks } = this.get();
    const known = marks.some((one) => keyOf(one) === key);
    this.set({
      marks: known ? marks.map((one) => (keyOf(one) === key ? fresh : one)) : [...marks, fresh],
    });
    this.later(key, MARK_MS - FADES_MS, () => {
      this.set({
        marks: this.get().marks.map((one) => (keyOf(one) === key ? { ...one, fading: true } : one)),
      });
      this.later(key, FADES_MS, () => {
        this.timers.delete(key);
        this.set({ marks: this.get().marks.filter((one) => keyOf(one) !== key) });
      });
    });
  }

  /** Takes them all away at once. */
  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.set({ marks: [] });
  }

  private later(key: string, ms: number, work: () => void): void {
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(work, ms));
  }
}

const keyOf = ({ personId, mark }: Pick<ViewerMark, 'personId' | 'mark'>): string => `${personId} ${mark.n}`;
