import type { Connection } from './connection.server.ts';
import type { Notice } from './protocol.ts';

/** A room as the door needs it, whichever process is its authority. */
export type RoomSeat = {
  colourFor: (personId: string) => string;
  join: (connection: Connection) => void;
  leave: (connection: Connection) => void;
  receive: (connection: Connection, type: string, message: unknown, acknowledge: unknown) => void;
};

/** All rooms, as the door and the use cases reach them. */
export type RoomsDoor = {
  /** A session's room, as it knows its session now. Throws `not_found`; `unavailable` when it cannot be reached. */
  open: (sessionId: string) => Promise<RoomSeat>;
  notice: (sessionId: string, notice: Notice) => void;
  closeAll: () => Promise<void>;
};
