type Waiter<V> = { resolve: (value: V | undefined) => void; reject: (reason: unknown) => void };

/** Keys of one statement at most: PostgreSQL takes some tens of thousands of parameters, a plan fewer. */
const LARGEST = 500;

/** So many at once are a crowd, and more are on their way: they are waited for, in ms, that one statement serves all. */
export const CROWD = 16;
export const GATHER_MS = 20;

/**
 * Single rows that many ask for at the same time, read by one statement. Whoever asks gets a reading that began after
 * they asked: at once while none runs, else with all who wait for its end; in a crowd a moment later. A key without a
 * row is `undefined`; a reading that fails fails for those who shared it.
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
      const served = batch.reduce((sum, [, waiters]) => sum + waiters.length, 0);
      if (served >= CROWD && this.waiting.size < LARGEST)
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
    this.running = false;
  }
}
