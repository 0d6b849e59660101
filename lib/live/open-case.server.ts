import { log } from '@/lib/log.server.ts';
import { areOf, type CaseImages, type NamedImages } from './images-named.ts';

/** Between the beginnings of two readings of one case's images, in ms: whoever names unknown ones cannot ask for more. */
export const READ_AGAIN_MS = 3000;

type Waiting = {
  named: readonly NamedImages[];
  then: (ofCase: boolean) => void;
  /** How many readings had begun when it came: an older one may not know what it names. */
  after: number;
};

/**
 * Which images the open case has, as read when it was opened: nothing that is looked at asks the database. What names
 * others waits for the next reading, since images may have arrived meanwhile, and is answered by that.
 */
export class OpenCase {
  private itemId: string | null = null;
  private images: CaseImages | null = null;
  private readonly waiting = new Map<unknown, Waiting>();
  private readings = 0;
  private readAt = Number.NEGATIVE_INFINITY;
  private reading = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly load: (itemId: string) => Promise<CaseImages>) {}

  /** This item is open from now on. What waits was meant for the one before. */
  open(itemId: string | null): void {
    if (itemId === this.itemId) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.itemId = itemId;
    this.images = null;
    this.reading = false;
    this.settle(() => false);
    if (itemId !== null) void this.read(itemId);
  }

  /**
   * Whether what is named is all of the open case: answered at once where that is known.
   * @param of whose it is: what waits for the same is overtaken, and never answered
   */
  check(of: unknown, named: readonly NamedImages[], then: (ofCase: boolean) => void): void {
    this.waiting.delete(of);
    if (named.length === 0 || (this.images && areOf(this.images, named))) then(true);
    else if (this.itemId === null) then(false);
    else {
      this.waiting.set(of, { named, then, after: this.readings });
      this.readSoon(this.itemId);
    }
  }

  /** What waits for these is never answered: whoever asked is gone. */
  forget(...those: unknown[]): void {
    for (const one of those) this.waiting.delete(one);
  }

  /** As `check`, for what must not be overtaken: resolves when it is known. */
  has(named: readonly NamedImages[]): Promise<boolean> {
    return new Promise((resolve) => this.check({}, named, resolve));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.itemId = null;
  }

  private readSoon(itemId: string): void {
    if (this.reading || this.timer) return;
    const wait = Math.max(0, this.readAt + READ_AGAIN_MS - performance.now());
    this.timer = setTimeout(() => void this.read(itemId), wait);
  }

  private async read(itemId: string): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.reading = true;
    this.readings += 1;
    this.readAt = performance.now();
    const reading = this.readings;
    const images = await this.load(itemId).catch((error) => {
      log.error({ err: error, itemId }, 'the images of the open case are not known');
      return null;
    });
    if (reading !== this.readings || itemId !== this.itemId) return;
    this.reading = false;
    // Where the database does not answer what waits goes on waiting: that says nothing about it.
    if (images) {
      this.images = images;
      this.settle(({ named, after }) => areOf(images, named) || (after < reading ? false : null));
    }
    if (this.waiting.size > 0) this.readSoon(itemId);
  }

  /** Answers what waits, but for what `judge` says null of. */
  private settle(judge: (one: Waiting) => boolean | null): void {
    for (const [of, one] of [...this.waiting]) {
      const ofCase = judge(one);
      if (ofCase === null) continue;
      this.waiting.delete(of);
      one.then(ofCase);
    }
  }
}
