import { expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { drawnAs } from './annotation.fixture.ts';
import { judge } from './judge.ts';
import {
  type Command,
  type Participant,
  type PointerUpdate,
  PROTOCOL_VERSION,
  type RoomEvent,
  type SharedView,
  type Snapshot,
} from './protocol.ts';
import {
  applyEvent,
  applyParticipants,
  applyPointers,
  applySnapshot,
  applyView,
  emptyRoom,
  presenterOf,
  type RoomModel,
} from './reducer.ts';
import { plainView } from './view-state.ts';

const SEEDS = 200;
const STEPS = 150;
const everybody = ['chair', 'ann', 'bob', 'eve'];
const items = ['item-1', 'item-2', 'item-3'];
const drawings = ['drawn-1', 'drawn-2', 'drawn-3'];

type Message =
  | { kind: 'event'; event: RoomEvent }
  | { kind: 'view'; view: SharedView }
  | { kind: 'pointers'; updates: PointerUpdate[] }
  | { kind: 'participants'; participants: Participant[] }
  | { kind: 'snapshot'; snapshot: Snapshot };

/** What was decided, which must be the same for all who are at the same sequence. */
const decided = (room: RoomModel) =>
  JSON.stringify([
    room.lastSeq,
    presenterOf(room),
    room.currentItemId,
    room.requests,
    room.hands,
    room.clock,
    room.loan,
    room.observers,
    room.secondId,
    room.annotations,
    room.poll,
  ]);

class Server {
  model: RoomModel = emptyRoom('chair');
  readonly events: RoomEvent[] = [];
  readonly history = new Set([decided(this.model)]);
  private viewSeq = 0;

  constructor(private readonly roll: () => number) {}

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.roll() * list.length)] as T;
  }

  /** Something happens; what everybody is to hear of it. */
  step(): Message | null {
    const by = this.pick(everybody);
    switch (Math.floor(this.roll() * 5)) {
      case 0:
        return this.participants();
      case 1:
        return this.pointer(by);
      case 2:
        return this.look();
      default:
        return this.decide(by);
    }
  }

  private participants(): Message {
    const participants = everybody
      .filter(() => this.roll() < 0.8)
      .map((personId) => ({
        personId,
        displayName: personId,
        centreCode: '',
        specialty: null,
        role: 'clinician',
        colour: '',
      }));
    this.model = applyParticipants(this.model, participants);
    return { kind: 'participants', participants };
  }

  private pointer(personId: string): Message {
    const pointer =
      this.roll() < 0.2
        ? null
        : {
            viewportId: 'v1',
            seriesUid: '1',
            frameOfReferenceUid: '1',
            mm: [this.roll(), 0, 0] as [number, number, number],
          };
    const updates = [{ personId, pointer }];
    this.model = applyPointers(this.model, updates);
    return { kind: 'pointers', updates };
  }

  private look(): Message {
    this.viewSeq += 1;
    const view = {
      seq: this.viewSeq,
      itemId: this.model.currentItemId ?? 'none',
      by: presenterOf(this.model),
      view: {
        layout: `${this.roll()}`,
        activeViewportId: null,
        viewports: [],
        structureSets: [],
        ...plainView,
      },
    };
    this.model = applyView(this.model, view);
    return { kind: 'view', view };
  }

  private decide(by: string): Message | null {
    const clientId = 'any';
    const command = this.pick<Command>([
      { type: 'control.request', clientId },
      { type: 'control.withdraw', clientId, personId: this.pick(everybody) },
      { type: 'control.give', clientId, to: this.pick(everybody) },
      { type: 'control.give', clientId, to: this.pick(everybody), forSeconds: 60 },
      { type: 'control.return', clientId },
      { type: 'observer.mark', clientId, personId: this.pick(everybody) },
      { type: 'observer.unmark', clientId, personId: this.pick(everybody) },
      { type: 'control.take', clientId },
      { type: 'annotation.allow', clientId, personId: this.pick([...everybody, null]) },
      { type: 'annotation.stop', clientId, personId: this.pick([...everybody, null]) },
      { type: 'annotation.put', clientId, itemId: this.pick(items), drawn: drawnAs(this.pick(drawings)) },
      { type: 'annotation.remove', clientId, itemId: this.pick(items), annotationId: this.pick(drawings) },
      { type: 'item.open', clientId, itemId: this.pick(items) },
      { type: 'hand.raise', clientId },
      { type: 'record.set', clientId, on: this.pick([true, false]) },
      { type: 'record.mark', clientId, text: '' },
      { type: 'hand.lower', clientId, personId: this.pick(everybody) },
    ]);
    const verdict = judge(this.model, by, command, this.model.lastSeq * 1000);
    if (!verdict.ok || !verdict.event) return null;
    const event = {
      ...verdict.event,
      seq: this.model.lastSeq + 1,
      by,
      at: new Date(this.model.lastSeq * 1000).toISOString(),
    };
    this.model = applyEvent(this.model, event);
    this.events.push(event);
    this.history.add(decided(this.model));
    return { kind: 'event', event };
  }

  snapshot(me: string, lastSeq: number): Snapshot {
    const { model } = this;
    return {
      protocol: PROTOCOL_VERSION,
      sightEveryMs: 250,
      me,
      chairId: model.chairId,
      presenterId: presenterOf(model),
      currentItemId: model.currentItemId,
      requests: [...model.requests],
      hands: [...model.hands],
      clock: model.clock,
      poll: model.poll,
      now: '2026-01-01T00:00:00.000Z',
      participants: [...model.participants],
      pointers: Object.entries(model.pointers).map(([personId, pointer]) => ({ personId, pointer })),
      agendaVersion: model.agendaVersion,
      view: model.view,
      lastSeq: model.lastSeq,
      events: this.events.filter((event) => event.seq > lastSeq),
      gone: model.gone,
      loan: model.loan,
      secondId: model.secondId,
      observers: [...model.observers],
      annotations: model.annotations,
      recording: model.recording,
    };
  }
}

/** A client at the end of a line that drops, doubles and reorders. */
class Client {
  room: RoomModel | null = null;
  private line: Message[] = [];

  constructor(
    readonly me: string,
    private readonly server: Server,
    private readonly roll: () => number,
  ) {}

  send(message: Message): void {
    if (this.roll() < 0.25) return;
    this.line.push(message);
    if (this.roll() < 0.2) this.line.push(message);
  }

  /** Takes one message of the line, mostly the oldest. */
  receive(): void {
    const at = this.roll() < 0.7 ? 0 : Math.floor(this.roll() * this.line.length);
    const [message] = this.line.splice(at, 1);
    if (message) this.take(message);
  }

  receiveAll(): void {
    while (this.line.length > 0) this.receive();
  }

  join(): void {
    this.take({ kind: 'snapshot', snapshot: this.server.snapshot(this.me, this.room?.lastSeq ?? 0) });
  }

  private take(message: Message): void {
    if (message.kind === 'snapshot') {
      this.room = applySnapshot(this.room, message.snapshot);
      return;
    }
    if (!this.room) return;
    switch (message.kind) {
      case 'event':
        this.room = applyEvent(this.room, message.event);
        // The resync's answer takes the same bad line.
        if (this.room.gap)
          this.send({ kind: 'snapshot', snapshot: this.server.snapshot(this.me, this.room.lastSeq) });
        return;
      case 'view':
        this.room = applyView(this.room, message.view);
        return;
      case 'pointers':
        this.room = applyPointers(this.room, message.updates);
        return;
      case 'participants':
        this.room = applyParticipants(this.room, message.participants);
        return;
    }
  }
}

/** Everything that clients must agree about. */
const whole = (room: RoomModel | null) => room && { ...room, givenTo: presenterOf(room) };

test(`S4, D2, L3: ${SEEDS} meetings over lines that drop, double and reorder`, () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const roll = random(seed).next;
    const server = new Server(roll);
    const clients = everybody.map((me) => new Client(me, server, roll));
    const wrong: string[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const message = server.step();
      for (const client of clients) {
        if (message) client.send(message);
        const before = client.room;
        // Now and then somebody joins, late or again.
        if (roll() < 0.02) client.join();
        else if (roll() < 0.7) client.receive();
        const now = client.room;
        if (!now) continue;
        if (!server.history.has(decided(now))) wrong.push(`step ${step}: ${client.me} decided otherwise`);
        const isBack =
          now.lastSeq < (before?.lastSeq ?? 0) || (now.view?.seq ?? 0) < (before?.view?.seq ?? 0);
        if (isBack) wrong.push(`step ${step}: ${client.me} went back`);
      }
    }
    expect(wrong, `seed ${seed}`).toEqual([]);
    for (const client of clients) {
      client.receiveAll();
      client.join();
      expect(whole(client.room), `seed ${seed}: ${client.me} at the end`).toEqual(whole(server.model));
    }
  }
}, 60_000);
