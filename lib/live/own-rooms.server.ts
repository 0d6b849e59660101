import { receive } from './receive.server.ts';
import type { RoomsDoor } from './room-door.server.ts';
import type { Rooms } from './rooms.server.ts';

/** The rooms of a process that is alone: it is the authority of all of them. */
export function ownRooms(rooms: Rooms): RoomsDoor {
  return {
    open: async (sessionId) => {
      const room = await rooms.open(sessionId);
      await room.refresh();
      return {
        colourFor: (personId) => room.colourFor(personId),
        join: (connection) => room.join(connection),
        leave: (connection) => room.leave(connection),
        receive: (connection, type, message, acknowledge) =>
          receive(room, connection, type, message, acknowledge),
      };
    },
    notice: (sessionId, notice) =>
      void rooms.find(sessionId)?.then(
        (room) => room.notice(notice),
        () => undefined,
      ),
    closeAll: () => rooms.closeAll(),
  };
}
