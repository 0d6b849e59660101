import { Broadcast } from './broadcast.server.ts';
import type { Connection } from './connection.server.ts';
import type { Crowd } from './crowd.server.ts';
import { imagesOf } from './images-named.ts';
import type { OpenCase } from './open-case.server.ts';
import type { Glimpse } from './protocol.ts';
import { presenterOf, type RoomModel, secondOf } from './reducer.ts';
import type { ViewState } from './view-state.ts';

/**
 * Who looks along with somebody that does not present. What is seen so goes to those few tabs only, has no number, and is
 * kept no longer than it is looked at.
 */
export class Watching {
  /** What each tab that is looked along with showed last. */
  private readonly last = new Map<Connection, Glimpse>();
  /** How many views of second presenters were shown in this life of the room. */
  private count = 0;

  constructor(
    private readonly crowd: Crowd,
    private readonly model: () => RoomModel,
    private readonly images: OpenCase,
    /** Another view of the second presenter is shown, by this number. */
    private readonly secondShown: (n: number) => void,
  ) {}

  /** Null: no more. Whoever is refused is told that it is over, and follows. */
  watch(watcher: Connection, personId: string | null): void {
    const none = personId === watcher.personId || personId === presenterOf(this.model());
    if (personId !== null && (none || !this.crowd.tabsOf(personId).some((tab) => !tab.older))) {
      watcher.refuse('state_conflict');
      watcher.glimpses.offer(new Broadcast('glimpse', over(personId)));
      if (watcher.watching !== null) this.watch(watcher, null);
      return;
    }
    const before = watcher.watching;
    watcher.watching = personId;
    if (before !== null && before !== personId) this.tell(before);
    if (personId === null) return;
    this.tell(personId);
    const tab = this.crowd.tabsOf(personId).find((one) => this.last.has(one));
    const glimpse = tab && this.last.get(tab);
    if (glimpse) watcher.glimpses.offer(new Broadcast('glimpse', this.keep(tab, glimpse)));
  }

  /** What a tab shows that somebody looks along with; a null view: it follows, and so does whoever looked along. */
  glimpse(tab: Connection, itemId: string, view: ViewState | null): void {
    if (!this.mayShow(tab, itemId)) return;
    this.images.check(tab.glimpses, view ? imagesOf(view) : [], (ofCase) => {
      // The case may be another one by then.
      if (!this.mayShow(tab, itemId)) return;
      if (ofCase) this.show(tab, itemId, view);
      else tab.refuse('live_not_of_case');
    });
  }

  private mayShow(tab: Connection, itemId: string): boolean {
    const may = itemId === this.model().currentItemId;
    if (!may) tab.refuse('state_conflict');
    return may;
  }

  private show(tab: Connection, itemId: string, view: ViewState | null): void {
    let glimpse: Glimpse = { by: tab.personId, itemId, view };
    if (!this.watches(glimpse.by)) return;
    if (view) glimpse = this.keep(tab, glimpse);
    else {
      this.last.delete(tab);
      if (this.looksFreely(tab.personId)) return;
    }
    const told = new Broadcast('glimpse', glimpse);
    for (const one of this.crowd) if (one.watching === glimpse.by) one.glimpses.offer(told);
    if (!glimpse.view) this.end(glimpse.by);
  }

  /** What a tab shows, numbered where it is the second presenter's. */
  private keep(tab: Connection, glimpse: Glimpse): Glimpse {
    let kept = glimpse;
    if (glimpse.by === secondOf(this.model()) && glimpse.n === undefined) {
      this.count += 1;
      kept = { ...glimpse, n: this.count };
      this.secondShown(this.count);
    }
    this.last.set(tab, kept);
    return kept;
  }

  /** A tab has left: whoever looked along with its person follows again, unless another tab of theirs goes on. */
  left(tab: Connection): void {
    this.last.delete(tab);
    const { watching, personId } = tab;
    tab.watching = null;
    if (watching !== null) this.tell(watching);
    if (this.watches(personId) && !this.looksFreely(personId)) this.stop(personId);
  }

  /** Whoever looks along with somebody follows again. */
  private stop(personId: string): void {
    const told = new Broadcast('glimpse', over(personId));
    for (const one of this.crowd) if (one.watching === personId) one.glimpses.offer(told);
    this.end(personId);
  }

  /** A second presenter was named: whoever looks along with them already is told so by the number. */
  secondNamed(): void {
    const personId = secondOf(this.model());
    const tab = personId && this.crowd.tabsOf(personId).find((one) => this.last.has(one));
    const glimpse = tab && this.last.get(tab);
    if (!tab || !glimpse) return;
    const told = new Broadcast('glimpse', this.keep(tab, glimpse));
    for (const one of this.crowd) if (one.watching === personId) one.glimpses.offer(told);
  }

  /** Another case is opened. */
  clear(): void {
    this.last.clear();
    for (const one of this.crowd) if (one.watching !== null) this.stop(one.watching);
  }

  /** Whether anybody looks along with somebody: otherwise nothing of it is sent. */
  private watches(personId: string): boolean {
    for (const one of this.crowd) if (one.watching === personId) return true;
    return false;
  }

  /** A page forgets with every snapshot by whom it is looked along with, and would show nothing more to them. */
  tellAnew(tab: Connection): void {
    if (this.watches(tab.personId)) tab.line.emit('watched', this.watchersOf(tab.personId));
  }

  private end(personId: string): void {
    const before = this.watches(personId);
    for (const one of this.crowd) if (one.watching === personId) one.watching = null;
    if (before) this.tell(personId);
  }

  private looksFreely(personId: string): boolean {
    return this.crowd.tabsOf(personId).some((tab) => {
      const { sight } = tab;
      return this.last.has(tab) || (sight !== null && sight !== 'older' && sight.doing === 'free');
    });
  }

  /** Who is looked along with knows by whom. */
  private tell(personId: string): void {
    const by = this.watchersOf(personId);
    for (const tab of this.crowd.tabsOf(personId)) tab.line.emit('watched', by);
  }

  private watchersOf(personId: string): string[] {
    const by = [...this.crowd].filter((one) => one.watching === personId).map((one) => one.personId);
    return [...new Set(by)];
  }
}

const over = (by: string): Glimpse => ({ by, itemId: null, view: null });
