import type { Server } from 'node:http';

export function attachLive(_server: Server): { close: () => Promise<void> } {
  return { close: async () => undefined };
}
