import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Line } from './line.server.ts';
import type { ClientMessages, ServerMessages } from './protocol.ts';

export type RoomSocket = Socket<ClientMessages, ServerMessages>;

/** More than this waits for the kernel to take it, and a connection is passed over: it gets a later view. */
const FULL_BYTES = 16 * 1024;

/** A Socket.IO connection as a line. */
export function lineOf(socket: RoomSocket): Line {
  const { conn } = socket;
  let wire = wireOf(socket);
  conn.on('upgrade', () => {
    wire = wireOf(socket);
  });
  return {
    get open() {
      return socket.connected;
    },
    emit: (message, ...content) => void socket.emit(message, ...content),
    tell: (message) => {
      if (!socket.connected) return;
      if (wire) conn.write(message.packet, encoded(message.frame));
      else conn.write(message.packet);
    },
    // Whole frames go straight to the kernel: nothing of Engine.IO's is between two of them when it is writable.
    pass: (message) => {
      if (wire) wire.write(message.frame);
      else conn.write(message.packet);
    },
    hangUp: () => void socket.disconnect(true),
    // Engine.IO's transport is writable again when the kernel took what it was given: that is the back pressure.
    ready: () =>
      socket.connected &&
      conn.transport.writable &&
      (!wire || (wire.writable && wire.writableLength < FULL_BYTES)),
    onceReady: (resume) => {
      const { transport } = conn;
      const waited = wire;
      const done = () => {
        transport.removeListener('ready', done);
        conn.removeListener('upgrade', done);
        waited?.removeListener('drain', done);
        resume();
      };
      transport.on('ready', done);
      conn.on('upgrade', done);
      if (waited?.writableNeedDrain) waited.on('drain', done);
    },
  };
}

/** The frame is ready: Engine.IO and `ws` hand it on as it is (as Socket.IO's own adapter has them do). */
const encoded = (frame: Buffer) => ({ wsPreEncodedFrame: [frame] }) as never;

/** The TCP connection under a WebSocket without compression; null under anything else. */
function wireOf({ conn }: RoomSocket): NetSocket | null {
  const transport = conn.transport as unknown as {
    name: string;
    perMessageDeflate?: unknown;
    socket?: { _socket?: NetSocket | null };
  };
  if (transport.name !== 'websocket' || transport.perMessageDeflate) return null;
  return transport.socket?._socket ?? null;
}
