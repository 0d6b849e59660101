import type { Loan } from './protocol.ts';

/** A loan whose end could not be stored is tried again so often, in ms. */
const AGAIN_MS = 1000;

/**
 * Control that was given for a time: `end` is called when the time is over, and again until it has ended. Not in the
 * first `graceMs` of the watch: a room that was just opened does not know yet who comes back.
 */
export class LoanWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly notBefore: number;

  constructor(
    private readonly end: (loan: Loan) => void,
    graceMs = 0,
  ) {
    this.notBefore = performance.now() + graceMs;
  }

  look(loan: Loan | null): void {
    this.stop();
    if (!loan) return;
    const left = Math.max(Date.parse(loan.until) - Date.now(), this.notBefore - performance.now());
    this.timer = setTimeout(
      () => {
        this.timer = setTimeout(() => this.look(loan), AGAIN_MS);
        this.end(loan);
      },
      Math.max(0, left),
    );
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
