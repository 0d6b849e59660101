import type WebSocket from 'ws';
import { percentile } from '../statistics.ts';
import type { Peer } from './peers.ts';

export type Round = {
  peer: Peer['name'];
  participants: number;
  hz: number;
  stalled: number;
  /** Milliseconds from the presenter's send to a follower's hearing it. */
  median: number;
  p99: number;
  /** Processor time of the server per second of presenting, in ms. */
  cpuMs: number;
  /** Views that each follower heard, of those that were sent. */
  delivered: number;
  /** Followers that heard the last one. */
  last: number;
  /** Bytes that wait in the fullest connection at the end. */
  fullest: number;
};

/** Until both servers run compiled code: what is measured is a meeting under way, not its first seconds. */
const WARM_UP_VIEWS = 150;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One presenter and the others, for some seconds at this rate; a share of them reads nothing at all. */
export async function runRound(
  peer: Peer,
  {
    participants,
    hz,
    seconds,
    stalledShare = 0,
  }: { participants: number; hz: number; seconds: number; stalledShare?: number },
): Promise<Round> {
  const views = hz * seconds;
  const sentAt = new Float64Array(views + WARM_UP_VIEWS + 2);
  const stalled = Math.round((participants - 1) * stalledShare);
  const times: number[] = [];
  let heard = 0;
  let last = 0;
  let base = Number.POSITIVE_INFINITY;
  const end = views + WARM_UP_VIEWS;
  const onView = (count: number) => {
    const place = count - base;
    if (place <= WARM_UP_VIEWS || place > end) return;
    heard += 1;
    times.push(performance.now() - (sentAt[place] ?? Number.NaN));
    if (place === end) last += 1;
  };
  const sockets: WebSocket[] = [await peer.join(0, () => undefined)];
  while (sockets.length < participants) {
    const batch = Math.min(40, participants - sockets.length);
    const from = sockets.length;
    sockets.push(
      ...(await Promise.all(Array.from({ length: batch }, (_, i) => peer.join(from + i, onView)))),
    );
  }
  for (const socket of sockets.slice(1, 1 + stalled)) socket.pause();
  await pause(1500);

  const [presenter] = sockets;
  let began = 0;
  let before = await peer.usage();
  const every = 1000 / hz;
  const start = performance.now();
  for (let place = 1; place <= end; place += 1) {
    await pause(Math.max(0, start + place * every - performance.now()));
    if (place === WARM_UP_VIEWS + 1) {
      before = await peer.usage();
      began = performance.now();
    }
    const { text, count } = peer.message();
    if (base === Number.POSITIVE_INFINITY) base = count - 1;
    sentAt[place] = performance.now();
    presenter?.send(text);
  }
  const took = (performance.now() - began) / 1000;
  const after = await peer.usage();
  await pause(1500);
  const { fullest } = await peer.usage();
  for (const socket of sockets) socket.terminate();
  await pause(500);
  const reading = participants - 1 - stalled;
  return {
    peer: peer.name,
    participants,
    hz,
    stalled,
    median: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpuMs: (after.cpuMs - before.cpuMs) / took,
    delivered: heard / (reading * views),
    last: last / reading,
    fullest,
  };
}
