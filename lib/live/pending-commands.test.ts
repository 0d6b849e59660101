import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RoomClient } from './client.ts';
import type { Acknowledgement, Command, Snapshot } from './protocol.ts';
import { emptyRoom } from './reducer.ts';
import type { RoomSocket } from './room-state.ts';

const LONG_MS = 20 * 60_000;
const ids = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);
const [first = '', second = '', third = ''] = ids;
const open = (clientId: string): Command => ({ type: 'item.open', clientId, itemId: second });
const mark: Command = { type: 'record.mark', clientId: third, text: '' };

type Answer = (answer: Acknowledgement) => void;

/** A tab of the chair's over a line that the test holds in its hands. */
class Line {
  readonly sent: { command: Command; answer: Answer }[] = [];
  private readonly listeners = new Map<string, (content?: unknown) => void>();
  readonly client: RoomClient;

  constructor() {
    const socket = {
      connected: true,
      active: true,
      on: (type: string, listener: () => void) => this.listeners.set(type, listener),
      connect: () => socket,
      disconnect: () => socket,
      removeAllListeners: () => socket,
      emit: (type: string, command: Command, answer: Answer) =>
        type === 'command' && this.sent.push({ command, answer }),
    };
    this.client = new RoomClient({ sessionId: '', dial: () => socket as unknown as RoomSocket });
  }

  /** The room is reached, as it is now. */
  reach(now: Partial<Snapshot> = {}): void {
    const { chairId, ...room } = emptyRoom('chair');
    const pointers: Snapshot['pointers'] = [];
    const me = { me: chairId, chairId, presenterId: chairId, currentItemId: first };
    const lane = { events: [], now: new Date().toISOString(), protocol: 5, sightEveryMs: 250 };
    this.listeners.get('snapshot')?.({ ...room, participants: [], pointers, ...me, ...lane, ...now });
  }

  lose(): void {
    this.listeners.get('disconnect')?.();
  }

  /** Notes how a command ends. */
  ask(command: Command): { answer: Acknowledgement | null } {
    const asked: { answer: Acknowledgement | null } = { answer: null };
    void this.client.command(command).then((answer) => {
      asked.answer = answer;
    });
    return asked;
  }

  get types(): string[] {
    return this.sent.map(({ command }) => command.type);
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('commands that could not leave', () => {
  let line: Line;
  beforeEach(() => {
    vi.useFakeTimers();
    line = new Line();
    line.reach();
  });
  afterEach(() => {
    line.client.close();
    vi.useRealTimers();
  });

  test('D10: what is meant for now is given up after ten seconds, with the reason, and never leaves', async () => {
    line.lose();
    const opening = line.ask(open(first));
    const taking = line.ask({ type: 'control.take', clientId: second });
    await pass(9_999);
    expect([opening.answer, taking.answer]).toEqual([null, null]);
    await pass(1);
    expect([opening.answer, taking.answer]).toEqual([
      { ok: false, code: 'network' },
      { ok: false, code: 'network' },
    ]);
    await pass(LONG_MS);
    line.reach();
    expect(line.sent).toEqual([]);
  });

  test('D10: a computer that slept, whose timers stood still, is no way around that', async () => {
    line.lose();
    const opening = line.ask(open(first));
    vi.setSystemTime(Date.now() + LONG_MS);
    line.reach();
    await pass(0);
    expect(opening.answer).toEqual({ ok: false, code: 'network' });
    expect(line.sent).toEqual([]);
  });

  test('D10: another case or another presenter than when it was made refuses it', async () => {
    for (const now of [{ currentItemId: third }, { presenterId: 'ann' }]) {
      line.reach();
      line.lose();
      const opening = line.ask(open(first));
      line.reach(now);
      await pass(0);
      expect(opening.answer).toEqual({ ok: false, code: 'state_conflict' });
    }
    expect(line.sent).toEqual([]);
  });

  test('D7: back at once in the room as it was, it is sent', () => {
    line.lose();
    line.ask(open(first));
    line.reach();
    expect(line.sent.map(({ command }) => command)).toEqual([open(first)]);
  });

  test('D7: drawings, votes and marks leave however late it is, whatever has changed', async () => {
    line.lose();
    const asked = line.ask(mark);
    await pass(LONG_MS);
    line.reach({ currentItemId: third });
    expect(line.sent.map(({ command }) => command)).toEqual([mark]);
    line.sent[0]?.answer({ ok: true, seq: 7 });
    await pass(0);
    expect(asked.answer).toEqual({ ok: true, seq: 7 });
  });
});

describe('commands that left, and whose answer was lost', () => {
  let line: Line;
  let opening: { answer: Acknowledgement | null };
  beforeEach(() => {
    vi.useFakeTimers();
    line = new Line();
    line.reach();
    opening = line.ask(open(first));
    line.lose();
  });
  afterEach(() => {
    line.client.close();
    vi.useRealTimers();
  });
  const enquiry = { type: 'poll.vote', clientId: first, pollId: first, option: 0 };

  test('D7, D10: a moment later they are sent again, under the same id', () => {
    line.reach();
    expect(line.sent.map(({ command }) => command)).toEqual([open(first), open(first)]);
  });

  test('D10: what they may have changed themselves is no reason to give them up: it is asked', async () => {
    line.reach({ currentItemId: second });
    expect(line.sent.at(-1)?.command).toEqual(enquiry);
    line.sent.at(-1)?.answer({ ok: true, seq: 2 });
    await pass(0);
    expect(opening.answer).toEqual({ ok: true, seq: 2 });
  });

  test('D10: after a long absence they are not sent again: it is asked, and what was not decided is over', async () => {
    await pass(LONG_MS);
    expect(opening.answer, 'it may have happened').toBeNull();
    line.reach();
    expect(line.types).toEqual(['item.open', 'poll.vote']);
    line.lose();
    // Asked once, it is not sent again as itself, whatever the room is like by then.
    line.reach();
    expect(line.types).toEqual(['item.open', 'poll.vote', 'poll.vote']);
    line.sent.at(-1)?.answer({ ok: false, code: 'state_conflict' });
    await pass(0);
    expect(opening.answer).toEqual({ ok: false, code: 'network' });
  });

  test('D10: a server that cannot tell is told of as such', async () => {
    line.reach({ presenterId: 'ann' });
    line.sent.at(-1)?.answer({ ok: false, code: 'unavailable' });
    await pass(0);
    expect(opening.answer).toEqual({ ok: false, code: 'unavailable' });
  });

  test('D10, R4: what a login that ended refused has not happened: it is given up like what never left', async () => {
    line.sent.at(-1)?.answer({ ok: false, code: 'session_expired' });
    await pass(10_000);
    expect(opening.answer).toEqual({ ok: false, code: 'network' });
  });

  test('D10, R4: unless it had left before that, too', async () => {
    line.reach();
    line.sent.at(-1)?.answer({ ok: false, code: 'session_expired' });
    line.lose();
    await pass(LONG_MS);
    expect(opening.answer).toBeNull();
    line.reach();
    expect(line.types).toEqual(['item.open', 'item.open', 'poll.vote']);
  });
});
