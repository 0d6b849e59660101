import type { Actor, SessionFacts } from '@/lib/auth/policy.ts';
import { isAppError } from '@/lib/errors.ts';
import { commitEvent, type Intent } from './commit-event.server.ts';
import type { RoomEvent } from './protocol.ts';
import { loadEvents, type StoredEvent } from './room-store.server.ts';

/** Replayed at most; a snapshot's state is whole without them. */
const REPLAYED_EVENTS = 200;

/** A session's deciding lane: one decision after the other, stored before it is shown, each intent once. */
export class DecidingLane {
  private readonly events: RoomEvent[] = [];
  /** Sequences by the id that the client made for its intent. */
  private readonly intents = new Map<string, number>();
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sessionId: string,
    stored: readonly StoredEvent[],
    /** Applies an event and tells it, in the order of the lane. */
    private readonly show: (event: RoomEvent) => void,
  ) {
    for (const one of stored) this.add(one);
  }

  get lastSeq(): number {
    return this.events.at(-1)?.seq ?? 0;
  }

  /** The sequence that an intent got when it was decided. */
  seqOf(clientId: string): number | undefined {
    return this.intents.get(clientId);
  }

  after(seq: number): RoomEvent[] {
    return this.events.slice(-REPLAYED_EVENTS).filter((event) => event.seq > seq);
  }

  /** Runs work when everything asked for before is done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(work);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  /** Stores an event, then shows it; in turn only. Returns its sequence. */
  async decide(actor: Actor, facts: SessionFacts, intent: Intent): Promise<number> {
    try {
      const event = await commitEvent(actor, this.sessionId, facts, intent);
      if (event.seq === this.lastSeq + 1) this.take({ event, clientId: intent.clientId });
      else await this.catchUp();
      return event.seq;
    } catch (error) {
      if (isAppError(error)) throw error;
      // The answer was lost, perhaps not the commit: the database tells.
      await this.catchUp();
      const seq = this.seqOf(intent.clientId);
      if (seq === undefined) throw error;
      return seq;
    }
  }

  /** Resolves when every decision asked for so far is done. */
  settled(): Promise<unknown> {
    return this.turns;
  }

  /** Takes what is stored and not known here yet, so that nobody ever sees a gap. */
  private async catchUp(): Promise<void> {
    for (const stored of await loadEvents(this.sessionId, this.lastSeq)) this.take(stored);
  }

  private take(stored: StoredEvent): void {
    this.add(stored);
    this.show(stored.event);
  }

  private add({ event, clientId }: StoredEvent): void {
    this.events.push(event);
    this.intents.set(clientId, event.seq);
  }
}
