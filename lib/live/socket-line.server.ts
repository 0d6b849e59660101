import type { Socket } from 'socket.io';
import type { Line } from './line.ts';
import type { ClientMessages, ServerMessages } from './protocol.ts';

export type RoomSocket = Socket<ClientMessages, ServerMessages>;

/** A Socket.IO connection as a line. */
export function lineOf(socket: RoomSocket): Line {
  return {
    get open() {
      return socket.connected;
    },
    emit: (message, ...content) => void socket.emit(message, ...content),
    hangUp: () => void socket.disconnect(true),
    // Engine.IO's transport is writable again when the kernel took what it was given: that is the back pressure.
    ready: () => socket.connected && socket.conn.transport.writable,
    onceReady: (resume) => {
      const { conn } = socket;
      const { transport } = conn;
      const done = () => {
        transport.removeListener('ready', done);
        conn.removeListener('upgrade', done);
        resume();
      };
      transport.on('ready', done);
      conn.on('upgrade', done);
    },
  };
}
