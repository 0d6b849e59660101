import { Socket } from 'node:net';

/** Processor time in ms since the process began, and bytes that wait in its connections: all, and the fullest one. */
export type Usage = { cpuMs: number; waiting: number; fullest: number };

type WithHandles = typeof process & { _getActiveHandles: () => unknown[] };

/** Answers the parent's `usage` from now on. */
export function answerUsage(): void {
  process.on('message', (message) => {
    if (message !== 'usage') return;
    const { user, system } = process.cpuUsage();
    const waiting = (process as WithHandles)
      ._getActiveHandles()
      .filter((handle) => handle instanceof Socket)
      .map((socket) => socket.writableLength);
    process.send?.({
      cpuMs: (user + system) / 1000,
      waiting: waiting.reduce((sum, one) => sum + one, 0),
      fullest: Math.max(0, ...waiting),
    } satisfies Usage);
  });
}
