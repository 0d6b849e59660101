import { RoomClient } from '@/lib/live/client.ts';
import {
  type Acknowledgement,
  type Command,
  OLDEST_SERVED,
  PROTOCOL_VERSION,
  type RoomEvent,
} from '@/lib/live/protocol.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import { viewAt } from '../view-at.ts';
import { uuid } from './uuid.ts';
import { type Accept, FakeSocket, type Weather } from './wires.ts';

export type Who = { personId: string; protocol: number };
export type Asked = { command: Command; answer: Acknowledgement | null };

/** A series that no case has. */
export const ELSEWHERE = '1.2.77.1';

/** The patient position of a view of `viewAt`. */
export const zOf = (
  view: { view: { viewports: { focalMm: readonly number[] | null }[] } } | null | undefined,
) => view?.view.viewports[0]?.focalMm?.[2] ?? null;

/** One tab: the product's client, with a viewer that takes its time to paint, and a note of all that it was told. */
export class FuzzTab {
  readonly client: RoomClient;
  readonly events: RoomEvent[] = [];
  readonly asked: Asked[] = [];
  readonly wrong: string[] = [];
  private highest = 0;
  private socket!: FakeSocket;

  constructor(
    readonly who: Who,
    sessionId: string,
    server: () => Accept | null,
    private readonly weather: Weather,
    /** By whom and where each numbered view was, for all tabs and lives together. */
    private readonly numbered: Map<number, string>,
  ) {
    this.client = new RoomClient(
      {
        sessionId,
        token: who.personId,
        offlineAfterMs: 3000,
        dial: (_, { auth }) => {
          this.socket = new FakeSocket(server, weather, () => this.greeting(auth));
          if (who.protocol < PROTOCOL_VERSION) this.socket.forget('sight');
          return this.socket.asSocket();
        },
      },
      {
        onView: (view) => {
          if (!view) return;
          this.mustBeOfCase(view.view);
          this.note(view.seq, `${view.by} at ${zOf(view)}`);
          setTimeout(() => this.client.painted(view.seq, []), 5 + weather.random.integer(60));
        },
        onGlimpse: (view, _itemId, n) => {
          this.mustBeOfCase(view);
          if (n === undefined) return;
          setTimeout(() => this.client.along.painted(n, []), 5 + weather.random.integer(60));
        },
        onEvent: (event) => this.events.push(event),
      },
    );
  }

  private greeting(auth: unknown): Record<string, unknown> {
    let greeting: Record<string, unknown> = {};
    if (typeof auth === 'function')
      auth((given: Record<string, unknown>) => {
        greeting = given;
      });
    return { ...greeting, protocol: this.who.protocol };
  }

  get speaks(): boolean {
    return this.who.protocol >= OLDEST_SERVED && this.who.protocol <= PROTOCOL_VERSION;
  }

  cut(): void {
    this.socket.lose();
  }

  /** Moves the viewer by hand. */
  move(z: number): void {
    this.client.moved(viewAt(z));
  }

  /** The same with a series that is of no case of this session. */
  moveElsewhere(z: number): void {
    this.client.moved(viewAt(z, { seriesUid: ELSEWHERE }));
  }

  ask(intent: Record<string, unknown>): void {
    const command = { ...intent, clientId: uuid(this.weather.random) } as Command;
    const asked: Asked = { command, answer: null };
    this.asked.push(asked);
    void this.client.command(command).then((answer) => {
      asked.answer = answer;
    });
  }

  private mustBeOfCase({ viewports }: ViewState): void {
    if (viewports.some(({ seriesUid }) => seriesUid === ELSEWHERE))
      this.wrong.push(`${this.who.personId} was shown what is not of the case`);
  }

  private note(seq: number, what: string): void {
    const known = this.numbered.get(seq);
    if (known !== undefined && known !== what) this.wrong.push(`view ${seq} is ${known}, and ${what}`);
    this.numbered.set(seq, what);
    if (seq < this.highest) this.wrong.push(`view ${seq} after ${this.highest}`);
    this.highest = seq;
  }
}
