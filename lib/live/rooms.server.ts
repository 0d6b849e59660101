import { LiveRoom, type RoomTimes } from './live-room.server.ts';
import { liveMetrics } from './metrics.server.ts';

/** An empty room stays this long in memory: people who reload a page find it as it was. */
const IDLE_MS = 5 * 60_000;

/** The rooms of this process. */
export class Rooms {
  private readonly rooms = new Map<string, Promise<LiveRoom>>();
  private readonly idle = new Map<string, NodeJS.Timeout>();

  constructor(private readonly times: RoomTimes) {}

  /** The room of a session, opened when it is not. Throws `not_found`. */
  open(sessionId: string): Promise<LiveRoom> {
    clearTimeout(this.idle.get(sessionId));
    this.closeWhenIdle(sessionId);
    const known = this.rooms.get(sessionId);
    if (known) return known;
    const opening = LiveRoom.open(sessionId, this.times);
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
    const open = [...this.rooms.entries()];
    for (const [sessionId] of open) this.forget(sessionId);
    await Promise.allSettled(open.map(async ([, room]) => (await room).close()));
  }

  private closeWhenIdle(sessionId: string): void {
    const timer = setTimeout(async () => {
      const room = await this.rooms.get(sessionId)?.catch(() => undefined);
      if (room && !room.empty) return this.closeWhenIdle(sessionId);
      this.forget(sessionId);
      await room?.close();
    }, IDLE_MS);
    timer.unref();
    this.idle.set(sessionId, timer);
  }

  private forget(sessionId: string): void {
    clearTimeout(this.idle.get(sessionId));
    this.idle.delete(sessionId);
    this.rooms.delete(sessionId);
    liveMetrics.rooms.set(this.rooms.size);
  }
}
