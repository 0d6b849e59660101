/**
 * A clock that goes as fast as it is asked to: timers fire in the order of their times, and between two of them
 * whatever waits for a promise runs to its end. Chance goes by the seed too: one run after another is the same.
 */
import type { Random } from '../../fuzz/random.ts';
import { type LifeState, runningLife, within } from './standstill.ts';

/** `of`: the process that has set it, and whose standing still it waits out. */
type Timer = { at: number; order: number; work: () => void; of: LifeState | undefined };

const EPOCH = Date.parse('2026-01-01T00:00:00.000Z');

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  now: performance.now.bind(performance),
  Date,
  chance: Math.random,
};

export class VirtualClock {
  private time = 0;
  private count = 0;
  private readonly timers = new Map<number, Timer>();

  constructor(private readonly random: Random) {}

  /** Takes the place of the process's own clock, and of its chance, until `restore`. */
  install(): void {
    const set = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      this.count += 1;
      const order = this.count;
      const at = this.time + Math.max(0, ms);
      this.timers.set(order, { at, order, work: () => work(...args), of: runningLife() });
      return { order, unref: () => undefined, [Symbol.toPrimitive]: () => order };
    };
    const clear = (timer: { order: number } | undefined) => void (timer && this.timers.delete(timer.order));
    const repeat = (work: () => void, ms: number) => {
      const timer = set(() => {
        const { order } = timer;
        this.timers.set(order, { at: this.time + ms, order, work: again, of: runningLife() });
        work();
      }, ms);
      const again = this.timers.get(timer.order)?.work ?? work;
      return timer;
    };
    Object.assign(globalThis, {
      setTimeout: set,
      clearTimeout: clear,
      setInterval: repeat,
      clearInterval: clear,
    });
    performance.now = () => this.time;
    globalThis.Date = dateBy(() => EPOCH + this.time);
    Math.random = () => this.random.integer(2 ** 20) / 2 ** 20;
  }

  restore(): void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = real;
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    performance.now = real.now;
    globalThis.Date = real.Date;
    Math.random = real.chance;
  }

  get now(): number {
    return this.time;
  }

  /** Lets `ms` go by. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (let next = this.first(until); next; next = this.first(until)) {
      this.timers.delete(next.order);
      this.time = dueAt(next);
      within(next.of, next.work);
      await settled();
    }
    this.time = until;
  }

  private first(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers.values())
      if (dueAt(timer) <= until && (!first || isBefore(timer, first))) first = timer;
    return first;
  }
}

/** Dates that are told by another clock where none is given. */
const dateBy = (now: () => number): DateConstructor =>
  class extends real.Date {
    static override now = now;
    constructor(of: number | string | Date = now()) {
      super(of);
    }
  } as DateConstructor;

const dueAt = ({ at, of }: Timer): number => Math.max(at, of?.standsUntil ?? 0);

/** Of those that are late together each keeps its place. */
const isBefore = (a: Timer, b: Timer): boolean =>
  dueAt(a) < dueAt(b) || (dueAt(a) === dueAt(b) && a.at < b.at);

/** Whatever waits for promises that are there already has run. */
const settled = () => new Promise<void>((resolve) => real.setImmediate(resolve));
