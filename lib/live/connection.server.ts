import { Broadcast } from './broadcast.server.ts';
import type { Admission } from './handshake.server.ts';
import { LatestSlot } from './latest-slot.ts';
import type { Line } from './line.server.ts';
import { mergeMarks } from './mark-state.ts';
import { MessageBudget } from './message-budget.ts';
import { liveMetrics } from './metrics.server.ts';
import { broadcastForPlain } from './plain-pages.ts';
import { type Participant, PROTOCOL_VERSION, type Snapshot, type Standing } from './protocol.ts';
import type { Told } from './standing.ts';

/** A tab may send views, pointers and marks at sixty a second each, and what it has painted; more is a flood. */
const LOOKING = { rate: 240, burst: 480 };
const DECIDING = { rate: 10, burst: 40 };
const REFUSALS_EVERY_MS = 1000;

/** One tab of one person: its wire, its latest-value slots, its budgets. */
export class Connection {
  readonly view: LatestSlot<Broadcast<'view'>>;
  readonly glimpses: LatestSlot<Broadcast<'glimpse'>>;
  readonly taken: LatestSlot<Broadcast<'taken'>>;
  readonly pointers: LatestSlot<Broadcast<'pointers'>>;
  readonly marks: LatestSlot<Broadcast<'marks'>>;
  readonly standings: LatestSlot<readonly Standing[]>;
  /** What this tab says that it has painted. */
  sight: Told;
  /** Whom this tab looks along with, who does not present. */
  watching: string | null = null;
  private readonly looking = new MessageBudget(LOOKING.rate, LOOKING.burst, performance.now());
  private readonly deciding = new MessageBudget(DECIDING.rate, DECIDING.burst, performance.now());
  private readonly refusedAt = new Map<string, number>();

  constructor(
    readonly line: Line,
    readonly admission: Admission,
    /** How the others see this person. */
    public participant: Participant,
  ) {
    const pass = (told: Broadcast) => line.pass(told);
    const fitting = (told: Broadcast<'view'> | Broadcast<'glimpse'>) => line.pass(broadcastForPlain(told));
    this.view = new LatestSlot<Broadcast<'view'>>(line, admission.plain ? fitting : pass);
    this.glimpses = new LatestSlot<Broadcast<'glimpse'>>(line, admission.plain ? fitting : pass);
    this.taken = new LatestSlot<Broadcast<'taken'>>(line, pass);
    this.pointers = new LatestSlot<Broadcast<'pointers'>>(
      line,
      pass,
      (waiting, next) => new Broadcast('pointers', mergeByPerson(waiting.content, next.content)),
    );
    this.marks = new LatestSlot<Broadcast<'marks'>>(
      line,
      pass,
      (waiting, next) => new Broadcast('marks', mergeMarks(waiting.content, next.content)),
    );
    this.standings = new LatestSlot(
      line,
      (all) => line.pass(new Broadcast('standings', [...all])),
      mergeByPerson,
    );
    this.sight = this.older ? 'older' : null;
  }

  /** A page of an earlier version. */
  get older(): boolean {
    return this.admission.protocol < PROTOCOL_VERSION;
  }

  get personId(): string {
    return this.participant.personId;
  }

  mayLook(): boolean {
    return this.looking.take(performance.now());
  }

  mayDecide(): boolean {
    return this.deciding.take(performance.now());
  }

  /** Tells everything as it is now. Pointers that still waited for the line are older than that. */
  tellAll(snapshot: Snapshot): void {
    this.pointers.forget();
    this.line.emit('snapshot', snapshot);
  }

  /** Counts a refused message and says why, at most once a second per reason: an answer must not feed a flood. */
  refuse(code: string): void {
    liveMetrics.refused.inc({ code });
    const now = performance.now();
    if (now - (this.refusedAt.get(code) ?? Number.NEGATIVE_INFINITY) < REFUSALS_EVERY_MS) return;
    this.refusedAt.set(code, now);
    this.line.emit('refused', { code });
  }

  /** Shows somebody out, with the reason. */
  end(code: string): void {
    if (!this.line.open) return;
    liveMetrics.refused.inc({ code });
    this.line.emit('ended', { code });
    this.hangUp();
  }

  /** Ends the connection without a reason to stay away: the page comes back by itself. */
  hangUp(): void {
    this.line.hangUp();
  }
}

/** Updates that wait are folded: the latest of each person. */
export function mergeByPerson<T extends { personId: string }>(
  waiting: readonly T[],
  next: readonly T[],
): T[] {
  const latest = new Map(waiting.map((update) => [update.personId, update]));
  for (const update of next) latest.set(update.personId, update);
  return [...latest.values()];
}
