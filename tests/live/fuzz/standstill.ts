import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One life of a process. It may stand still until some time by the clock, as one that collects garbage or whose machine
 * swaps: its timers are late, and what reaches it waits in its sockets.
 */
export class LifeState {
  alive = true;
  standsUntil = 0;
  readonly unread: (() => void)[] = [];
}

const running = new AsyncLocalStorage<LifeState | undefined>();

/** Whose code runs now, also after what it has waited for: a timer that it sets is this process's. */
export const runningLife = (): LifeState | undefined => running.getStore();

export const within = <T>(life: LifeState | undefined, work: () => T): T => running.run(life, work);

/** For what goes on while processes stand still: the ways between them, the database, people's pages. */
export const outside = <T>(work: () => T): T => within(undefined, work);

/** Something reaches a process: one after the other; behind its timers, where it stood still. */
export function reach(life: LifeState, work: () => void): void {
  const reads = life.unread.length === 0 && life.standsUntil <= performance.now();
  if (reads) within(life, work);
  else if (life.unread.push(work) === 1) readLater(life);
}

function readLater(life: LifeState): void {
  const read = () => {
    if (life.standsUntil > performance.now()) return readLater(life);
    const [next] = life.unread;
    if (next && life.alive) within(life, next);
    life.unread.shift();
    if (life.unread.length > 0) readLater(life);
  };
  outside(() => setTimeout(read, life.standsUntil - performance.now()));
}
