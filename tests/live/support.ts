import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { RoomClient } from '@/lib/live/client.ts';
import type { MarkUpdate } from '@/lib/live/mark-state.ts';
import type { Together } from '@/lib/live/processes/redis.server.ts';
import {
  type ClientMessages,
  type Command,
  type Notice,
  PROTOCOL_VERSION,
  type RoomEvent,
  type ServerMessages,
  type SharedView,
} from '@/lib/live/protocol.ts';
import { attachLive } from '@/lib/live/room.server.ts';
import type { RoomClientOptions } from '@/lib/live/room-state.ts';
import type { RoomTimes } from '@/lib/live/room-times.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { type Board, createTestBoard, createTestSession, type Session } from './board.ts';

export { createTestSession } from './board.ts';
export { viewAt } from './view-at.ts';

export type LiveServer = { origin: string; port: number; stop: () => Promise<void> };

/** An HTTP server with the rooms' door and nothing else, on a free port or on a given one. */
export async function startLive(
  options: { port?: number; times?: Partial<RoomTimes>; together?: Together } = {},
): Promise<LiveServer> {
  const server = createServer();
  const live = attachLive(
    server,
    { presenterGraceMs: 100, saveViewMs: 20, ...options.times },
    options.together,
  );
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await live.close();
      await closed;
    },
  };
}

/** Waits for what will be so; long enough for a machine that does much else. */
export const until = <T>(sight: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(sight, { timeout: 15_000, interval: 10 });

export type Person = keyof World['actors'];

/** What a file of live tests stands on: a database with its people, a server, and a fresh session for each test. */
export class Stage {
  database!: TestDatabase;
  world!: World;
  server!: LiveServer;
  board!: Board;
  session!: Session;
  readonly doors = new Doors();

  get actors(): World['actors'] {
    return this.world.actors;
  }

  /** A tab of this person, in the room. */
  async enter(who: Person, more: Partial<RoomClientOptions> = {}): Promise<Tab> {
    const tab = await this.knock(who, more);
    await until(() => expect(tab.state.connection).toBe('live'));
    return tab;
  }

  /** A tab of this person, whether or not it is let in. */
  knock(who: Person, more: Partial<RoomClientOptions> = {}): Promise<Tab> {
    return this.doors.tab(this.server.origin, this.session.id, this.actors[who], more);
  }

  /** A plain socket of this person, in the room. */
  async enterRaw(who: Person): Promise<RawSocket> {
    const socket = await this.knockRaw(who);
    await new Promise((resolve) => socket.once('snapshot', resolve));
    return socket;
  }

  async knockRaw(who: Person): Promise<RawSocket> {
    const greeting = await this.doors.greeting(this.session.id, this.actors[who]);
    return this.doors.raw(this.server.origin, greeting);
  }

  /** Chair, oncologist and the nuclear physician of another centre, in the room, the first case open. */
  async meeting(): Promise<{ chair: Tab; oncologist: Tab; nuclear: Tab }> {
    const [chair, oncologist, nuclear] = await Promise.all([
      this.enter('chair'),
      this.enter('oncologist'),
      this.enter('nuclear'),
    ]);
    const itemId = this.session.items[0];
    await chair.decide({ type: 'item.open', itemId });
    for (const tab of [chair, oncologist, nuclear])
      await until(() => {
        expect(tab.room.currentItemId).toBe(itemId);
        expect(tab.room.participants).toHaveLength(3);
      });
    return { chair, oncologist, nuclear };
  }
}

/** Sets the stage for a test file. */
export function setStage(times: Partial<RoomTimes> = {}): Stage {
  const stage = new Stage();
  beforeAll(async () => {
    stage.database = await createTestDatabase();
    stage.world = await createWorld();
    stage.board = await createTestBoard(stage.world);
    stage.server = await startLive({ times });
  });
  beforeEach(async () => {
    stage.session = await createTestSession(stage.world, stage.board);
  });
  afterEach(() => stage.doors.closeAll());
  afterAll(async () => {
    await stage.server.stop();
    await stage.database.close();
  });
  return stage;
}

/** One tab of one person, with everything that it was told. */
export class Tab {
  readonly client: RoomClient;
  readonly views: (SharedView | null)[] = [];
  readonly glimpses: ViewState[] = [];
  /** Of those that were the second presenter's. */
  readonly glimpseNumbers: number[] = [];
  readonly seqs: number[] = [];
  readonly events: RoomEvent[] = [];
  readonly notices: Notice[] = [];
  readonly marks: MarkUpdate[] = [];
  readonly refusals: string[] = [];
  /** Whether this tab's viewer paints what it is to show, as soon as it is asked to. */
  paints = true;

  constructor(options: RoomClientOptions) {
    this.client = new RoomClient(options, {
      onView: (view) => {
        this.views.push(view);
        if (view && this.paints) queueMicrotask(() => this.client.painted(view.seq, []));
      },
      onGlimpse: (view, _itemId, n) => {
        this.glimpses.push(view);
        if (n === undefined) return;
        this.glimpseNumbers.push(n);
        if (this.paints) queueMicrotask(() => this.client.along.painted(n, []));
      },
      onSeq: (seq) => this.seqs.push(seq),
      onEvent: (event) => this.events.push(event),
      onMarks: (marks) => this.marks.push(...marks),
      onNotice: (notice) => this.notices.push(notice),
      onRefused: (code) => this.refusals.push(code),
    });
  }

  get state() {
    return this.client.state;
  }

  get room() {
    const { room } = this.client.state;
    if (!room) throw new Error('Not in the room yet');
    return room;
  }

  /** Where the first viewport of the shown view is, along the patient; null when nothing is shown. */
  get z(): number | null {
    return this.views.at(-1)?.view.viewports[0]?.focalMm?.[2] ?? null;
  }

  decide(intent: Intent) {
    return this.client.command({ ...intent, clientId: randomUUID() } as Command);
  }
}

type WithoutId<T> = T extends unknown ? Omit<T, 'clientId'> : never;
export type Intent = WithoutId<Command>;

export type RawSocket = Socket<ServerMessages & { connect_error: (error: Refused) => void }, ClientMessages>;
export type Refused = Error & { data?: { code?: string } };

/** Opens tabs and plain sockets, and closes them all after each test. */
export class Doors {
  private readonly open: { close: () => unknown }[] = [];
  private readonly tokens = new Map<string, string>();

  async token(actor: AuthenticatedActor): Promise<string> {
    const known = this.tokens.get(actor.personId);
    if (known) return known;
    const { token } = await createToken(actor, { label: 'test', days: 1 });
    this.tokens.set(actor.personId, token);
    return token;
  }

  async tab(
    origin: string,
    sessionId: string,
    actor: AuthenticatedActor,
    more: Partial<RoomClientOptions> = {},
  ): Promise<Tab> {
    const tab = new Tab({ url: origin, sessionId, token: await this.token(actor), ...more });
    this.open.push(tab.client);
    return tab;
  }

  /** A socket that says what no client of ours would. */
  raw(origin: string, greeting: Record<string, unknown>, headers: Record<string, string> = {}): RawSocket {
    const socket: RawSocket = io(origin, {
      path: '/live',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: greeting,
      extraHeaders: headers,
    });
    this.open.push(socket);
    return socket;
  }

  async greeting(sessionId: string, actor: AuthenticatedActor): Promise<Record<string, unknown>> {
    return { sessionId, protocol: PROTOCOL_VERSION, token: await this.token(actor) };
  }

  closeAll(): void {
    for (const one of this.open.splice(0)) one.close();
  }
}

/** The code that a connection is refused with. */
export function refusalOf(socket: RawSocket): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    socket.on('connect_error', (error: Refused) => resolve(error.data?.code ?? error.message));
    socket.on('snapshot', () => reject(new Error('Let in')));
  });
}
