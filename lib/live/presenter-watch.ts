/** Who presents, and whether they are connected. */
export type Presence = { presenterId: string; here: boolean };

/**
 * A presenter who is gone for longer than a bad connection lasts is told of, and so is their coming back. Looking again
 * never starts the wait anew; another presenter has their own.
 */
export class PresenterWatch {
  private missed: { personId: string; since: number } | null = null;
  private told: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly graceMs: number,
    private readonly tell: (gone: string | null) => void,
  ) {}

  look({ presenterId, here }: Presence): void {
    this.stop();
    if (here) this.missed = null;
    else if (this.missed?.personId !== presenterId)
      this.missed = { personId: presenterId, since: performance.now() };
    this.conclude();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private conclude(): void {
    const wait = this.missed ? this.missed.since + this.graceMs - performance.now() : 0;
    if (wait > 0) this.timer = setTimeout(() => this.conclude(), wait);
    const gone = this.missed && wait <= 0 ? this.missed.personId : null;
    if (gone === this.told) return;
    this.told = gone;
    this.tell(gone);
  }
}
