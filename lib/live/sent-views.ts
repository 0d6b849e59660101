import type { ViewMessage } from './view-sender.ts';

/** Of views that were sent, so many are remembered until they have their number. */
const REMEMBERED = 64;

/** Views that were sent last, by their count: the server says which of them got which number. */
export class SentViews {
  private readonly underWay = new Map<number, ViewMessage>();
  private last = 0;

  /** The count that a view gets. */
  count(message: ViewMessage): number {
    this.last += 1;
    this.underWay.set(this.last, message);
    this.underWay.delete(this.last - REMEMBERED);
    return this.last;
  }

  /** Undefined for one that is not remembered any more. */
  find(n: number | undefined): ViewMessage | undefined {
    return n === undefined ? undefined : this.underWay.get(n);
  }
}
