/**
 * Lets those who come in a crowd through together: whoever comes alone at once, others at the next turn. What a group
 * then asks for at the same time is read for all of it by one statement.
 */
export class Turnstile {
  private waiting: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param everyMs how long after one group the next is let through, in ms */
  constructor(private readonly everyMs: number) {}

  pass(): Promise<void> {
    if (this.timer !== undefined) return new Promise((resolve) => this.waiting.push(resolve));
    this.timer = setTimeout(() => this.turn(), this.everyMs);
    return Promise.resolve();
  }

  private turn(): void {
    this.timer = undefined;
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    this.timer = setTimeout(() => this.turn(), this.everyMs);
    for (const resolve of waiting) resolve();
  }
}
