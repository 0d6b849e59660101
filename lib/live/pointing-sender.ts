import type { Mark } from './mark-state.ts';
import { type Pointer, TICK_MS } from './protocol.ts';
import { Throttle } from './throttle.ts';

/** What a user points with, sent at most once a tick: the last pointer and the last of each mark always leave. */
export class PointingSender {
  private readonly pointers: Throttle<Pointer>;
  private readonly marks: Throttle<Mark>;
  private marking: number | null = null;

  constructor(
    send: { pointer: (pointer: Pointer) => void; mark: (mark: Mark) => void },
    tickMs: () => number = () => TICK_MS,
  ) {
    this.pointers = new Throttle(tickMs, send.pointer);
    this.marks = new Throttle(tickMs, send.mark);
  }

  point(pointer: Pointer): void {
    this.pointers.offer(pointer);
  }

  mark(mark: Mark): void {
    if (mark.n !== this.marking) this.marks.flush();
    this.marking = mark.n;
    this.marks.offer(mark);
  }

  stop(): void {
    this.pointers.stop();
    this.marks.stop();
  }
}
