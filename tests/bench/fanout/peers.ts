import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import WebSocket from 'ws';
import { viewAt } from '../../live/view-at.ts';
import type { Usage } from './usage.ts';

/** A server under test: how its clients come in, what its presenter says, and which message a follower got. */
export type Peer = {
  name: 'Consilium' | 'ws' | 'Bun';
  usage: () => Promise<Usage>;
  /** A connection that is in the room; `onView` hears the count of each view. */
  join: (index: number, onView: (count: number) => void) => Promise<WebSocket>;
  /** The text of the view with this count; the next count follows by itself. */
  message: () => { text: string; count: number };
  stop: () => void;
};

/** Servers have this core for themselves, as far as the machine has nothing else to do; the load has the other. */
export const SERVER_CORE = '0';

async function startChild<T>(file: string): Promise<{ child: ChildProcess; told: T }> {
  const script = path.join(import.meta.dirname, file);
  const child = spawn(
    'taskset',
    [
      '-c',
      SERVER_CORE,
      process.execPath,
      ...(process.env.BENCH_NODE?.split(' ') ?? []),
      '--import',
      'tsx',
      script,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
    },
  );
  const [told] = (await once(child, 'message')) as [T];
  return { child, told };
}

const usageOf = (child: ChildProcess) => async (): Promise<Usage> => {
  const answer = once(child, 'message');
  child.send('usage');
  const [usage] = (await answer) as [Usage];
  return usage;
};

/** The digits at `from` of a text frame, without parsing the rest. */
function digits(data: Buffer, from: number): number {
  let value = 0;
  for (let at = from; ; at += 1) {
    const digit = (data[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}

/** Comes in at a server that hands on what it gets. */
export const joinBare =
  (port: number): Peer['join'] =>
  async (_, onView) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    socket.on('message', (data: Buffer) => onView(digits(data, '{"seq":'.length)));
    await once(socket, 'open');
    return socket;
  };

/** What a presenter says at such a server: what the room would tell. */
export function bareMessages(): Peer['message'] {
  let count = 0;
  return () => {
    count += 1;
    return { text: JSON.stringify({ seq: count, itemId: '', by: '', view: viewAt(count) }), count };
  };
}

export async function startWs(): Promise<Peer> {
  const { child, told } = await startChild<{ port: number }>('ws-server.ts');
  return {
    name: 'ws',
    usage: usageOf(child),
    join: joinBare(told.port),
    message: bareMessages(),
    stop: () => child.disconnect(),
  };
}

export type RoomServer = {
  port: number;
  sessionId: string;
  itemId: string;
  protocol: number;
  tokens: string[];
};

/** Each tab says what it has painted, as often as the room asks for. */
const VIEW = '42["view",{"seq":';

export const startRoomServer = () => startChild<RoomServer>('room-server.ts');

export async function startRoom(): Promise<Peer> {
  const { child, told } = await startRoomServer();
  const { itemId } = told;
  let count = 0;
  let first = 0;
  /** Engine.IO and Socket.IO by hand: a hundred thousand messages a second are read here. */
  const join = async (index: number, onView: (count: number) => void): Promise<WebSocket> => {
    const url = `ws://127.0.0.1:${told.port}/live/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const token = told.tokens[index === 0 ? 0 : 1 + (index % (told.tokens.length - 1))];
    const greeting = { sessionId: told.sessionId, protocol: told.protocol, token };
    let saidAt = 0;
    let every = 250;
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        if (data.length > VIEW.length && data[4] === 118 /* v */) {
          const seq = digits(data, VIEW.length);
          onView(seq - first);
          const now = performance.now();
          if (now - saidAt > every) {
            saidAt = now;
            socket.send(`42["sight",{"seq":${seq},"doing":"follow","missing":[]}]`);
          }
          return;
        }
        const text = data.toString();
        if (text[0] === '0') socket.send(`40${JSON.stringify(greeting)}`);
        else if (text.startsWith('42["pace",')) every = digits(data, '42["pace",'.length);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('44')) reject(new Error(text));
        else if (text.startsWith('42["taken",') && index === 0)
          first ||= digits(data, '42["taken",'.length) - 1;
        else if (text.startsWith('42["snapshot"')) {
          every = (JSON.parse(text.slice(2)) as [string, { sightEveryMs: number }])[1].sightEveryMs;
          // As the product's page does, which is told at once what is painted: each speaks at its own moments.
          saidAt = performance.now();
          socket.send('42["sight",{"seq":0,"doing":"follow","missing":[]}]');
          resolve();
        }
      });
    });
    return socket;
  };
  const chair = await join(0, () => undefined);
  const clientId = crypto.randomUUID();
  chair.send(`420["command",${JSON.stringify({ type: 'item.open', clientId, itemId })}]`);
  const view = (z: number) => `42${JSON.stringify(['view', { itemId, view: viewAt(z), n: z }])}`;
  const taken = new Promise<void>((resolve) => {
    chair.on('message', (data: Buffer) => {
      const text = data.toString();
      // The open case is committed; the first view tells where the sequence begins.
      if (text.startsWith('430')) chair.send(view(0));
      if (text.startsWith('42["taken",')) {
        first = digits(data, '42["taken",'.length);
        resolve();
      }
    });
  });
  await taken;
  chair.close();
  return {
    name: 'Consilium',
    usage: usageOf(child),
    join,
    message: () => {
      count += 1;
      return { text: view(count), count };
    },
    stop: () => child.disconnect(),
  };
}
