import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Line } from './line.server.ts';
import type { ClientMessages, ServerMessages } from './protocol.ts';
import { StraightWire } from './straight-wire.server.ts';

export type RoomSocket = Socket<ClientMessages, ServerMessages>;

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
    // Whole frames go past Engine.IO, which has nothing of its own to send before them when it is writable.
    pass: (message) => {
      if (wire) wire.write(message.frame);
      else conn.write(message.packet);
    },
    hangUp: () => void socket.disconnect(true),
    ready: () => socket.connected && conn.transport.writable && (!wire || wire.ready),
    onceReady: (resume) => {
      if (!socket.connected) return;
      if (wire && !wire.ready) wire.onceReady(resume);
      else onceWritable(conn, resume);
    },
  };
}

/** The frame is ready: Engine.IO and `ws` hand it on as it is (as Socket.IO's own adapter has them do). */
const encoded = (frame: Buffer) => ({ wsPreEncodedFrame: [frame] }) as never;

/** Engine.IO is writable again when what it was given has left, it was asked for more, or a WebSocket takes its place. */
function onceWritable(conn: RoomSocket['conn'], resume: () => void): void {
  const { transport } = conn;
  const done = () => {
    transport.removeListener('ready', done);
    conn.removeListener('upgrade', done);
    resume();
  };
  transport.on('ready', done);
  conn.on('upgrade', done);
}

/** The TCP connection under a WebSocket without compression; null under anything else. */
function wireOf({ conn }: RoomSocket): StraightWire | null {
  const transport = conn.transport as unknown as {
    name: string;
    perMessageDeflate?: unknown;
    socket?: { _socket?: NetSocket | null };
  };
  if (transport.name !== 'websocket' || transport.perMessageDeflate) return null;
  const socket = transport.socket?._socket;
  return socket ? new StraightWire(socket) : null;
}
