/** What a slot needs of a connection: a word when it takes something again. */
export type Wire = { onceReady: (resume: () => void) => void };

/**
 * Sends the latest value as soon as the wire takes one. Values that a slow wire could not take are overwritten, never
 * queued; the last one always leaves. `send` says false when the wire takes nothing now and nothing was sent: a room of
 * thousands asks and sends in one step. `merge` folds a waiting value with a new one; unset, the new one replaces it.
 */
export class LatestSlot<T> {
  private waiting: { value: T } | undefined;
  private armed = false;

  constructor(
    private readonly wire: Wire,
    private readonly send: (value: T) => boolean,
    private readonly merge: (waiting: T, next: T) => T = (_waiting, next) => next,
  ) {}

  offer(value: T): void {
    if (!this.waiting && !this.armed && this.send(value)) return;
    this.waiting = { value: this.waiting ? this.merge(this.waiting.value, value) : value };
    this.listen();
  }

  /** What waits is not sent any more: the receiver is being told everything anew. */
  forget(): void {
    this.waiting = undefined;
  }

  private listen(): void {
    if (this.armed) return;
    this.armed = true;
    this.wire.onceReady(() => {
      this.armed = false;
      this.flush();
    });
  }

  private flush(): void {
    if (!this.waiting) return;
    if (this.send(this.waiting.value)) this.waiting = undefined;
    else this.listen();
  }
}
