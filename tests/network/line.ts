import net from 'node:net';

/** A line between two nodes that a test can cut: everything passes until so many bytes went out, then nothing does. */
export type Line = {
  port: number;
  /** Resolves when the line holds back what follows the agreed number of bytes. */
  held: Promise<void>;
  /** Cuts what is connected, and lets everything that comes later pass. */
  cut: () => void;
  close: () => Promise<void>;
};

export async function openLine(to: number, holdAfterBytes: number): Promise<Line> {
  let reached: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let holding = true;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((caller) => {
    const called = net.connect(to, '127.0.0.1');
    for (const socket of [caller, called]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    caller.on('close', () => called.destroy());
    called.on('close', () => caller.destroy());
    called.pipe(caller);
    let passed = 0;
    caller.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (!holding || passed <= holdAfterBytes) {
        called.write(chunk);
        return;
      }
      // The piece at the edge goes through half: the other side sits in the middle of an object.
      const over = passed - holdAfterBytes;
      if (over < chunk.length) called.write(chunk.subarray(0, chunk.length - over));
      caller.pause();
      reached();
    });
    caller.on('end', () => called.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    holding = false;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    held,
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
