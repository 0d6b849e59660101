import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { Connection } from '@/lib/live/connection.server.ts';
import { codeOf, readGreeting } from '@/lib/live/handshake.server.ts';
import type { Line } from '@/lib/live/line.server.ts';
import { ownRooms } from '@/lib/live/own-rooms.server.ts';
import type { RoomSeat } from '@/lib/live/room-door.server.ts';
import type { RoomOutside } from '@/lib/live/room-outside.server.ts';
import { Rooms } from '@/lib/live/rooms.server.ts';
import type { LifeState } from './standstill.ts';
import type { Accept } from './wires.ts';

export const times = { presenterGraceMs: 1500, recheckMs: 30_000, saveViewMs: 200, idleMs: 300_000 };

/** One life of a server process. */
export type Life = {
  readonly state: LifeState;
  readonly accept: Accept;
  /** Nothing of it is left but what was written. */
  kill: () => void;
  /** Stops as the product does: everybody is sent away, what is being decided is finished. */
  stop: () => Promise<void>;
};

/** The door without HTTP. `lines` are those that were let in. */
export function accepting(
  state: { alive: boolean },
  actors: ReadonlyMap<string, AuthenticatedActor>,
  lines: Set<Pick<Line, 'open' | 'hangUp'>>,
  open: (sessionId: string) => Promise<RoomSeat>,
): Accept {
  return async (auth, line) => {
    try {
      const { sessionId, lastSeq, protocol, token = '' } = readGreeting(auth);
      const actor = actors.get(token);
      if (!actor) throw new AppError('unauthenticated');
      const room = await open(sessionId);
      const credentials = { cookie: null, authorization: token };
      const { personId, displayName } = actor;
      const connection = new Connection(
        line,
        { actor, credentials, sessionId, lastSeq, protocol },
        {
          personId,
          displayName,
          centreCode: 'IGR',
          specialty: null,
          role: 'clinician',
          colour: room.colourFor(personId),
        },
      );
      lines.add(line);
      room.join(connection);
      return {
        receive: (type, message, acknowledge) =>
          state.alive && room.receive(connection, type, message, acknowledge),
        closed: () => room.leave(connection),
      };
    } catch (error) {
      throw new AppError(codeOf(error) as 'unavailable');
    }
  };
}

/** One life of a server that is alone: the product's rooms over a memory. */
export class ServerLife implements Life {
  private readonly rooms: Rooms;
  private readonly lines = new Set<Pick<Line, 'open' | 'hangUp'>>();
  readonly accept: Accept;

  constructor(
    readonly state: LifeState,
    outside: RoomOutside,
    actors: ReadonlyMap<string, AuthenticatedActor>,
  ) {
    this.rooms = new Rooms(times, outside);
    const door = ownRooms(this.rooms);
    this.accept = accepting(state, actors, this.lines, (sessionId) => door.open(sessionId));
  }

  kill(): void {
    this.state.alive = false;
  }

  async stop(): Promise<void> {
    for (const line of this.lines) if (line.open) line.hangUp();
    await this.rooms.closeAll();
    this.state.alive = false;
  }
}
