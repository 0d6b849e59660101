import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { Leases } from '@/lib/live/processes/lease.server.ts';
import { LeaseKeeper } from '@/lib/live/processes/lease-keeper.server.ts';
import { type SharedOutside, SharedRoom } from '@/lib/live/processes/shared-room.server.ts';
import type { Bus, Ear } from './bus.ts';
import { accepting, type Life, times } from './server-life.ts';
import { type LifeState, reach } from './standstill.ts';
import type { Accept, Accepted } from './wires.ts';

/** One life of one of several processes: the product's shared room over a memory and a bus. */
export class SharedLife implements Life {
  private readonly leases: LeaseKeeper;
  private readonly room: SharedRoom;
  private readonly ear: Ear;
  private readonly lines = new Set<{ readonly open: boolean; hangUp: () => void }>();
  readonly accept: Accept;

  constructor(
    readonly state: LifeState,
    sessionId: string,
    outside: SharedOutside,
    store: Leases,
    private readonly bus: Bus,
    actors: ReadonlyMap<string, AuthenticatedActor>,
  ) {
    this.leases = new LeaseKeeper(undefined, store);
    const { processId } = this.leases;
    this.ear = {
      alive: () => this.state.alive,
      up: (message) => reach(state, () => message.to === processId && this.room.hearUp(message)),
      down: (message) => reach(state, () => this.room.hearDown(message)),
    };
    this.room = new SharedRoom(
      sessionId,
      times,
      this.leases,
      {
        up: (message) => bus.send(this.ear, 'up', message),
        down: (message) => bus.send(this.ear, 'down', message),
      },
      outside,
    );
    bus.join(this.ear);
    const accept = accepting(state, actors, this.lines, async () => {
      await this.room.ready();
      return this.room;
    });
    this.accept = (auth, line) =>
      new Promise((resolve, reject) => {
        reach(state, () => void accept(auth, line).then((peer) => resolve(this.reached(peer)), reject));
      });
  }

  private reached({ receive, closed }: Accepted): Accepted {
    return {
      receive: (...message) => reach(this.state, () => receive(...message)),
      closed: () => reach(this.state, closed),
    };
  }

  /** Nothing of it runs any more. */
  kill(): void {
    this.state.alive = false;
    this.bus.leave(this.ear);
    this.leases.stop();
    void this.room.close();
  }

  async stop(): Promise<void> {
    for (const line of this.lines) if (line.open) line.hangUp();
    await this.room.close();
    this.leases.stop();
    this.bus.leave(this.ear);
    this.state.alive = false;
  }
}
