import { AppError } from '@/lib/errors.ts';
import type { Leases } from '@/lib/live/processes/lease.server.ts';
import type { Lease } from '@/lib/live/processes/lease-keeper.server.ts';
import type { RoomEvent, SharedView } from '@/lib/live/protocol.ts';
import type { KeptBlock } from '@/lib/live/record/store.server.ts';
import { applyEvent, emptyRoom } from '@/lib/live/reducer.ts';
import type { RoomOutside } from '@/lib/live/room-outside.server.ts';
import type { SessionNow, StoredEvent } from '@/lib/live/room-store.server.ts';
import type { Random } from '../../fuzz/random.ts';
import { testImages } from '../images.ts';
import { outside } from './standstill.ts';
import { uuid } from './uuid.ts';

/** What a database keeps of one session's room, with the promises of ours: commits are whole, rows are unique. */
export class Memory {
  readonly events: StoredEvent[] = [];
  limit = 0;
  view: SharedView | null = null;
  private lease: { holder: string; epoch: number; until: number } | null = null;
  readonly record = new Map<string, KeptBlock>();

  constructor(
    readonly session: SessionNow,
    readonly items: readonly string[],
    private readonly random: Random,
  ) {}

  /** There and back, for one life of a server: after its death nothing is written any more, and nothing answered. */
  private way(life: { alive: boolean }, trouble: () => boolean) {
    const never = () => new Promise<never>(() => undefined);
    const way = () => new Promise<void>((done) => setTimeout(done, this.random.integer(12)));
    // Now and then the answer is lost, or nothing arrives.
    return async <T>(work: () => T): Promise<T> => {
      // What was asked for is done also while who has asked stands still, and reads the answer afterwards.
      await outside(way);
      if (!life.alive) return never();
      if (trouble()) throw new Error('The database does not answer');
      const result = work();
      await way();
      if (!life.alive) return never();
      if (trouble()) throw new Error('The answer was lost');
      return result;
    };
  }

  /** The leases, as one process reaches them. */
  leases(life: { alive: boolean }, trouble: () => boolean): Leases {
    const ask = this.way(life, trouble);
    return {
      take: (_, holder, forMs) =>
        ask(() => {
          const { lease } = this;
          if (lease && lease.until > performance.now()) return null;
          const epoch = (lease?.epoch ?? 0) + 1;
          this.lease = { holder, epoch, until: performance.now() + forMs };
          return epoch;
        }),
      holderOf: () => ask(() => this.lease),
      renew: (holder, sessionIds, forMs) =>
        ask(() => {
          const { lease } = this;
          if (lease?.holder !== holder) return new Map();
          lease.until = performance.now() + forMs;
          return new Map(sessionIds.map((sessionId) => [sessionId, lease.epoch]));
        }),
      release: (_, holder, { epoch }) =>
        ask(() => {
          const { lease } = this;
          if (lease?.holder === holder && lease.epoch === epoch) lease.until = 0;
        }),
    };
  }

  /** What may be written by the room's authority alone: refused to whoever is it no more. */
  private mustHold(lease: Lease | undefined): void {
    if (lease && lease.epoch !== this.lease?.epoch) throw new AppError('unavailable');
  }

  /** As one life of a server reaches it; with a lease as one of several processes. */
  reach(life: { alive: boolean }, trouble: () => boolean, lease?: Lease): RoomOutside {
    const ask = this.way(life, trouble);
    return {
      loadSession: () => ask(() => this.session),
      loadRoom: (_, session) =>
        ask(() => {
          const empty = emptyRoom(session.facts.chairId, session.agendaVersion);
          const model = this.events.reduce((room, { event }) => applyEvent(room, event), empty);
          return { model: { ...model, view: this.view }, lane: [...this.events], seqFloor: this.limit };
        }),
      loadImages: () => ask(() => testImages),
      loadEvents: (_, after) => ask(() => this.events.filter(({ event }) => event.seq > after)),
      commitEvent: (_actor, _sessionId, _facts, intent) =>
        ask(() => {
          this.mustHold(lease);
          return this.commit(intent);
        }),
      reserveSequence: (_, upTo) =>
        ask(() => {
          this.mustHold(lease);
          this.limit = Math.max(this.limit, upTo);
        }),
      saveView: (_, view) =>
        ask(() => {
          const mine = !lease || lease.epoch === this.lease?.epoch;
          if (mine && view.seq > (this.view?.seq ?? 0)) this.view = view;
        }),
      saveRecordBlock: (_, kept) =>
        ask(() => {
          if (!lease?.lost) this.record.set(kept.id, kept);
        }),
      stillEntitled: async (admission) => admission.actor,
      writeCrossing: () => ask(() => undefined),
      markAttendance: () => ask(() => undefined),
      held: () => lease?.held ?? true,
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
