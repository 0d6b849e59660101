/** What a slot needs of a connection: whether the wire takes something now, and a word when it does again. */
export type Wire = { ready: () => boolean; onceReady: (resume: () => void) => void };

/**
 * Sends the latest value as soon as the wire takes one. Values that a slow wire could not take are overwritten, never
 * queued; the last one always leaves. `merge` folds a waiting value with a new one; unset, the new one replaces it.
 */
export class LatestSlot<T> {
  private waiting: { value: T } | undefined;
  private armed = false;

  constructor(
    private readonly wire: Wire,
    private readonly send: (value: T) => void,
    private readonly merge: (waiting: T, next: T) => T = (_waiting, next) => next,
  ) {}

  offer(value: T): void {
    if (!this.waiting && !this.armed && this.wire.ready()) {
      this.send(value);
      return;
    }
    this.waiting = { value: this.waiting ? this.merge(this.waiting.value, value) : value };
    this.flush();
  }

  /** What waits is not sent any more: the receiver is being told everything anew. */
  forget(): void {
    this.waiting = undefined;
  }

  private flush(): void {
    if (!this.waiting) return;
    if (!this.wire.ready()) {
      if (this.armed) return;
      this.armed = true;
      this.wire.onceReady(() => {
        this.armed = false;
        this.flush();
      });
      return;
    }
    const { value } = this.waiting;
    this.waiting = undefined;
    this.send(value);
  }
}
