import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Broadcast } from '@/lib/live/broadcast.server.ts';

describe('a message to many', () => {
  test.each([1, 60, 125, 126, 5000, 65_535, 65_536, 200_000])(
    'L5: is one frame that a WebSocket reads, of about %i characters',
    async (length) => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      await once(server, 'listening');
      const message = new Broadcast('refused', { code: `é${'x'.repeat(length)}` });
      server.on('connection', (socket) => {
        const { _socket } = socket as unknown as { _socket: NodeJS.WritableStream };
        _socket.write(message.frame);
      });
      const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const [data, isBinary] = await once(client, 'message');
      expect(isBinary).toBe(false);
      expect(String(data)).toBe(`42${JSON.stringify(['refused', message.content])}`);
      client.close();
      server.close();
    },
  );

  test('is encoded once', () => {
    const message = new Broadcast('participants', []);
    expect(message.frame).toBe(message.frame);
  });
});
