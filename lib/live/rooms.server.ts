import { AppError } from '@/lib/errors.ts';
import { LiveRoom } from './live-room.server.ts';
import { liveMetrics } from './metrics.server.ts';
import type { RoomOutside } from './room-outside.server.ts';
import type { RoomTimes } from './room-times.ts';

/** The rooms of this process. Each session has one at most: a room that closes is awaited before it opens again. */
export class Rooms {
  private readonly rooms = new Map<string, Promise<LiveRoom>>();
  private readonly closing = new Map<string, Promise<void>>();
  private readonly idle = new Map<string, NodeJS.Timeout>();
  private closed = false;

  constructor(
    private readonly times: RoomTimes,
    private readonly outside: RoomOutside,
  ) {}

  /** The room of a session, opened when it is not. Throws `not_found`; `unavailable` once all were closed. */
  open(sessionId: string): Promise<LiveRoom> {
    if (this.closed) return Promise.reject(new AppError('unavailable'));
    this.closeWhenIdle(sessionId);
    const known = this.rooms.get(sessionId);
    if (known) return known;
    const before = this.closing.get(sessionId) ?? Promise.resolve();
    const opening = before.then(() => LiveRoom.open(sessionId, this.times, this.outside));
    this.rooms.set(sessionId, opening);
    liveMetrics.rooms.set(this.rooms.size);
    opening.catch(() => this.forget(sessionId));
    return opening;
  }

  /** The room of a session when it is open. */
  find(sessionId: string): Promise<LiveRoom> | undefined {
    return this.rooms.get(sessionId);
  }

  async closeAll(): Promise<void> {
    this.closed = true;
    for (const [sessionId, room] of [...this.rooms]) this.close(sessionId, room);
    await Promise.all(this.closing.values());
  }

  private closeWhenIdle(sessionId: string, inMs = this.times.idleMs): void {
    clearTimeout(this.idle.get(sessionId));
    const timer = setTimeout(async () => {
      const opening = this.rooms.get(sessionId);
      const room = await opening?.catch(() => undefined);
      // Somebody has knocked meanwhile: the clock runs anew already.
      if (!opening || !room || this.idle.get(sessionId) !== timer) return;
      const left = this.times.idleMs - room.emptyForMs;
      if (left > 0) this.closeWhenIdle(sessionId, left);
      else this.close(sessionId, opening);
    }, inMs);
    timer.unref();
    this.idle.set(sessionId, timer);
  }

  private close(sessionId: string, opening: Promise<LiveRoom>): void {
    this.forget(sessionId);
    const done = opening
      .then(
        (room) => room.close(),
        () => undefined,
      )
      .finally(() => this.closing.delete(sessionId));
    this.closing.set(sessionId, done);
  }

  private forget(sessionId: string): void {
    clearTimeout(this.idle.get(sessionId));
    this.idle.delete(sessionId);
    this.rooms.delete(sessionId);
    liveMetrics.rooms.set(this.rooms.size);
  }
}
