/** Numbers are reserved in the database this many at a time, and again when half are used: about five minutes of looking. */
export const RESERVED_AT_ONCE = 10_000;

/**
 * Sequence of views that never goes back, over crashes too, without a database write per view: numbers are handed out
 * only below a limit that was written down before.
 */
export class ViewSequence {
  private limit: number;
  private extending: Promise<void> | undefined;

  constructor(
    private last: number,
    private readonly reserve: (upTo: number) => Promise<void>,
    /** False while another process may hand out numbers too. */
    private readonly held: () => boolean = () => true,
  ) {
    this.limit = last;
  }

  /** Reserves the first numbers. Rejects when that cannot be written down. */
  open(): Promise<void> {
    return this.extend();
  }

  /** The number that was handed out last. */
  get newest(): number {
    return this.last;
  }

  /** The next number; null when none is reserved because the database does not answer, or another may number. */
  next(): number | null {
    if (!this.held()) return null;
    if (this.limit - this.last <= RESERVED_AT_ONCE / 2) this.extend().catch(() => undefined);
    if (this.last >= this.limit) return null;
    this.last += 1;
    return this.last;
  }

  private extend(): Promise<void> {
    const upTo = this.last + RESERVED_AT_ONCE;
    this.extending ??= this.reserve(upTo)
      .then(() => {
        this.limit = upTo;
      })
      .finally(() => {
        this.extending = undefined;
      });
    return this.extending;
  }
}
