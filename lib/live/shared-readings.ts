import { CROWD, GATHER_MS } from '@/lib/db/batched-readings.ts';

type Reading<T> = { running: Promise<unknown>; waiting: number; next?: Promise<T> };

/**
 * Readings that many ask for at the same time. Whoever asks gets one that began after they asked; those who wait
 * together share it, a crowd with those who come in the next moment. One reading of a key after the other, so that an
 * older one never comes after a newer.
 */
export class SharedReadings<K, T> {
  private readonly states = new Map<K, Reading<T>>();

  constructor(private readonly read: (key: K) => Promise<T>) {}

  ask(key: K): Promise<T> {
    const state = this.states.get(key);
    if (!state) return this.begin(key);
    state.waiting += 1;
    state.next ??= state.running.then(async () => {
      if (state.waiting >= CROWD) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      return this.begin(key);
    });
    return state.next;
  }

  private begin(key: K): Promise<T> {
    const reading = this.read(key);
    const state = { running: reading.catch(() => undefined), waiting: 0 };
    this.states.set(key, state);
    void state.running.then(() => {
      const now = this.states.get(key);
      if (now === state && !('next' in now)) this.states.delete(key);
    });
    return reading;
  }
}
