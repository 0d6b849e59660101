import { AppError } from '@/lib/errors.ts';
import type { RoomEvent, SharedView } from '@/lib/live/protocol.ts';
import type { KeptBlock } from '@/lib/live/record/store.server.ts';
import { applyEvent, emptyRoom } from '@/lib/live/reducer.ts';
import type { RoomOutside } from '@/lib/live/room-outside.server.ts';
import type { SessionNow, StoredEvent } from '@/lib/live/room-store.server.ts';
import type { Random } from '../../fuzz/random.ts';
import { uuid } from './uuid.ts';

/** What a database keeps of one session's room, with the promises of ours: commits are whole, rows are unique. */
export class Memory {
  readonly events: StoredEvent[] = [];
  limit = 0;
  view: SharedView | null = null;
  readonly record = new Map<string, KeptBlock>();

  constructor(
    readonly session: SessionNow,
    readonly items: readonly string[],
    private readonly random: Random,
  ) {}

  /** As one life of the server reaches it: after its death nothing is written any more, and nothing answered. */
  reach(life: { alive: boolean }, trouble: () => boolean): RoomOutside {
    const never = () => new Promise<never>(() => undefined);
    const way = () => new Promise<void>((done) => setTimeout(done, this.random.integer(12)));
    /** There and back; now and then the answer is lost, or nothing arrives. */
    const ask = async <T>(work: () => T): Promise<T> => {
      await way();
      if (!life.alive) return never();
      if (trouble()) throw new Error('The database does not answer');
      const result = work();
      await way();
      if (!life.alive) return never();
      if (trouble()) throw new Error('The answer was lost');
      return result;
    };
    return {
      loadSession: () => ask(() => this.session),
      loadRoom: (_, session) =>
        ask(() => {
          const empty = emptyRoom(session.facts.chairId);
          const model = this.events.reduce((room, { event }) => applyEvent(room, event), empty);
          return { model: { ...model, view: this.view }, lane: [...this.events], seqFloor: this.limit };
        }),
      loadEvents: (_, after) => ask(() => this.events.filter(({ event }) => event.seq > after)),
      commitEvent: (_actor, _sessionId, _facts, intent) => ask(() => this.commit(intent)),
      reserveSequence: (_, upTo) =>
        ask(() => {
          this.limit = Math.max(this.limit, upTo);
        }),
      saveView: (_, view) =>
        ask(() => {
          if (view.seq > (this.view?.seq ?? 0)) this.view = view;
        }),
      saveRecordBlock: (_, kept) =>
        ask(() => {
          this.record.set(kept.id, kept);
        }),
      stillEntitled: async (admission) => admission.actor,
      writeCrossing: () => ask(() => undefined),
      markAttendance: () => ask(() => undefined),
      held: () => true,
    };
  }

  private commit({
    clientId,
    by,
    poll,
    option: _,
    declined: __,
    ...intent
  }: Parameters<RoomOutside['commitEvent']>[3]): RoomEvent {
    if (intent.type === 'item.open' && !this.items.includes(intent.itemId ?? ''))
      throw new AppError('not_found');
    if (this.events.some((one) => one.clientId === clientId)) throw new Error('Unique constraint');
    const asked = poll ? { pollId: uuid(this.random) } : {};
    const event = {
      ...intent,
      ...asked,
      by,
      seq: this.events.length + 1,
      at: new Date(Date.now()).toISOString(),
    };
    this.events.push({ event, clientId });
    return event;
  }
}
