import { Broadcast } from './broadcast.server.ts';
import type { Connection } from './connection.server.ts';
import type { Crowd } from './crowd.server.ts';
import { DueViews, PAINT_WITHIN_MS } from './due-views.ts';
import type { Sight, Standing } from './protocol.ts';
import { inOlderWords, standingOf, type Told } from './standing.ts';

/** Those who lead are told at most this often. */
const TELL_EVERY_MS = 250;

/** How often at most a tab says what it has painted: two hundred and fifty words a second are enough for a large room. */
export const sightEveryMs = (tabs: number): number => Math.max(TELL_EVERY_MS, 4 * tabs);

/** Who has painted what is shared, told to those who lead: all of it when they begin to, then what changed. */
export class SightWatch {
  private readonly due = new DueViews();
  /** Of what the second presenter shows. */
  private readonly secondDue = new DueViews();
  private told = new Map<string, Standing>();
  private informed = new Set<Connection>();
  private timer: NodeJS.Timeout | undefined;
  /** How often tabs believe that they are to speak. */
  private pace = TELL_EVERY_MS;

  constructor(
    private readonly crowd: Crowd,
    private readonly leads: (personId: string) => boolean,
    private readonly second: () => string | null = () => null,
  ) {}

  /** A view is shared from now on. */
  viewTaken(seq: number): void {
    this.due.came(seq, performance.now());
    this.later();
  }

  /** The second presenter shows something else. */
  secondShown(n: number): void {
    this.secondDue.came(n, performance.now());
    this.later();
  }

  /** Nothing is shared. */
  clear(): void {
    this.due.clear();
    this.later();
  }

  heard(connection: Connection, sight: Sight): void {
    // What a page of an earlier version calls painted lacks what it has no word for.
    if (connection.sight === 'older') return;
    connection.sight = sight;
    this.later();
  }

  /** Somebody came or went, or others lead now. */
  later(): void {
    this.timer ??= setTimeout(() => this.tell(), TELL_EVERY_MS);
    this.timer.unref();
  }

  /** Whoever is told everything anew may have missed what was news: they hear how everybody stands. */
  tellAnew(connection: Connection): void {
    this.informed.delete(connection);
    this.later();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private standings(): Standing[] {
    const tabs = new Map<string, Connection[]>();
    for (const one of this.crowd) {
      const known = tabs.get(one.personId);
      if (known) known.push(one);
      else tabs.set(one.personId, [one]);
    }
    const within = PAINT_WITHIN_MS + sightEveryMs(this.crowd.size);
    const due = this.due.due(performance.now(), within);
    const second = this.secondDue.due(performance.now(), within);
    return [...tabs].map(([personId, own]) =>
      standingOf(
        personId,
        own.map((one) => this.toldBy(one)),
        due,
        second,
      ),
    );
  }

  /** What a tab says counts of the second presenter only while it looks along with them. */
  private toldBy({ sight, watching }: Connection): Told {
    if (sight === null || sight === 'older' || (watching !== null && watching === this.second()))
      return sight;
    return { ...sight, second: undefined };
  }

  /** Those who came early would speak as often as in a small room. */
  private setPace(): void {
    const every = sightEveryMs(this.crowd.size);
    if (every < 2 * this.pace && 2 * every > this.pace) return;
    this.pace = every;
    this.crowd.tell(new Broadcast('pace', every));
  }

  private tell(): void {
    this.timer = undefined;
    this.setPace();
    const all = this.standings();
    const news = all.filter((one) => !alike(one, this.told.get(one.personId)));
    this.told = new Map(all.map((one) => [one.personId, one]));
    const before = this.informed;
    this.informed = new Set();
    for (const one of this.crowd) {
      if (!this.leads(one.personId)) continue;
      this.informed.add(one);
      const words = before.has(one) ? news : all;
      if (words.length > 0) one.standings.offer(one.older ? words.map(inOlderWords) : words);
    }
    // What is young now may be late by the next time.
    if (this.due.waiting || this.secondDue.waiting) this.later();
  }
}

const alike = (a: Standing, b: Standing | undefined): boolean =>
  b !== undefined && a.kind === b.kind && a.missing.join() === b.missing.join();
