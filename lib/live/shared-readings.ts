/**
 * Readings that many ask for at the same time. Whoever asks gets one that began after they asked; those who wait
 * together share it. One reading of a key after the other, so that an older one never comes after a newer.
 */
export class SharedReadings<K, T> {
  private readonly states = new Map<K, { running: Promise<unknown>; next?: Promise<T> }>();

  constructor(private readonly read: (key: K) => Promise<T>) {}

  ask(key: K): Promise<T> {
    const state = this.states.get(key);
    if (!state) return this.begin(key);
    state.next ??= state.running.then(() => this.begin(key));
    return state.next;
  }

  private begin(key: K): Promise<T> {
    const reading = this.read(key);
    const state = { running: reading.catch(() => undefined) };
    this.states.set(key, state);
    void state.running.then(() => {
      const now = this.states.get(key);
      if (now === state && !('next' in now)) this.states.delete(key);
    });
    return reading;
  }
}
