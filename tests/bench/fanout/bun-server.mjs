/**
 * The native ceiling: Bun's own WebSocket server, whose crowd is a topic that it broadcasts to in native code. It checks
 * nobody, numbers nothing and keeps nothing. Run by Bun; answers each line on its input as usage.ts does, and ends with it.
 */
import { createInterface } from 'node:readline';

const sockets = new Set();
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, self) => (self.upgrade(request) ? undefined : new Response(null, { status: 426 })),
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      sockets.add(socket);
      socket.subscribe('room');
    },
    close: (socket) => void sockets.delete(socket),
    message: (socket, message) => void socket.publish('room', message),
  },
});
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

createInterface({ input: process.stdin })
  .on('line', () => {
    const { user, system } = process.cpuUsage();
    const waiting = [...sockets].map((socket) => socket.getBufferedAmount());
    say({
      cpuMs: (user + system) / 1000,
      waiting: waiting.reduce((sum, one) => sum + one, 0),
      fullest: Math.max(0, ...waiting),
    });
  })
  .on('close', () => process.exit(0));
say({ port: server.port });
