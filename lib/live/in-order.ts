import { AppError } from '@/lib/errors.ts';

/**
 * What must be found out about several requests of the same one is found out at the same time, in whatever order, and
 * done in the order in which they came. What is not found out in time fails with `unavailable`: others wait behind it.
 */
export class InOrder<K extends object> {
  private readonly turns = new WeakMap<K, Promise<unknown>>();

  constructor(private readonly withinMs: number) {}

  /** `act` must not reject, nor wait for anything but what it is given, which has come or failed by then. */
  take<T>(who: K, finding: Promise<T>, act: (found: Promise<T>) => Promise<void>): void {
    const found = inTime(finding, this.withinMs);
    const turn = Promise.allSettled([found, this.turns.get(who)]).then(() => act(found));
    this.turns.set(who, turn);
  }
}

function inTime<T>(finding: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AppError('unavailable')), ms);
    finding.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
