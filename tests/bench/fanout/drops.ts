import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { RoomClient } from '@/lib/live/client.ts';
import { type RoomServer, startRoomServer } from './peers.ts';

export type Drops = {
  clients: number;
  seconds: number;
  /** How often a connection was cut. */
  cuts: number;
  /** What was decided meanwhile. */
  events: number;
  /** Events that a client heard each once and in their order, over all clients. */
  inOrder: number;
  /** Clients that were cut and came back at least once. */
  cutOnce: number;
};

const AWAY_MS = 2000;
const DECIDES_EVERY_MS = 500;
const SETTLES_WITHIN_MS = 30_000;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The product's own client, whose connection is cut every few seconds for two. */
class Cut {
  readonly seqs: number[] = [];
  cuts = 0;
  readonly client: RoomClient;
  private socket: Socket | undefined;

  constructor({ port, sessionId, tokens }: RoomServer, index: number) {
    const token = tokens[1 + (index % (tokens.length - 1))];
    const dial: typeof io = (...args: unknown[]) => {
      this.socket = (io as (...all: unknown[]) => Socket)(...args);
      return this.socket as never;
    };
    this.client = new RoomClient(
      { url: `http://127.0.0.1:${port}`, sessionId, token, dial },
      { onEvent: ({ seq }) => this.seqs.push(seq) },
    );
  }

  get live(): boolean {
    return this.client.state.connection === 'live';
  }

  async comeAndGo(until: number): Promise<void> {
    while (performance.now() < until) {
      await pause(3000 + 5000 * Math.random());
      const { socket } = this;
      if (!socket || !this.live || performance.now() > until) continue;
      this.cuts += 1;
      socket.io.reconnection(false);
      socket.io.engine.close();
      await pause(AWAY_MS);
      socket.io.reconnection(true);
      socket.connect();
    }
  }
}

/** Many whose connections are cut for two seconds again and again, while something is decided twice a second. */
export async function runDrops(clients: number, seconds: number): Promise<Drops> {
  const { child, told } = await startRoomServer();
  const origin = { url: `http://127.0.0.1:${told.port}`, sessionId: told.sessionId };
  const chair = new RoomClient({ ...origin, token: told.tokens[0] });
  await until(() => chair.state.connection === 'live');
  const all: Cut[] = [];
  while (all.length < clients) {
    const batch = Array.from({ length: Math.min(25, clients - all.length) }, (_, i) => i + all.length);
    all.push(...batch.map((index) => new Cut(told, index)));
    await until(() => all.every(({ live }) => live));
  }
  const end = performance.now() + 1000 * seconds;
  const going = all.map((one) => one.comeAndGo(end));
  let events = 0;
  while (performance.now() < end) {
    const type = 'record.mark';
    const answer = await chair.command({ type, clientId: randomUUID(), text: String(events + 1) });
    if (answer.ok) events += 1;
    await pause(DECIDES_EVERY_MS);
  }
  await Promise.all(going);
  // Whoever does not come to hear all is counted as they are.
  await until(() => all.every(({ live, seqs }) => live && seqs.length >= events)).catch(() => undefined);
  const inOrder = all.reduce((sum, { seqs }) => sum + seqs.filter((seq, at) => seq === at + 1).length, 0);
  const cuts = all.reduce((sum, one) => sum + one.cuts, 0);
  const cutOnce = all.filter((one) => one.cuts > 0).length;
  for (const { client } of all) client.close();
  chair.close();
  child.disconnect();
  return { clients, seconds, cuts, events, inOrder, cutOnce };
}

async function until(so: () => boolean): Promise<void> {
  const deadline = performance.now() + SETTLES_WITHIN_MS;
  while (!so()) {
    if (performance.now() > deadline) throw new Error('It did not come to be within 30 s');
    await pause(20);
  }
}
