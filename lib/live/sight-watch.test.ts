import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection.server.ts';
import { Crowd } from './crowd.server.ts';
import type { Line } from './line.server.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { SightWatch, sightEveryMs } from './sight-watch.server.ts';

type Told = { message: string; content: unknown };

/** A tab of this person that notes what it is told. */
function tab(personId: string): { connection: Connection; told: Told[] } {
  const told: Told[] = [];
  const note = (message: string, content: unknown) => void told.push({ message, content });
  const line: Line = {
    open: true,
    emit: (message, ...content) => note(message, content[0]),
    tell: ({ message, content }) => note(message, content),
    pass: ({ message, content }) => {
      note(message, content);
      return true;
    },
    hangUp: () => undefined,
    onceReady: () => undefined,
  };
  const admission = { protocol: PROTOCOL_VERSION } as Connection['admission'];
  const participant = { personId } as Connection['participant'];
  return { connection: new Connection(line, admission, participant), told };
}

describe('the watch over who sees what', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('W1: tabs of a room that grows are told to speak less often, those that were there first too', () => {
    const crowd = new Crowd();
    const watch = new SightWatch(crowd, () => false);
    const first = tab('p0');
    crowd.add(first.connection);
    watch.later();
    vi.advanceTimersByTime(1000);
    expect(first.told).toEqual([]);
    for (let person = 1; person < 500; person += 1) crowd.add(tab(`p${person}`).connection);
    watch.later();
    vi.advanceTimersByTime(1000);
    expect(first.told).toEqual([{ message: 'pace', content: sightEveryMs(500) }]);
  });

  test('W4: only those who lead are told, and only what changed', () => {
    const crowd = new Crowd();
    const watch = new SightWatch(crowd, (personId) => personId === 'chair');
    const [chair, ann] = [tab('chair'), tab('ann')];
    for (const { connection } of [chair, ann]) crowd.add(connection);
    const say = (doing: 'follow' | 'free') => {
      watch.heard(ann.connection, { seq: 0, doing, missing: [] });
      vi.advanceTimersByTime(1000);
    };
    say('follow');
    expect(chair.told.at(-1)?.content).toHaveLength(2);
    say('follow');
    say('free');
    expect(chair.told.slice(1)).toEqual([
      { message: 'standings', content: [{ personId: 'ann', kind: 'free', missing: [] }] },
    ]);
    expect(ann.told).toEqual([]);
  });

  test('W4: whoever leads and is told everything anew hears how everybody stands', () => {
    const crowd = new Crowd();
    const watch = new SightWatch(crowd, (personId) => personId === 'chair');
    const [chair, ann] = [tab('chair'), tab('ann')];
    for (const { connection } of [chair, ann]) crowd.add(connection);
    watch.later();
    vi.advanceTimersByTime(1000);
    for (const { connection } of [chair, ann]) watch.tellAnew(connection);
    vi.advanceTimersByTime(1000);
    expect(chair.told).toHaveLength(2);
    expect(chair.told.at(-1)).toEqual(chair.told.at(0));
    expect(ann.told).toEqual([]);
  });
});
