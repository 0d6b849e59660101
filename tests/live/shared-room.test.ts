import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors.ts';
import { LeaseKeeper } from '@/lib/live/processes/lease-keeper.server.ts';
import { SharedRoom } from '@/lib/live/processes/shared-room.server.ts';
import type { Acknowledgement } from '@/lib/live/protocol.ts';
import { random as randomOf } from '../fuzz/random.ts';
import { Bus } from './fuzz/bus.ts';
import { Memory } from './fuzz/memory.ts';
import { times } from './fuzz/server-life.ts';
import { uuid } from './fuzz/uuid.ts';
import { VirtualClock } from './fuzz/virtual-clock.ts';
import { tabOf } from './tab-of.ts';

const random = randomOf(1);
const [sessionId, chairId, annId] = [uuid(random), uuid(random), uuid(random)];
type Tab = ReturnType<typeof tabOf>;

describe('a room as one of two processes has it', () => {
  let clock: VirtualClock;
  let memory: Memory;
  let authority: SharedRoom;
  let outpost: SharedRoom;
  let chair: Tab;
  let ann: Tab;
  /** How long the outpost's questions about logins take, one after the other, in ms; or the code that they end with. */
  let logins: (number | 'never' | 'session_expired')[];

  const processOf = (bus: Bus) => {
    const life = { alive: true };
    const leases = new LeaseKeeper(
      undefined,
      memory.leases(life, () => false),
    );
    const ear = {
      alive: () => true,
      up: (up: Parameters<SharedRoom['hearUp']>[0]) => up.to === leases.processId && room.hearUp(up),
      down: (down: Parameters<SharedRoom['hearDown']>[0]) => room.hearDown(down),
    };
    const post = {
      up: (up: Parameters<SharedRoom['hearUp']>[0]) => bus.send(ear, 'up', up),
      down: (down: Parameters<SharedRoom['hearDown']>[0]) => bus.send(ear, 'down', down),
    };
    const room: SharedRoom = new SharedRoom(sessionId, times, leases, post, {
      fenced: (lease) => memory.reach(life, () => false, lease),
      stillEntitled: async ({ actor }) => {
        const next = logins.shift() ?? 0;
        if (next === 'session_expired') throw new AppError(next);
        await new Promise((done) => next !== 'never' && setTimeout(done, next));
        return actor;
      },
    });
    bus.join(ear);
    return room;
  };

  /** Lets time go by until this is done. */
  const during = async <T>(work: Promise<T>): Promise<T> => {
    await clock.pass(1000);
    return work;
  };

  /** What somebody at the outpost asks for, one after the other in the same moment; their answers as they come. */
  const ask = (...types: string[]) => {
    const answers: Record<string, Acknowledgement> = {};
    for (const type of types)
      outpost.receive(
        ann.connection,
        'command',
        { type, clientId: uuid(random) },
        (answer: Acknowledgement) => {
          answers[type] = answer;
        },
      );
    return answers;
  };
  const decided = () => memory.events.map(({ event }) => event.type);

  beforeEach(async () => {
    clock = new VirtualClock(randomOf(2));
    clock.install();
    logins = [];
    const facts = { kind: 'session', centreId: uuid(random), chairId, participantIds: [annId] } as const;
    memory = new Memory({ facts, cancelled: false, agendaVersion: 1 }, [], randomOf(3));
    const bus = new Bus({ random: randomOf(4), loses: () => false, slow: () => false });
    authority = processOf(bus);
    outpost = processOf(bus);
    chair = tabOf(sessionId, chairId);
    ann = tabOf(sessionId, annId);
    await during(authority.ready());
    authority.join(chair.connection);
    await during(outpost.ready());
    outpost.join(ann.connection);
    await clock.pass(1000);
  });
  afterEach(async () => {
    await during(Promise.all([authority.close(), outpost.close()]));
    clock.restore();
  });

  test('D6, Y1: what one tab asks for is decided in its order, whichever login is read first', async () => {
    logins = [60, 5, 30];
    ask('hand.raise', 'control.request', 'record.mark');
    await clock.pass(1000);
    expect(decided()).toEqual(['hand.raise', 'control.request', 'record.mark']);
  });

  test('D6, Y1: what a database does not answer about is refused after a while, and what was asked after it is decided', async () => {
    logins = ['never', 5];
    const answers = ask('hand.raise', 'control.request');
    await clock.pass(1000);
    expect(decided()).toEqual([]);
    await clock.pass(9500);
    expect(answers['hand.raise']).toEqual({ ok: false, code: 'unavailable' });
    expect(decided()).toEqual(['control.request']);
  });

  test('E2: a login that has ended is found in its turn: what was asked for before is decided', async () => {
    logins = [40, 'session_expired', 5];
    ask('hand.raise', 'control.request');
    await clock.pass(1000);
    expect(decided()).toEqual(['hand.raise']);
    expect(ann.messages()).toEqual(expect.arrayContaining(['ended', 'hung up']));
  });

  test('D6, Y1: nothing is decided for who has left meanwhile, and nobody else waits for it', async () => {
    logins = ['never', 5];
    ask('hand.raise', 'control.request');
    outpost.leave(ann.connection);
    ann = tabOf(sessionId, annId);
    outpost.join(ann.connection);
    const answers = ask('control.request');
    await clock.pass(1000);
    expect(answers['control.request']).toMatchObject({ ok: true });
    await clock.pass(10_000);
    expect(decided()).toEqual(['control.request']);
  });

  test('X3: whoever comes in when their room was closed is sent away to knock again', async () => {
    await during(outpost.close());
    const late = tabOf(sessionId, annId);
    outpost.join(late.connection);
    expect(late.messages()).toEqual(['hung up']);
  });

  test('X3: a room is not forgotten between a knock and the entrance', async () => {
    outpost.leave(ann.connection);
    await clock.pass(60_000);
    expect(outpost.idle).toBe(true);
    await during(outpost.ready());
    expect(outpost.idle).toBe(false);
    await clock.pass(60_000);
    outpost.join(ann.connection);
    expect(outpost.idle).toBe(false);
  });

  test('N2: a change of the agenda whose notice was lost is told once, when the session is read again', async () => {
    memory.session.agendaVersion = 2;
    await clock.pass(times.recheckMs);
    for (const { messages } of [chair, ann])
      expect(messages().filter((one) => one === 'notice')).toHaveLength(1);
    authority.notice({ type: 'agenda.changed', version: 2 });
    await clock.pass(times.recheckMs);
    for (const { messages } of [chair, ann])
      expect(messages().filter((one) => one === 'notice')).toHaveLength(1);
  });

  test('N2, Y8: when notices may have been lost everybody gets a snapshot, whichever process they are at', async () => {
    const snapshots = () =>
      [chair, ann].map(({ messages }) => messages().filter((one) => one === 'snapshot').length);
    const [before = 0, elsewhere = 0] = snapshots();
    void authority.missed();
    void outpost.missed();
    await clock.pass(1000);
    expect(snapshots()).toEqual([before + 1, elsewhere + 1]);
  });

  test('Y5, D7: a command that is not taken because nobody knows who has the room is asked for by a snapshot', async () => {
    const snapshots = () => chair.messages().filter((one) => one === 'snapshot').length;
    const before = snapshots();
    const { lease } = (authority as unknown as { authority: { lease: { until: number } } }).authority;
    lease.until = performance.now();
    authority.receive(
      chair.connection,
      'command',
      { type: 'hand.raise', clientId: uuid(random) },
      () => undefined,
    );
    await clock.pass(1000);
    expect(decided()).toEqual([]);
    expect(snapshots()).toBe(before + 1);
  });
});
