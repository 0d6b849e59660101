import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import type { Admission } from '@/lib/live/handshake.server.ts';
import type { Lease } from '@/lib/live/processes/lease-keeper.server.ts';
import { OLDEST_SERVED, PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomOutside } from '@/lib/live/room-outside.server.ts';
import { type Random, random as randomOf } from '../../fuzz/random.ts';
import { Bus } from './bus.ts';
import { equalAtTheEnd, truthful } from './judge.ts';
import { Memory } from './memory.ts';
import { type Life, ServerLife } from './server-life.ts';
import { SharedLife } from './shared-life.ts';
import { LifeState, within } from './standstill.ts';
import { FuzzTab, zOf } from './tab.ts';
import { uuid } from './uuid.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { Weather } from './wires.ts';

const STEPS = 160;
const sessionId = '00000000-0000-4000-8000-000000000001';

/** A way to break the product for a test of this test: what the rooms reach outside is wrapped. */
export type Plant = { outside?: (outside: RoomOutside) => RoomOutside };

/**
 * One meeting by the product's own rooms and clients, in memory and by a virtual clock: six tabs of five persons, one
 * of them of the version before, and two that are too old and too new; lines that are slow and break, a database that
 * fails now and then, a server that is killed and replaced. Every second meeting has lines that also drop, double and
 * overtake single messages; there every client comes back once before the end. With two `processes` they share the
 * database and a bus, each connection comes to either, and now and then one of them stands still for a while. Returns
 * what went wrong: nothing.
 */
export async function meeting(seed: number, plant: Plant = {}, processes = 1): Promise<string[]> {
  const random = randomOf(seed);
  const clock = new VirtualClock(random);
  clock.install();
  try {
    return await new Meeting(random, seed % 2 === 1, clock, plant, processes).run();
  } finally {
    clock.restore();
  }
}

class Meeting {
  private calm = false;
  /** What runs in each process's place. */
  private readonly lives: (Life | null)[];
  /** Where each tab is connected to. */
  private readonly at = new Map<FuzzTab, { readonly place: number }>();
  private readonly bus: Bus;
  private readonly numbered = new Map<number, string>();
  private readonly actors = new Map<string, AuthenticatedActor>();
  private readonly items: string[];
  private readonly weather: Weather;
  private readonly memory: Memory;
  private readonly tabs: FuzzTab[] = [];
  private z = 0;
  /** The last move of whoever presented then; void as soon as something is decided. */
  private claim: { tab: FuzzTab; z: number; lastSeq: number } | null = null;

  constructor(
    private readonly random: Random,
    private readonly loses: boolean,
    private readonly clock: VirtualClock,
    private readonly plant: Plant,
    private readonly processes: number,
  ) {
    const bad = () => this.loses && !this.calm;
    const slow = () => !this.calm && random.chance(0.1);
    // A process takes what it has passed on for told: lines in order are TCP's promise, and only the bus loses.
    this.weather = { random, loses: () => processes === 1 && bad(), slow };
    this.bus = new Bus({ random, loses: bad, slow });
    this.lives = Array.from({ length: processes }, () => null);
    this.items = [uuid(random), uuid(random), uuid(random)];
    const persons = ['chair', 'ann', 'bob', 'eve', 'old'].map((displayName) => {
      const personId = uuid(random);
      this.actors.set(personId, { personId, displayName, memberships: [], locale: 'en', door: 'live' });
      return personId;
    });
    const [chair = '', , bob = '', , old = ''] = persons;
    const facts = {
      kind: 'session' as const,
      centreId: uuid(random),
      chairId: chair,
      participantIds: persons,
    };
    this.memory = new Memory({ facts, cancelled: false, agendaVersion: 1 }, this.items, random);
    const protocolOf = (personId: string) => PROTOCOL_VERSION - (personId === old ? 1 : 0);
    for (const personId of [...persons, bob]) this.enter(personId, protocolOf(personId));
    for (const protocol of [OLDEST_SERVED - 1, PROTOCOL_VERSION + 1]) this.enter(bob, protocol);
  }

  private enter(personId: string, protocol: number): void {
    const at = { place: 0 };
    const server = () => {
      at.place = this.somewhere();
      return this.lives[at.place]?.accept ?? null;
    };
    const tab = new FuzzTab({ personId, protocol }, sessionId, server, this.weather, this.numbered);
    this.at.set(tab, at);
    this.tabs.push(tab);
  }

  private get served(): FuzzTab[] {
    return this.tabs.filter((tab) => tab.speaks);
  }

  async run(): Promise<string[]> {
    for (const place of this.lives.keys()) this.start(place);
    for (let step = 0; step < STEPS; step += 1) {
      await this.step();
      await this.clock.pass(this.random.integer(80));
    }
    await this.heal();
    const wrong = [...truthful(this.tabs, this.memory), ...this.claimed()];
    wrong.push(...(await this.conclude()));
    for (const tab of this.tabs) tab.client.close();
    // What a room writes down at its end takes its time too.
    const stopped = Promise.all(this.lives.map((life) => life?.stop()));
    await this.clock.pass(4000);
    await stopped;
    return wrong;
  }

  // ---------------------------------------------------------------------------------------------------- the server

  private start(place: number): void {
    const state = new LifeState();
    const trouble = () => !this.calm && this.random.chance(0.02);
    const reach = (lease?: Lease) => {
      const outside = this.memory.reach(state, trouble, lease);
      return this.plant.outside?.(outside) ?? outside;
    };
    const shared = { fenced: reach, stillEntitled: async ({ actor }: Admission) => actor };
    const leases = this.memory.leases(state, trouble);
    this.lives[place] =
      this.processes > 1
        ? within(state, () => new SharedLife(state, sessionId, shared, leases, this.bus, this.actors))
        : new ServerLife(state, reach(), this.actors);
  }

  private somewhere(): number {
    return this.processes > 1 ? this.random.integer(this.processes) : 0;
  }

  private cutAll(place: number): void {
    for (const tab of this.tabs) if (this.at.get(tab)?.place === place) tab.cut();
  }

  /** Killed: nothing of it is left but what was written. */
  private kill(): void {
    const place = this.somewhere();
    const life = this.lives[place];
    if (!life) return;
    life.kill();
    this.lives[place] = null;
    this.cutAll(place);
    setTimeout(() => this.lives[place] ?? this.start(place), this.random.integer(1500));
  }

  /** Replaced by the next one, in good order; one that stands still does not hear that it is to go. */
  private replace(): void {
    const place = this.somewhere();
    const leaving = this.lives[place];
    if (leaving && leaving.state.standsUntil > performance.now()) return;
    this.lives[place] = null;
    void leaving?.stop().then(() => {
      this.cutAll(place);
      if (!this.lives[place]) this.start(place);
    });
  }

  /** Not heard of for longer than the others trust it, and not for as long as its lease. */
  private stall(): void {
    const life = this.lives[this.somewhere()];
    if (life) life.state.standsUntil = performance.now() + 1000 + this.random.integer(400);
  }

  // ---------------------------------------------------------------------------------------------------- the people

  private async step(): Promise<void> {
    const { random } = this;
    const tab = random.pick(this.served);
    const dice = random.integer(100);
    if (dice < 45) this.move(random.chance(0.7) ? this.presenting(tab) : tab);
    else if (dice < 52) tab.client.follow();
    else if (dice < 57) this.point(tab);
    else if (dice < 58) this.moveElsewhere(this.presenting(tab));
    else if (dice < 60) tab.client.watch(this.second(tab) ?? random.pick(this.served).who.personId);
    else if (dice < 82) this.decide(tab);
    else if (dice < 90) tab.cut();
    else if (dice < 95) tab.client.hidden(random.chance(0.5));
    else if (dice < 97) this.kill();
    else if (dice < 98) this.replace();
    else if (this.processes > 1) this.stall();
  }

  private presenting(otherwise: FuzzTab): FuzzTab {
    return this.served.find((tab) => tab.client.presenting) ?? otherwise;
  }

  /** Every second time whom to look along with is the second presenter. */
  private second(tab: FuzzTab): string | null {
    return this.random.chance(0.5) ? (tab.client.state.room?.secondId ?? null) : null;
  }

  private move(tab: FuzzTab): void {
    this.z += 1;
    const presents = tab.client.presenting && tab.client.state.room?.currentItemId;
    tab.move(this.z);
    if (presents) this.claim = { tab, z: this.z, lastSeq: tab.client.state.room?.lastSeq ?? 0 };
  }

  private moveElsewhere(tab: FuzzTab): void {
    this.z += 1;
    tab.moveElsewhere(this.z);
    this.claim = null;
  }

  private point(tab: FuzzTab): void {
    const mm: [number, number, number] = [this.random.integer(100), 0, 0];
    const at = { viewportId: 'v1', seriesUid: '1.2', frameOfReferenceUid: '1.3', mm };
    tab.client.point(this.random.chance(0.2) ? null : at);
  }

  private decide(tab: FuzzTab): void {
    const { random } = this;
    const { room } = tab.client.state;
    const pollId = room?.poll.openId ?? uuid(random);
    const somebody = () => random.pick(this.served).who.personId;
    tab.ask(
      random.pick([
        { type: 'control.request' },
        { type: 'control.withdraw', personId: somebody() },
        { type: 'control.give', to: somebody() },
        { type: 'control.give', to: somebody(), forSeconds: 10 },
        { type: 'control.return' },
        { type: 'observer.mark', personId: somebody() },
        { type: 'observer.unmark', personId: somebody() },
        { type: 'control.take' },
        { type: 'second.name', personId: somebody() },
        { type: 'second.end' },
        {
          type: 'waiting.admit',
          personId: random.pick([somebody(), uuid(random)]),
          observer: random.chance(0.5),
        },
        { type: 'waiting.decline', personId: uuid(random) },
        { type: 'annotation.allow', personId: random.pick([somebody(), null]) },
        { type: 'annotation.stop', personId: random.pick([somebody(), null]) },
        { type: 'annotation.put', itemId: this.openIn(tab), drawn: drawnAs(`${random.integer(4)}`) },
        { type: 'annotation.remove', itemId: this.openIn(tab), annotationId: `${random.integer(4)}` },
        { type: 'hand.raise' },
        { type: 'record.set', on: random.chance(0.5) },
        { type: 'record.mark', text: 'here' },
        { type: 'hand.lower', personId: somebody() },
        {
          type: 'poll.ask',
          itemId: room?.currentItemId ?? uuid(random),
          question: 'Operable?',
          options: ['yes', 'no'],
          hidden: true,
        },
        { type: 'poll.vote', pollId, option: random.integer(2) },
        { type: 'poll.close', pollId },
        { type: 'item.open', itemId: random.pick([...this.items, uuid(random)]) },
      ]),
    );
  }

  private openIn(tab: FuzzTab): string {
    return tab.client.state.room?.currentItemId ?? uuid(this.random);
  }

  // ------------------------------------------------------------------------------------------------------- the end

  private async heal(): Promise<void> {
    this.calm = true;
    await this.clock.pass(4000);
    if (this.loses) for (const tab of this.served) tab.client.reconnect();
    for (const tab of this.served) tab.client.hidden(false);
    await this.clock.pass(8000);
  }

  /** Whoever presented and moved last, with nothing decided since: all see that, whatever broke meanwhile. */
  private claimed(): string[] {
    const { claim } = this;
    const alone =
      claim && this.served.filter((tab) => tab.who.personId === claim.tab.who.personId).length === 1;
    if (!claim || !alone || this.loses || this.memory.events.length !== claim.lastSeq) return [];
    return this.served.flatMap((tab) => {
      const z = zOf(tab.client.state.room?.view);
      return z === claim.z ? [] : [`the presenter stopped at ${claim.z}, ${tab.who.personId} has ${z}`];
    });
  }

  /** One more case and one more move: all see exactly that. */
  private async conclude(): Promise<string[]> {
    const [chair] = this.served;
    const itemId = this.random.pick(this.items);
    chair?.ask({ type: 'item.open', itemId });
    await this.clock.pass(1000);
    const presenterId = chair?.client.state.room ? presenterOf(chair.client.state.room) : '';
    const presenter = this.served.find((tab) => tab.who.personId === presenterId);
    presenter?.move(1_000_000);
    await this.clock.pass(4000);
    return equalAtTheEnd(this.served, this.memory, { z: 1_000_000, itemId });
  }
}
