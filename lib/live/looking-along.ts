import { type Glimpse, TICK_MS } from './protocol.ts';
import type { RoomState } from './room-state.ts';
import { Throttle } from './throttle.ts';
import type { ViewMessage } from './view-sender.ts';
import type { ViewState } from './view-state.ts';

/** What looking along needs of its tab. */
type Tab = {
  send: (type: 'watch' | 'glimpse', content: unknown) => void;
  state: () => RoomState;
  /** What this tab shows by its own hand. */
  mine: () => ViewMessage | null;
  become: (change: Partial<RoomState>) => void;
  follow: () => void;
  show: (view: ViewState, itemId: string) => void;
};

/** A tab that looks along with somebody who does not present, or that others look along with. */
export class LookingAlong {
  private readonly glimpses: Throttle<ViewMessage>;

  constructor(private readonly tab: Tab) {
    this.glimpses = new Throttle(TICK_MS, (message) => tab.send('glimpse', message));
  }

  watch(personId: string): void {
    this.tab.become({ free: true, following: false, watching: personId });
    this.tab.send('watch', personId);
    this.tell();
  }

  /** A new connection knows nothing of it. */
  again(): void {
    const { watching } = this.tab.state();
    this.tab.become({ watchers: [] });
    if (watching) this.tab.send('watch', watching);
  }

  /** A hand here moved, which does not present: its own look from now on. */
  moved(mine: ViewMessage): void {
    const { free, watching, watchers } = this.tab.state();
    if (watching) this.tab.send('watch', null);
    if (watching || !free) this.tab.become({ free: true, following: false, watching: null });
    if (watchers.length > 0) this.glimpses.offer(mine);
  }

  /** Back to the presenter's. */
  follow(): void {
    if (this.tab.state().watching) this.tab.send('watch', null);
    this.tab.become({ free: false, following: true, watching: null });
    this.tell();
  }

  /** Whom one looks along with follows again, or has left: so does one. */
  see({ by, itemId, view }: Glimpse): void {
    const { watching, room } = this.tab.state();
    if (by !== watching) return;
    if (!view || !itemId) this.tab.follow();
    else if (itemId === room?.currentItemId) this.tab.show(view, itemId);
  }

  /** Those who look along see what this tab shows by itself; where it shows another's view they follow. */
  tell(): void {
    const { room, free, watching, watchers } = this.tab.state();
    const itemId = room?.currentItemId;
    this.glimpses.drop();
    if (!itemId || watchers.length === 0) return;
    const mine = this.tab.mine();
    const own = free && !watching && mine?.itemId === itemId;
    this.tab.send('glimpse', own ? mine : { itemId, view: null });
  }

  stop(): void {
    this.glimpses.stop();
  }
}
