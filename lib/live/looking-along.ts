import { type Glimpse, type Missing, type Sight, TICK_MS } from './protocol.ts';
import type { RoomState } from './room-state.ts';
import { SightTeller } from './sight-teller.ts';
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
  show: (view: ViewState, itemId: string, n: number | undefined) => void;
  /** What is painted of the second presenter's views; undefined: they are not looked at. */
  saw: (second: Sight['second']) => void;
};

/** A tab that looks along with somebody who does not present, or that others look along with. */
export class LookingAlong {
  private readonly glimpses: Throttle<ViewMessage>;
  /** What this tab has painted of the second presenter's views. */
  private second: SightTeller | null = null;

  constructor(private readonly tab: Tab) {
    this.glimpses = new Throttle(TICK_MS, (message) => tab.send('glimpse', message));
  }

  watch(personId: string): void {
    this.forget();
    this.tab.become({ free: true, following: false, watching: personId });
    this.tab.send('watch', personId);
    this.tell();
  }

  /** A new connection knows nothing of it. */
  again(): void {
    const { watching } = this.tab.state();
    this.tab.become({ watchers: [] });
    this.forget();
    if (watching) this.tab.send('watch', watching);
  }

  /** A hand here moved, which does not present: its own look from now on. */
  moved(mine: ViewMessage): void {
    const { free, watching, watchers } = this.tab.state();
    if (watching) this.tab.send('watch', null);
    this.forget();
    if (watching || !free) this.tab.become({ free: true, following: false, watching: null });
    if (watchers.length > 0) this.glimpses.offer(mine);
  }

  /** Back to the presenter's. */
  follow(): void {
    if (this.tab.state().watching) this.tab.send('watch', null);
    this.forget();
    this.tab.become({ free: false, following: true, watching: null });
    this.tell();
  }

  /** Whom one looks along with follows again, or has left: so does one. */
  see({ by, itemId, view, n }: Glimpse): void {
    const { watching, room } = this.tab.state();
    if (by !== watching) return;
    if (!view || !itemId) this.tab.follow();
    else if (itemId === room?.currentItemId) {
      if (n !== undefined) this.teller().shown(n);
      this.tab.show(view, itemId, n);
    }
  }

  /** Every viewport has painted the second presenter's view of that number, but for what is missing. */
  painted(n: number, missing: readonly Missing[]): void {
    this.second?.painted(n, missing);
  }

  /** Begins to say what is painted of the second presenter's views: each time anew, as their numbers may be. */
  private teller(): SightTeller {
    const said = () => this.tab.become({ along: this.second?.standing ?? 'with' });
    this.second ??= new SightTeller(({ seq: n, missing }) => this.tab.saw({ n, missing }), said);
    return this.second;
  }

  /** The second presenter's views are not looked at, or no more. */
  forget(): void {
    if (!this.second) return;
    this.second.stop();
    this.second = null;
    this.tab.saw(undefined);
    this.tab.become({ along: 'with' });
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
    this.second?.stop();
    this.glimpses.stop();
  }
}
