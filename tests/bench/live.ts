/**
 * `npm run bench:live`: from the presenter's hand to the follower's picture, in two real browsers. Prints a table and
 * writes bench-results/live.json; with `--publish` also the section of docs/BENCHMARKS.md. See there what is measured.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startServer } from '../setup/server-process.ts';
import {
  cookieHeader,
  type Meeting,
  scrollInOneGo,
  scrollStepByStep,
  startMeeting,
  untilQuiet,
  windowStepByStep,
} from './live/browsers.ts';
import { followSteps, type Step, viewIn } from './live/match.ts';
import { clockSkew, type Recording, takeRecording } from './live/recorder.ts';
import { measureRelays } from './live/relay.ts';
import { type LiveResult, publish, table } from './live/report.ts';
import { loadNow, machine, versionOf } from './machine.ts';

const SCROLLS = 200;
const WINDOWS = 60;
const BURSTS = 20;
const NOTCHES = 30;
const PER_SECOND = 30;
const RELAYED = 1000;

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);

const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-bench-'));
const loadBefore = loadNow();
say('starting the server with the demonstration');
const server = await startServer({ dataDir });
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
    const series = (act: () => Promise<void>) => recorded(meeting, skew.ms, act);

    await series(() => scrollStepByStep(page, 24));
    say(`${SCROLLS} steps of the wheel`);
    const scroll = await series(() => scrollStepByStep(page, SCROLLS));
    say(`${WINDOWS} movements of window and level`);
    const windowing = await series(() => windowStepByStep(page, WINDOWS));
    say(`${BURSTS} times ${NOTCHES} steps at ${PER_SECOND} a second`);
    const bursts: Series[] = [];
    for (let i = 0; i < BURSTS; i += 1)
      bursts.push(await series(() => scrollInOneGo(page, NOTCHES, PER_SECOND)));

    const message = scroll.lastSent;
    if (!message) throw new Error('The presenter sent nothing');
    const [presenter, follower] = [
      await cookieHeader(meeting.presenter.context),
      await cookieHeader(meeting.follower.context),
    ];
    await closeBoth(meeting);
    say(`${RELAYED} views through the product, bare Socket.IO and bare ws`);
    const relays = await measureRelays({
      origin,
      sessionId: meeting.sessionId,
      presenter,
      follower,
      message,
      times: RELAYED,
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
      scroll: { asked: SCROLLS, steps: scroll.steps },
      windowing: { asked: WINDOWS, steps: windowing.steps },
      stream: bursts.map(({ steps, inputs, frames }) => ({ steps, inputs, frames })),
      relays,
    };
  } finally {
    await closeBoth(meeting);
  }
}

type Series = {
  steps: Step[];
  inputs: number;
  frames: number;
  lastSent: ReturnType<typeof viewIn> | undefined;
};

async function recorded(meeting: Meeting, ahead: number, act: () => Promise<void>): Promise<Series> {
  const take = (): Promise<[Recording, Recording]> =>
    Promise.all([takeRecording(meeting.presenter.page), takeRecording(meeting.follower.page)]);
  await take();
  await act();
  await untilQuiet();
  const [presenter, follower] = await take();
  const last = presenter.sent.at(-1);
  return {
    steps: followSteps(presenter, follower, ahead),
    inputs: presenter.inputs.length,
    frames: follower.painted.length,
    lastSent: last && viewIn(last.text),
  };
}

async function closeBoth({ presenter, follower }: Meeting): Promise<void> {
  await Promise.all([presenter.browser.close(), follower.browser.close()]);
}
