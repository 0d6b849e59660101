import type { Actor, SessionFacts } from '@/lib/auth/policy.ts';
import { isAppError } from '@/lib/errors.ts';
import type { Intent } from './intent.ts';
import type { Acknowledgement, RoomEvent } from './protocol.ts';
import type { RoomOutside } from './room-outside.server.ts';
import type { StoredEvent } from './room-store.server.ts';

/** Replayed at most; a snapshot's state is whole without them. */
const REPLAYED_EVENTS = 200;
/** Of answers to intents that stored nothing so many are remembered; none is on its way for longer. */
const REMEMBERED_ANSWERS = 1000;

/** A session's deciding lane: one decision after the other, stored before it is shown, each intent once. */
export class DecidingLane {
  private readonly events: RoomEvent[] = [];
  /** Sequences by the id that the client made for its intent. */
  private readonly intents = new Map<string, number>();
  private readonly answers = new Map<string, Acknowledgement>();
  /** A commit's answer was lost: more may be stored than is known here. */
  private uncertain = false;
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sessionId: string,
    private readonly outside: Pick<RoomOutside, 'commitEvent' | 'loadEvents'>,
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

  /** What an intent that stored nothing was answered: the same one again is not judged anew. */
  answerTo(clientId: string): Acknowledgement | undefined {
    return this.answers.get(clientId);
  }

  remember(clientId: string, answer: Acknowledgement): Acknowledgement {
    this.answers.set(clientId, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > REMEMBERED_ANSWERS && oldest !== undefined) this.answers.delete(oldest);
    return answer;
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

  /** Resolves when all that is stored is known here, so that it can be judged by; in turn only. */
  async certain(): Promise<void> {
    if (this.uncertain) await this.catchUp();
  }

  /** Stores an event, then shows it; in turn only. Returns its sequence. */
  async decide(actor: Actor, facts: SessionFacts, intent: Intent): Promise<number> {
    try {
      const event = await this.outside.commitEvent(actor, this.sessionId, facts, intent);
      if (event.seq === this.lastSeq + 1) this.take({ event, clientId: intent.clientId });
      else await this.catchUp();
      return event.seq;
    } catch (error) {
      if (isAppError(error)) throw error;
      // The answer was lost, perhaps not the commit: the database tells.
      this.uncertain = true;
      await this.certain();
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
    for (const stored of await this.outside.loadEvents(this.sessionId, this.lastSeq)) this.take(stored);
    this.uncertain = false;
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
