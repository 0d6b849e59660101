import { type ChildProcess, fork } from 'node:child_process';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { RoomClient } from '@/lib/live/client.ts';
import type { ViewMessage } from '@/lib/live/view-sender.ts';
import type { Vec3, ViewState } from '@/lib/live/view-state.ts';
import { type Limit, repeat } from './repeat.ts';

/** One way for a view from one client to another, both in this process: sends, and calls back when it has come. */
type Way = { send: (message: ViewMessage) => void; close: () => void };
type Arrived = (view: ViewState) => void;

export type RelayTimes = { product: number[]; socketIo: number[]; ws: number[]; bytes: number };

/** Slower than the client's own tick of 33 ms, which would hold the second message back. */
const EVERY_MS = 36;

/**
 * The same views through the product's server, through a bare Socket.IO server and through a bare `ws` server, in turn,
 * so that whatever else the machine does meets all three alike. Milliseconds from the sender's call to the receiver's,
 * serialising and parsing included.
 */
export async function measureRelays(options: {
  origin: string;
  sessionId: string;
  presenter: Record<string, string>;
  follower: Record<string, string>;
  message: ViewMessage;
  limit: Limit;
  onProgress: (done: number) => void;
}): Promise<RelayTimes> {
  const bare = await startBareRelay();
  let arrived: Arrived = () => undefined;
  const onView: Arrived = (view) => arrived(view);
  const ways = {
    product: await throughProduct(options, onView),
    socketIo: await throughSocketIo(bare.socketIo, onView),
    ws: await throughWs(bare.plain, onView),
  };
  const names = ['product', 'socketIo', 'ws'] as const;
  const times: RelayTimes = {
    product: [],
    socketIo: [],
    ws: [],
    bytes: Buffer.byteLength(JSON.stringify(options.message)),
  };
  const oneOfEach = async (turn: number) => {
    const began = performance.now();
    // Who goes first changes: the first finds the processor's caches cold.
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(turn + place) % names.length] ?? 'ws';
      const message = movedTo(options.message, turn);
      const took = await new Promise<number>((resolve, reject) => {
        const lost = setTimeout(() => reject(new Error(`A view was lost on the way: ${name}`)), 5000);
        const sent = performance.now();
        arrived = (view) => {
          if (view.viewports[0]?.focalMm?.[2] !== message.view.viewports[0]?.focalMm?.[2]) return;
          clearTimeout(lost);
          resolve(performance.now() - sent);
        };
        ways[name].send(message);
      });
      times[name].push(took);
    }
    options.onProgress(turn);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (performance.now() - began))));
  };
  await repeat(WARM_UP, oneOfEach);
  for (const name of names) times[name] = [];
  await repeat(options.limit, (turn) => oneOfEach(WARM_UP.times + turn));
  for (const way of Object.values(ways)) way.close();
  bare.child.disconnect();
  return times;
}

/** Compiled code and grown sockets: not what is asked about. */
const WARM_UP: Limit = { times: 100, withinMs: 5000 };

/** The same message at another place, so that each can be told from the one before. */
function movedTo({ itemId, view }: ViewMessage, z: number): ViewMessage {
  const [first, ...others] = view.viewports;
  if (!first) throw new Error('The recorded view has no viewport');
  const focalMm: Vec3 = [first.focalMm?.[0] ?? 0, first.focalMm?.[1] ?? 0, z];
  return { itemId, view: { ...view, viewports: [{ ...first, focalMm }, ...others] } };
}

async function throughProduct(options: Parameters<typeof measureRelays>[0], onView: Arrived): Promise<Way> {
  const { origin: url, sessionId } = options;
  const enter = async (headers: Record<string, string>, view?: Arrived) => {
    const client = new RoomClient(
      { url, sessionId, headers },
      { onView: (shared) => shared && view?.(shared.view) },
    );
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (client.state.connection === 'live') resolve();
        if (client.state.ended) reject(new Error(`Not let in: ${client.state.ended}`));
      };
      client.subscribe(look);
    });
    return client;
  };
  const sender = await enter(options.presenter);
  const receiver = await enter(options.follower, onView);
  if (!sender.presenting) throw new Error('The sender does not present');
  return {
    send: (message) => sender.moved(message.view),
    close: () => {
      sender.close();
      receiver.close();
    },
  };
}

async function throughSocketIo(port: number, onView: Arrived): Promise<Way> {
  const connect = async () => {
    const socket = io(`http://127.0.0.1:${port}`, {
      path: '/live',
      transports: ['websocket'],
      forceNew: true,
    });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const [sender, receiver] = [await connect(), await connect()];
  receiver.on('view', (message: ViewMessage) => onView(message.view));
  return {
    send: (message) => sender.emit('view', message),
    close: () => {
      sender.close();
      receiver.close();
    },
  };
}

async function throughWs(port: number, onView: Arrived): Promise<Way> {
  const connect = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  };
  const [sender, receiver] = [await connect(), await connect()];
  receiver.on('message', (data) => onView((JSON.parse(String(data)) as ViewMessage).view));
  return {
    send: (message) => sender.send(JSON.stringify(message)),
    close: () => {
      sender.close();
      receiver.close();
    },
  };
}

type BareRelay = { child: ChildProcess; plain: number; socketIo: number };

function startBareRelay(): Promise<BareRelay> {
  const child = fork('tests/bench/live/bare-relay.ts', { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (ports) => resolve({ child, ...(ports as Omit<BareRelay, 'child'>) }));
    child.once('exit', (code) => reject(new Error(`The bare relay stopped (${code})`)));
  });
}
