import type { Server } from 'socket.io';
import { AppError } from '@/lib/errors.ts';
import { liveMetrics } from '../metrics.server.ts';
import type { ClientMessages, Notice, ServerMessages } from '../protocol.ts';
import type { RoomsDoor } from '../room-door.server.ts';
import type { RoomTimes } from '../room-times.ts';
import { Throttle } from '../throttle.ts';
import { LeaseKeeper } from './lease-keeper.server.ts';
import type { Together } from './redis.server.ts';
import { SharedRoom } from './shared-room.server.ts';
import type { ProcessMessages } from './words.ts';

/** How often rooms that nobody needs any more are looked for, in ms. */
const SWEEP_MS = 10_000;
/** When Redis is back, all processes say so in the same second. */
const ANEW_EVERY_MS = 1000;

/** The rooms of one of several processes. What they say to each other goes by Socket.IO's adapter. */
export class SharedRooms implements RoomsDoor {
  private readonly rooms = new Map<string, SharedRoom>();
  private readonly closing = new Map<string, Promise<void>>();
  private readonly leases = new LeaseKeeper();
  private readonly sweeper: NodeJS.Timeout;
  private readonly anew = new Throttle<void>(ANEW_EVERY_MS, () => {
    for (const room of this.rooms.values()) void room.missed();
  });
  private closed = false;

  constructor(
    // biome-ignore lint/suspicious/noExplicitAny: whatever a socket carries.
    private readonly io: Server<ClientMessages, ServerMessages, ProcessMessages, any>,
    private readonly times: RoomTimes,
    together: Pick<Together, 'onBack'>,
  ) {
    const { processId } = this.leases;
    io.on('up', (up) => up.to === processId && this.rooms.get(up.sessionId)?.hearUp(up));
    io.on('down', (down) => this.rooms.get(down.sessionId)?.hearDown(down));
    io.on('notice', (sessionId, notice) => this.rooms.get(sessionId)?.notice(notice));
    io.on('missed', () => this.anew.offer());
    together.onBack(() => {
      io.serverSideEmit('missed');
      this.anew.offer();
    });
    this.sweeper = setInterval(() => this.sweep(), Math.min(SWEEP_MS, times.idleMs));
    this.sweeper.unref();
  }

  async open(sessionId: string): Promise<SharedRoom> {
    await this.closing.get(sessionId);
    if (this.closed) throw new AppError('unavailable');
    let room = this.rooms.get(sessionId);
    if (!room) {
      room = new SharedRoom(sessionId, this.times, this.leases, {
        up: (message) => this.io.serverSideEmit('up', message),
        down: (message) => this.io.serverSideEmit('down', message),
      });
      this.rooms.set(sessionId, room);
      liveMetrics.rooms.set(this.rooms.size);
    }
    await room.ready();
    return room;
  }

  /** Whatever process ran the use case, the room's authority hears of it. */
  notice(sessionId: string, notice: Notice): void {
    this.rooms.get(sessionId)?.notice(notice);
    this.io.serverSideEmit('notice', sessionId, notice);
  }

  async closeAll(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweeper);
    this.anew.stop();
    for (const room of [...this.rooms.values()]) this.close(room);
    await Promise.all(this.closing.values());
    this.leases.stop();
  }

  private sweep(): void {
    for (const room of [...this.rooms.values()]) if (room.idle) this.close(room);
  }

  private close(room: SharedRoom): void {
    const { sessionId } = room;
    this.rooms.delete(sessionId);
    liveMetrics.rooms.set(this.rooms.size);
    this.closing.set(
      sessionId,
      room.close().finally(() => this.closing.delete(sessionId)),
    );
  }
}
