import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Broadcast } from './broadcast.server.ts';
import type { Line } from './line.server.ts';
import type { ClientMessages, ServerMessages } from './protocol.ts';
import { StraightWire } from './straight-wire.server.ts';

export type RoomSocket = Socket<ClientMessages, ServerMessages>;

/** A Socket.IO connection as a line. A view goes to thousands of these: what `pass` looks at lies close together. */
export class SocketLine implements Line {
  private transport: RoomSocket['conn']['transport'];
  private wire: StraightWire | null;
  /** Whether anything was sent since the last pulse. */
  private spoke = false;

  constructor(private readonly socket: RoomSocket) {
    const { conn } = socket;
    this.transport = conn.transport;
    this.wire = wireOf(conn);
    conn.on('upgrade', () => {
      this.transport = conn.transport;
      this.wire = wireOf(conn);
    });
  }

  get open(): boolean {
    return this.socket.connected;
  }

  emit: Line['emit'] = (message, ...content) => {
    this.spoke = true;
    this.socket.emit(message, ...content);
  };

  tell(message: Broadcast): void {
    const { conn, connected } = this.socket;
    if (!connected) return;
    this.spoke = true;
    if (this.wire) conn.write(message.packet, encoded(message.frame));
    else conn.write(message.packet);
  }

  /** Whole frames go past Engine.IO, which has nothing of its own to send before them when it is writable. */
  pass(message: Broadcast): boolean {
    if (!this.transport.writable) return false;
    this.spoke = true;
    if (this.wire) return this.wire.take(message.frame);
    if (!this.socket.connected) return false;
    this.socket.conn.write(message.packet);
    return true;
  }

  /** The line lives, where nothing has said so since the last time. */
  pulse(message: Broadcast<'pulse'>): void {
    if (!this.spoke) this.pass(message);
    this.spoke = false;
  }

  hangUp(): void {
    this.socket.disconnect(true);
  }

  onceReady(resume: () => void): void {
    const { conn, connected } = this.socket;
    if (!connected) return;
    if (this.wire && !this.wire.ready) this.wire.onceReady(resume);
    else onceWritable(conn, resume);
  }
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
function wireOf(conn: RoomSocket['conn']): StraightWire | null {
  const transport = conn.transport as unknown as {
    name: string;
    perMessageDeflate?: unknown;
    socket?: { _socket?: NetSocket | null };
  };
  if (transport.name !== 'websocket' || transport.perMessageDeflate) return null;
  const socket = transport.socket?._socket;
  return socket ? new StraightWire(socket) : null;
}
