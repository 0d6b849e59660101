import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { Connection } from '@/lib/live/connection.server.ts';
import { codeOf, readGreeting } from '@/lib/live/handshake.server.ts';
import type { Line } from '@/lib/live/line.server.ts';
import { receive } from '@/lib/live/receive.server.ts';
import type { RoomOutside } from '@/lib/live/room-outside.server.ts';
import { Rooms } from '@/lib/live/rooms.server.ts';
import type { Accept } from './wires.ts';

const times = { presenterGraceMs: 1500, recheckMs: 30_000, saveViewMs: 200, idleMs: 300_000 };

/** One life of the server: the product's rooms over a memory, its door without HTTP. */
export class ServerLife {
  private readonly rooms: Rooms;
  private readonly lines = new Set<Line>();

  constructor(
    readonly state: { alive: boolean },
    outside: RoomOutside,
    private readonly actors: ReadonlyMap<string, AuthenticatedActor>,
  ) {
    this.rooms = new Rooms(times, outside);
  }

  accept: Accept = async (auth, line) => {
    try {
      const { sessionId, lastSeq, protocol, token = '' } = readGreeting(auth);
      const actor = this.actors.get(token);
      if (!actor) throw new AppError('unauthenticated');
      const room = await this.rooms.open(sessionId);
      await room.refresh();
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
      this.lines.add(line);
      room.join(connection);
      return {
        receive: (type, message, acknowledge) =>
          this.state.alive && receive(room, connection, type, message, acknowledge),
        closed: () => room.leave(connection),
      };
    } catch (error) {
      throw new AppError(codeOf(error) as 'unavailable');
    }
  };

  /** Stops as the product does: everybody is sent away, what is being decided is finished. */
  async stop(): Promise<void> {
    for (const line of this.lines) if (line.open) line.hangUp();
    await this.rooms.closeAll();
    this.state.alive = false;
  }
}
