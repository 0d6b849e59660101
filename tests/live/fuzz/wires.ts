import type { Line } from '@/lib/live/line.server.ts';
import type { RoomSocket } from '@/lib/live/room-state.ts';
import type { Random } from '../../fuzz/random.ts';
import { outside } from './standstill.ts';

type Listener = (...args: unknown[]) => void;
/** What a server does with a connection; `receive` gets what the client sends. */
export type Accepted = {
  receive: (type: string, message: unknown, acknowledge: Listener) => void;
  closed: () => void;
};
export type Accept = (auth: Record<string, unknown>, line: Line) => Promise<Accepted>;

/** How bad the way is. `loses`: single messages are dropped, doubled and overtaken, as on no orderly line. */
export type Weather = { random: Random; loses: () => boolean; slow: () => boolean };

/** Both ends of one connection: what is sent arrives later, in order; a cut takes with it what is under way. */
class Way {
  private at = { up: 0, down: 0 };
  /** Nothing arrives any more. */
  cut = false;
  /** The server knows it. */
  closed = false;

  constructor(private readonly weather: Weather) {}

  carry(direction: 'up' | 'down', arrive: () => void): void {
    const { random, loses, slow } = this.weather;
    const bad = loses();
    if (bad && random.chance(0.15)) return;
    const times = bad && random.chance(0.15) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const due = performance.now() + 1 + random.integer(slow() ? 400 : 40);
      // In order, but for a line that loses.
      this.at[direction] = bad ? due : Math.max(due, this.at[direction]);
      outside(() => setTimeout(() => !this.cut && arrive(), this.at[direction] - performance.now()));
    }
  }

  /** How long what was sent last is still under way, in ms. */
  get backlog(): number {
    return this.at.down - performance.now();
  }
}

/** More than this much of the way filled, and the line takes nothing more. */
const FULL_MS = 60;

/** What the client holds in place of a Socket.IO socket: the part of it that the room's client uses. */
export class FakeSocket {
  connected = false;
  active = true;
  private readonly listeners = new Map<string, Listener[]>();
  private readonly any: Listener[] = [];
  private readonly forgotten = new Set<string>();
  private way: Way | undefined;
  private peer: Accepted | undefined;

  constructor(
    private readonly server: () => Accept | null,
    private readonly weather: Weather,
    private readonly auth: () => Record<string, unknown>,
  ) {}

  /** A client of an earlier version, which has no word for this. */
  forget(type: string): void {
    this.forgotten.add(type);
  }

  asSocket(): RoomSocket {
    return this as unknown as RoomSocket;
  }

  on(type: string, listener: Listener): this {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
    return this;
  }

  onAny(listener: Listener): this {
    this.any.push(listener);
    return this;
  }

  removeAllListeners(): this {
    this.listeners.clear();
    this.any.length = 0;
    return this;
  }

  connect(): this {
    this.active = true;
    if (!this.way) void this.dial();
    return this;
  }

  disconnect(): this {
    this.active = false;
    this.lose(false);
    return this;
  }

  emit(type: string, ...args: unknown[]): this {
    const { way, peer } = this;
    if (!way || !peer || this.forgotten.has(type)) return this;
    const [message, acknowledge] = JSON.parse(JSON.stringify(args.slice(0, 1))).concat(args[1] ?? null);
    const answer = (...answers: unknown[]) =>
      way.carry('down', () => (acknowledge as Listener)?.(...answers));
    way.carry('up', () => peer.receive(type, message, answer));
    return this;
  }

  /** The line breaks: what is under way is gone; Socket.IO tries again by itself. */
  lose(again = true): void {
    const { way, peer, connected } = this;
    if (!way) return;
    way.cut = true;
    this.way = undefined;
    this.peer = undefined;
    this.connected = false;
    const end = () => {
      way.closed = true;
      peer?.closed();
    };
    // A client that hangs up is missed at once, a line that breaks when it answers no ping.
    setTimeout(end, again ? this.weather.random.integer(2000) : 1);
    if (connected) this.hear('disconnect', 'transport close');
    if (again && this.active) setTimeout(() => this.connect(), 50 + this.weather.random.integer(300));
  }

  private hear(type: string, ...args: unknown[]): void {
    for (const listener of this.listeners.get(type) ?? []) listener(...args);
  }

  private async dial(): Promise<void> {
    const accept = this.server();
    const way = new Way(this.weather);
    this.way = way;
    if (!accept) return this.lose();
    const waiting: (() => void)[] = [];
    const resumeAll = () => {
      for (const resume of waiting.splice(0)) resume();
    };
    const line: Line = {
      get open() {
        return !way.closed;
      },
      emit: (type, ...content) => {
        const copy = JSON.parse(JSON.stringify(content)) as unknown[];
        way.carry('down', () => {
          this.connected = true;
          for (const listener of this.any) listener(type, ...copy);
          this.hear(type, ...copy);
        });
      },
      tell: (message) => line.emit(message.message, ...([message.content] as never)),
      pass: (message) => {
        const free = !way.cut && way.backlog < FULL_MS;
        if (free) line.emit(message.message, ...([message.content, ...message.rest] as never));
        return free;
      },
      hangUp: () => way.carry('down', () => this.way === way && this.hungUp()),
      onceReady: (resume) => {
        if (waiting.push(resume) > 1 || way.cut) return;
        setTimeout(() => resumeAll(), Math.max(1, way.backlog));
      },
    };
    try {
      const peer = await accept(this.auth(), line);
      if (way.cut) peer.closed();
      else this.peer = peer;
    } catch (error) {
      if (way.cut) return;
      const { code } = error as { code: string };
      this.way = undefined;
      this.connected = false;
      this.hear('connect_error', Object.assign(new Error(code), { data: { code } }));
    }
  }

  /** The server's own goodbye: Socket.IO does not come back from it by itself. */
  private hungUp(): void {
    this.active = false;
    this.connected = true;
    this.lose(false);
  }
}
