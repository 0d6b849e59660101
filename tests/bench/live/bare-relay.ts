/**
 * The peers of the room's way through the server: a bare `ws` server and a bare Socket.IO server. Each hands every
 * message to every other connection; they check nobody, validate nothing, number nothing, keep nothing. Started by
 * relay.ts as a process of its own, as the product's server is one; it ends with its parent.
 */
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type RawData, WebSocket, WebSocketServer } from 'ws';

const plain = new WebSocketServer({ port: 0, host: '127.0.0.1' });
plain.on('connection', (socket) => {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    for (const other of plain.clients)
      if (other !== socket && other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary });
  });
});

const io = new Server(0, { path: '/live', serveClient: false });
io.on('connection', (socket) => socket.on('view', (message) => socket.broadcast.emit('view', message)));

plain.once('listening', () => {
  const { port } = plain.address() as AddressInfo;
  process.send?.({ plain: port, socketIo: (io.httpServer.address() as AddressInfo).port });
});
process.once('disconnect', () => process.exit(0));
