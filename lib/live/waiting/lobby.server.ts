import type { Namespace, Server, Socket } from 'socket.io';
import { actorFromHeaders } from '@/lib/auth/actor.server.ts';
import { AppError, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import { type Admission, admit, codeOf } from '../handshake.server.ts';
import { MessageBudget } from '../message-budget.ts';
import { liveMetrics } from '../metrics.server.ts';
import { notify } from '../notify.server.ts';
import type { Notice } from '../protocol.ts';
import { SharedReadings } from '../shared-readings.ts';
import { placeOf } from './read.server.ts';
import { againInMs, askToEnter, atTheDoor, leaveTheDoor, stillAtTheDoor } from './store.server.ts';
import {
  WAITING_NAMESPACE,
  type WaitingClientMessages,
  type WaitingServerMessages,
  type WaitingWord,
} from './words.ts';

/** How often those who wait are said to be still there, and are looked at again, in ms. */
const BEAT_MS = 5000;
const LOOKED_AT_AFTER: ReadonlySet<Notice['type']> = new Set([
  'session.changed',
  'agenda.changed',
  'waiting.changed',
]);

type Data = { admission: Admission };
type Door = Namespace<WaitingClientMessages, WaitingServerMessages, Record<string, never>, Data>;
type DoorSocket = Socket<WaitingClientMessages, WaitingServerMessages, Record<string, never>, Data>;

/**
 * Those at the doors of rooms who are connected to this process. They are in no room: what they are told comes from
 * the database alone, which every process writes to, and notices only say when to look.
 */
export class Lobby {
  private readonly door: Door;
  private readonly waiting = new Map<string, Set<DoorSocket>>();
  /** What was told last to each. */
  private readonly told = new WeakMap<DoorSocket, WaitingWord['doing']>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly looks = new SharedReadings((sessionId: string) => this.look(sessionId));
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  // biome-ignore lint/suspicious/noExplicitAny: whatever the room's own sockets carry.
  constructor(io: Server<any, any, any, any>, beatMs = BEAT_MS) {
    this.door = io.of(WAITING_NAMESPACE) as unknown as Door;
    this.door.use((socket, next) => {
      void (async () => {
        const admission = await admit(socket as unknown as Socket);
        await placeOf(admission.actor, admission.sessionId);
        socket.data.admission = admission;
      })().then(
        () => next(),
        (error) => {
          const code = codeOf(error);
          liveMetrics.refused.inc({ code });
          next(Object.assign(new Error(code), { data: { code } }));
        },
      );
    });
    this.door.on('connection', (socket) => this.enter(socket as DoorSocket));
    this.timer = setInterval(() => this.beat(), beatMs);
    this.timer.unref();
  }

  /** Something of a session was committed by this process or another one. */
  notice(sessionId: string, { type }: Notice): void {
    if (LOOKED_AT_AFTER.has(type) && this.waiting.has(sessionId)) void this.lookAt(sessionId);
  }

  /** Those who wait keep their place for a while: they come to another process, or to the next life of this one. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    this.door.local.disconnectSockets(true);
    await Promise.all(this.turns.values());
  }

  private async lookAt(sessionId: string): Promise<void> {
    // A database that does not answer is asked again at the next beat.
    await this.looks
      .ask(sessionId)
      .catch((error) => log.warn({ err: error, sessionId }, 'Not seen who waits at a room’s door'));
  }

  private enter(socket: DoorSocket): void {
    const { sessionId } = socket.data.admission;
    const here = this.waiting.get(sessionId) ?? new Set();
    this.waiting.set(sessionId, here.add(socket));
    const budget = new MessageBudget(1, 5, performance.now());
    socket.onAny((type: string) => {
      if (!budget.take(performance.now())) liveMetrics.refused.inc({ code: 'live_flood' });
      else if (type !== 'ask') liveMetrics.refused.inc({ code: 'live_malformed' });
      else void this.inTurn(socket, () => this.ask(socket));
    });
    socket.on('disconnect', () => {
      here.delete(socket);
      if (here.size === 0) this.waiting.delete(sessionId);
      void this.inTurn(socket, () => this.leave(socket));
    });
    void this.inTurn(socket, () => this.ask(socket));
  }

  private async ask(socket: DoorSocket): Promise<void> {
    if (!socket.connected) return;
    const { actor, sessionId } = socket.data.admission;
    const { place, centreId } = await placeOf(actor, sessionId);
    if (place === 'room') return this.tell(socket, { doing: 'admitted' });
    const wait = await askToEnter(actor, sessionId, centreId);
    this.tell(socket, wordOf(wait));
    if (wait === null) notify(sessionId, { type: 'waiting.changed' });
  }

  private async leave(socket: DoorSocket): Promise<void> {
    const { actor, sessionId } = socket.data.admission;
    const others = [...(this.waiting.get(sessionId) ?? [])];
    if (this.closed || this.told.get(socket) !== 'waiting') return;
    if (others.some((one) => one.data.admission.actor.personId === actor.personId)) return;
    const { centreId } = await placeOf(actor, sessionId).catch(() => ({ centreId: null }));
    await leaveTheDoor(actor, sessionId, centreId);
    notify(sessionId, { type: 'waiting.changed' });
  }

  /** What concerns one person is done one after the other: a page that is loaded again leaves and comes at once. */
  private async inTurn(socket: DoorSocket, work: () => Promise<void>): Promise<void> {
    const { actor, sessionId } = socket.data.admission;
    const key = `${sessionId} ${actor.personId}`;
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.then(work).catch((error) => this.fail(socket, error));
    this.turns.set(key, turn);
    await turn;
    if (this.turns.get(key) === turn) this.turns.delete(key);
  }

  /** Looks again at everybody at one door: who they are, whether they may be there, and what became of them. */
  private async look(sessionId: string): Promise<void> {
    const sockets = [...(this.waiting.get(sessionId) ?? [])];
    if (this.closed || sockets.length === 0) return;
    const rows = await atTheDoor(sessionId);
    for (const socket of sockets) {
      try {
        const { admission } = socket.data;
        const actor = await whoIs(admission);
        const { place } = await placeOf(actor, sessionId);
        const row = rows.find(({ personId }) => personId === actor.personId);
        if (place === 'room') this.tellNews(socket, { doing: 'admitted' });
        else if (row) this.tellNews(socket, wordOf(againInMs(row)));
        // Another tab of theirs has left by another process, or this one stood still for too long.
        else if (this.told.get(socket) === 'waiting') void this.inTurn(socket, () => this.ask(socket));
      } catch (error) {
        this.fail(socket, error);
      }
    }
  }

  private beat(): void {
    for (const [sessionId, sockets] of this.waiting)
      void this.lookAt(sessionId).then(() => this.keep(sessionId, sockets));
  }

  private async keep(sessionId: string, sockets: ReadonlySet<DoorSocket>): Promise<void> {
    const still = [...sockets].filter((one) => this.told.get(one) === 'waiting');
    if (this.closed || still.length === 0) return;
    const personIds = new Set(still.map((one) => one.data.admission.actor.personId));
    await stillAtTheDoor(sessionId, [...personIds]).catch((error) =>
      log.warn({ err: error, sessionId }, 'Not said who waits at a room’s door'),
    );
  }

  private tell(socket: DoorSocket, word: WaitingWord): void {
    this.told.set(socket, word.doing);
    socket.emit('state', word);
  }

  private tellNews(socket: DoorSocket, word: WaitingWord): void {
    if (this.told.get(socket) !== word.doing) this.tell(socket, word);
  }

  /** Shows somebody away who may not wait any more. A database that does not answer is no reason to. */
  private fail(socket: DoorSocket, error: unknown): void {
    const code = codeOf(error);
    if (!isAppError(error) || code === 'unavailable') return;
    liveMetrics.refused.inc({ code });
    socket.emit('ended', { code: code === 'unauthenticated' ? 'session_expired' : code });
    socket.disconnect(true);
  }
}

const wordOf = (wait: number | null): WaitingWord =>
  wait === null ? { doing: 'waiting' } : { doing: 'declined', againInMs: wait };

async function whoIs({ credentials }: Admission): Promise<Admission['actor']> {
  if ('vouchedFor' in credentials) return credentials.vouchedFor;
  const actor = await actorFromHeaders(credentials, 'live');
  if (!actor) throw new AppError('session_expired');
  return actor;
}
