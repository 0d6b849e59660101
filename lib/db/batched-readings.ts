type Waiter<V> = { resolve: (value: V | undefined) => void; reject: (reason: unknown) => void };

/** Keys of one statement at most: PostgreSQL takes some tens of thousands of parameters, a plan fewer. */
const LARGEST = 500;

/**
 * Single rows that many ask for at the same time, read by one statement. Whoever asks gets a reading that began after
 * they asked: at once while none runs, else with all who wait for its end. A key without a row is `undefined`; a reading
 * that fails fails for those who shared it.
 */
export class BatchedReadings<K, V> {
  private waiting = new Map<K, Waiter<V>[]>();
  private running = false;

  constructor(private readonly readAll: (keys: K[]) => Promise<ReadonlyMap<K, V>>) {}

  ask(key: K): Promise<V | undefined> {
    const answer = new Promise<V | undefined>((resolve, reject) => {
      const waiters = this.waiting.get(key) ?? [];
      waiters.push({ resolve, reject });
      this.waiting.set(key, waiters);
    });
    if (!this.running) void this.readOn();
    return answer;
  }

  private async readOn(): Promise<void> {
    this.running = true;
    while (this.waiting.size > 0) {
      const batch = [...this.waiting].slice(0, LARGEST);
      for (const [key] of batch) this.waiting.delete(key);
      try {
        const rows = await this.readAll(batch.map(([key]) => key));
        for (const [key, waiters] of batch) for (const { resolve } of waiters) resolve(rows.get(key));
      } catch (error) {
        for (const [, waiters] of batch) for (const { reject } of waiters) reject(error);
      }
    }
    this.running = false;
  }
}
