/** Keeps the most recently used values up to a total of bytes; older ones go. */
export class ByteCache<T> {
  private readonly entries = new Map<string, { value: T; bytes: number }>();
  private total = 0;
  private readonly limit: number;

  /** @param limit bytes kept at most */
  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** What is larger than a quarter of the whole is not kept at all. */
  set(key: string, value: T, bytes: number): void {
    this.delete(key);
    if (bytes > this.limit / 4) return;
    this.entries.set(key, { value, bytes });
    this.total += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.total -= entry.bytes;
  }
}
