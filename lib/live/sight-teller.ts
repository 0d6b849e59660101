import { DueViews, PAINT_WITHIN_MS } from './due-views.ts';
import type { Missing, Sight } from './protocol.ts';
import { Throttle } from './throttle.ts';

/** How this tab stands to what is shared, as it knows itself. */
export type OwnStanding = 'with' | 'loading' | 'cannot' | 'free' | 'away';

/**
 * What one tab says about what it has painted. Said at once when it is something else than before, now and then while
 * views stream; the last word always leaves. `changed` is called when the tab's own standing is another one.
 */
export class SightTeller {
  private readonly due = new DueViews();
  private everyMs = 0;
  private readonly throttle: Throttle<Sight>;
  private sight: Sight = { seq: 0, doing: 'follow', missing: [] };
  private wanted = 0;
  private late = false;
  private cut = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    send: (sight: Sight) => void,
    private readonly changed: () => void,
    /** The page has no viewer: of whatever is shared nothing is painted, which is known at once. */
    private readonly blind = false,
  ) {
    this.throttle = new Throttle(() => this.everyMs, send);
  }

  get standing(): OwnStanding {
    if (this.sight.doing !== 'follow') return this.sight.doing;
    if (this.late || this.cut) return 'loading';
    return this.sight.missing.length > 0 ? 'cannot' : 'with';
  }

  get missing(): readonly Missing[] {
    return this.standing === 'cannot' ? this.sight.missing : [];
  }

  /** A new connection, which knows nothing of us yet; it wants to hear at most once in `everyMs`. */
  restart(everyMs: number): void {
    this.throttle.stop();
    this.everyMs = everyMs;
    this.become({ ...this.sight, missing: this.blind ? ['no_images'] : this.sight.missing });
  }

  /** The room wants to hear more or less often: from the next word on, or hundreds would speak in the same moment. */
  pace(everyMs: number): void {
    this.everyMs = everyMs;
  }

  /** A shared view is to be shown from now on; null: there is none. */
  shown(seq: number | null): void {
    if (seq === null) {
      this.wanted = 0;
      this.due.clear();
      this.become({ ...this.sight, missing: this.blind ? ['no_images'] : [] });
    } else if (seq !== this.wanted) {
      this.wanted = seq;
      this.due.came(seq, performance.now());
      if (this.blind) this.become({ ...this.sight, seq });
    }
    this.look();
  }

  /** Every viewport has painted that view, but for what is missing. */
  painted(seq: number, missing: readonly Missing[]): void {
    if (this.blind || seq < this.sight.seq) return;
    const same = seq === this.sight.seq && missing.join() === this.sight.missing.join();
    if (!same) this.become({ ...this.sight, seq, missing: [...missing] });
    this.look();
  }

  /** What is painted of the second presenter's views; undefined: they are not looked at. */
  second(second: Sight['second']): void {
    this.become({ ...this.sight, second });
  }

  /** Nothing comes from the server: what is shared may be another by now. */
  line(cut: boolean): void {
    if (cut === this.cut) return;
    this.cut = cut;
    this.changed();
  }

  doing(doing: Sight['doing']): void {
    if (doing !== this.sight.doing) this.become({ ...this.sight, doing });
  }

  stop(): void {
    this.throttle.stop();
    clearTimeout(this.timer);
  }

  private become(sight: Sight): void {
    const before = this.sight;
    this.sight = sight;
    const news =
      sight.doing !== before.doing ||
      sight.missing.join() !== before.missing.join() ||
      sight.second?.missing.join() !== before.second?.missing.join();
    this.tell(news || this.late);
    if (news) this.changed();
  }

  private tell(atOnce: boolean): void {
    if (atOnce) this.throttle.stop();
    this.throttle.offer(this.sight);
  }

  /** Am I late now? Asked anew until what is wanted is painted. */
  private look(): void {
    const late = this.sight.seq < this.due.due(performance.now(), PAINT_WITHIN_MS);
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sight.seq < this.wanted) this.timer = setTimeout(() => this.look(), PAINT_WITHIN_MS / 2);
    if (late === this.late) return;
    this.late = late;
    this.changed();
  }
}
