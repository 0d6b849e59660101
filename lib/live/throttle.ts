/** Sends the latest value at once, then at most once per `tickMs`; the last one offered always leaves. */
export class Throttle<T> {
  private waiting: { value: T } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tickMs: number | (() => number),
    private readonly send: (value: T) => void,
  ) {}

  offer(value: T): void {
    if (this.timer !== undefined) {
      this.waiting = { value };
      return;
    }
    this.send(value);
    this.timer = setTimeout(() => this.tick(), typeof this.tickMs === 'number' ? this.tickMs : this.tickMs());
  }

  /** Sends what waits at once. */
  flush(): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) this.send(waiting.value);
  }

  /** Forgets what waits. */
  drop(): void {
    this.waiting = undefined;
  }

  stop(): void {
    this.drop();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tick(): void {
    this.timer = undefined;
    if (!this.waiting) return;
    const { value } = this.waiting;
    this.waiting = undefined;
    this.offer(value);
  }
}
