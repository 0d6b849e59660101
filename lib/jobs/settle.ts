/** A series is worked on when nothing more of it has come for this long… */
const SETTLE_MS = 1500;
/** …and nothing of any other: what senders wait for goes first. But no series waits longer than this. */
const PATIENCE_MS = 60_000;

/** Which series are at rest. Times in milliseconds, of any clock that does not go back. */
export class Settling {
  readonly #series = new Map<string, { first: number; last: number }>();
  #lastOfAny = Number.NEGATIVE_INFINITY;

  has(seriesId: string): boolean {
    return this.#series.has(seriesId);
  }

  /** Something of that series came. */
  came(seriesId: string, now: number): void {
    this.#lastOfAny = now;
    const known = this.#series.get(seriesId);
    if (known) known.last = now;
    else this.#series.set(seriesId, { first: now, last: now });
  }

  /** Takes out those that are at rest, in the order in which they began to come. */
  settled(now: number): string[] {
    const quiet = now - this.#lastOfAny >= SETTLE_MS;
    const ready: string[] = [];
    for (const [seriesId, { first, last }] of this.#series) {
      if (now - last < SETTLE_MS && now - first < PATIENCE_MS) continue;
      if (!quiet && now - first < PATIENCE_MS) continue;
      ready.push(seriesId);
      this.#series.delete(seriesId);
    }
    return ready;
  }
}
