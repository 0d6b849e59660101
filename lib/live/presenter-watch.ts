/** Who could present now, as the room sees it. */
export type Presence = {
  presenterId: string;
  /** The presenter is connected, or is the chair, who keeps control wherever they are. */
  held: boolean;
  chairHere: boolean;
};

/**
 * A presenter who is gone for longer than a bad connection lasts: `fall` is called, once the chair is there to take
 * over. Looking again never starts the wait anew.
 */
export class PresenterWatch {
  private goneAt: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly graceMs: number,
    private readonly fall: (gone: string) => void,
  ) {}

  look({ presenterId, held, chairHere }: Presence): void {
    this.stop();
    if (held) {
      this.goneAt = null;
      return;
    }
    this.goneAt ??= performance.now();
    if (!chairHere) return;
    const wait = Math.max(0, this.goneAt + this.graceMs - performance.now());
    this.timer = setTimeout(() => this.fall(presenterId), wait);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
