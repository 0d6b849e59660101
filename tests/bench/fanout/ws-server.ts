/**
 * The peer: a bare `ws` server that hands every message to every other connection. It checks nobody, reads nothing,
 * numbers nothing and keeps nothing. A process of its own; it ends with its parent.
 */
import type { AddressInfo } from 'node:net';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { answerUsage } from './usage.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    for (const other of server.clients)
      if (other !== socket && other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary });
  });
});
server.once('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
answerUsage();
process.once('disconnect', () => process.exit(0));
