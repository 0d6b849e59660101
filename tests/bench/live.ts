/**
 * `npm run bench:live`: from the presenter's hand to the follower's picture, in two real browsers. Prints a table and
 * writes bench-results/live.json; with `--publish` also the section of docs/BENCHMARKS.md. See there what is measured.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ViewMessage } from '@/lib/live/view-sender.ts';
import { startServer } from '../setup/server-process.ts';
import {
  cookieHeader,
  endMeeting,
  type Meeting,
  scrollInOneGo,
  scrollStepByStep,
  startMeeting,
  untilQuiet,
  windowStepByStep,
} from './live/browsers.ts';
import { followSteps, showsFrame, viewIn } from './live/match.ts';
import { clockSkew, type Recording, takeRecording } from './live/recorder.ts';
import { measureRelays } from './live/relay.ts';
import { repeat } from './live/repeat.ts';
import { type LiveResult, publish, type Series, table } from './live/report.ts';
import { loadNow, machine, versionOf } from './machine.ts';

const SCROLLS = { times: 200, withinMs: 50_000 };
const WINDOWS = { times: 60, withinMs: 15_000 };
const BURSTS = { times: 12, withinMs: 30_000 };
const NOTCHES = 30;
const PER_SECOND = 30;
const WARM_UP = { times: 24, withinMs: 10_000 };
const RELAYED = { times: 1000, withinMs: 50_000 };

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);

const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-bench-'));
const loadBefore = loadNow();
say('starting the server with the demonstration');
const server = await startServer({ dataDir });
// The server has a process group of its own: Ctrl-C does not reach it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.stop().then(() => process.exit(1)));
try {
  const result = await measure(server.origin);
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile('bench-results/live.json', `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${table(result)}\n`);
  if (process.argv.includes('--publish')) await publish(result);
} finally {
  await server.stop();
  await fs.rm(dataDir, { recursive: true, force: true });
}

async function measure(origin: string): Promise<LiveResult> {
  say('two browsers open the case');
  const meeting = await startMeeting(origin);
  try {
    const skew = await clockSkew(meeting.presenter.page, meeting.follower.page);
    const { page } = meeting.presenter;
    const series = (act: () => Promise<number>) => recorded(meeting, skew.ms, act);

    await series(() => scrollStepByStep(meeting, WARM_UP));
    say(`${SCROLLS.times} steps of the wheel`);
    const scroll = await series(() => scrollStepByStep(meeting, SCROLLS));
    say(`${WINDOWS.times} movements of window and level`);
    const windowing = await series(() => windowStepByStep(meeting, WINDOWS));
    say(`${BURSTS.times} times ${NOTCHES} steps at ${PER_SECOND} a second`);
    const bursts: Series[] = [];
    await repeat(BURSTS, async () => {
      bursts.push(await series(() => scrollInOneGo(page, NOTCHES, PER_SECOND)));
    });

    const message = scroll.lastSent;
    if (!message) throw new Error('The presenter sent nothing');
    const [presenter, follower] = [
      await cookieHeader(meeting.presenter.context),
      await cookieHeader(meeting.follower.context),
    ];
    await endMeeting(meeting);
    say(`${RELAYED.times} views through the product, bare Socket.IO and bare ws`);
    const relays = await measureRelays({
      origin,
      sessionId: meeting.sessionId,
      presenter,
      follower,
      message,
      limit: RELAYED,
      onProgress: (done) => done > 0 && done % 250 === 0 && say(`  ${done}`),
    });
    const versions = {
      Chromium: meeting.chromium,
      'socket.io': versionOf('socket.io'),
      ws: versionOf('ws'),
      '@cornerstonejs/core': versionOf('@cornerstonejs/core'),
    };
    return {
      machine: machine(loadBefore, versions),
      skew,
      scroll,
      windowing,
      stream: bursts,
      relays,
    };
  } finally {
    await endMeeting(meeting);
  }
}

async function recorded(
  meeting: Meeting,
  ahead: number,
  act: () => Promise<number>,
): Promise<Series & { lastSent: ViewMessage | undefined }> {
  const take = (): Promise<[Recording, Recording]> =>
    Promise.all([takeRecording(meeting.presenter.page), takeRecording(meeting.follower.page)]);
  await take();
  const asked = await act();
  await untilQuiet(meeting);
  const [presenter, follower] = await take();
  const last = presenter.sent.at(-1);
  return {
    asked,
    sent: presenter.sent.length,
    steps: followSteps(presenter, follower, ahead),
    lastArrived: last !== undefined && showsFrame(follower.painted.at(-1)?.views ?? [], last.text),
    lastSent: last && viewIn(last.text),
  };
}
