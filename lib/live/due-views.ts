/** A view that is not painted after this long makes its reader "loading": to the tab itself and to the server. */
export const PAINT_WITHIN_MS = 500;

/**
 * Views with the time at which they came: tells which is the newest that everybody had time to paint. While somebody
 * scrolls nobody is ever at the very last one. Times are milliseconds of one clock.
 */
export class DueViews {
  private young: { seq: number; at: number }[] = [];
  private newest = 0;

  came(seq: number, now: number): void {
    this.young.push({ seq, at: now });
  }

  /** Whether some are younger than was asked for last. */
  get waiting(): boolean {
    return this.young.length > 0;
  }

  /** The newest that came at least `withinMs` ago; 0 before the first. */
  due(now: number, withinMs: number): number {
    while (this.young[0] && this.young[0].at <= now - withinMs) this.newest = this.young.shift()?.seq ?? 0;
    return this.newest;
  }

  /** Nothing is shared: nobody is behind. */
  clear(): void {
    this.young = [];
    this.newest = 0;
  }
}
