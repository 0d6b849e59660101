import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editAgendaItem } from '@/lib/boards/agenda.server.ts';
import { setCancelled, setInvited } from '@/lib/boards/schedule-session.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { holderOf } from '@/lib/live/processes/lease.server.ts';
import { connectRedis, type Together } from '@/lib/live/processes/redis.server.ts';
import type { SharedView } from '@/lib/live/protocol.ts';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { WaitingClient } from '@/lib/live/waiting/client.ts';
import { listWaiting } from '@/lib/live/waiting/read.server.ts';
import { RoomProcess } from './processes/many.ts';
import { RedisServer } from './processes/redis-server.ts';
import { type Person, setStage, startLive, type Tab, until, viewAt } from './support.ts';

const stage = setStage();
let redis: RedisServer;
let first: RoomProcess;
let second: RoomProcess;

beforeAll(async () => {
  redis = await RedisServer.start();
});
afterAll(() => redis.kill());

const start = () => RoomProcess.start({ DATABASE_URL: stage.database.url, REDIS_URL: redis.url });
beforeEach(async () => {
  [first, second] = await Promise.all([start(), start()]);
});
afterEach(async () => {
  await Promise.all([first.kill(), second.kill()]);
});

async function enter(process: RoomProcess, who: Person): Promise<Tab> {
  const tab = await stage.doors.tab(process.origin, stage.session.id, stage.actors[who]);
  await until(() => expect(tab.state.connection).toBe('live'));
  return tab;
}

/** The chair at the first process, which thereby is the authority; two more at the second; the first case open. */
async function meeting(): Promise<{ chair: Tab; oncologist: Tab; nuclear: Tab }> {
  const chair = await enter(first, 'chair');
  const [oncologist, nuclear] = await Promise.all([enter(second, 'oncologist'), enter(second, 'nuclear')]);
  await chair.decide({ type: 'item.open', itemId: stage.session.items[0] });
  for (const tab of [chair, oncologist, nuclear])
    await until(() => {
      expect(tab.room.currentItemId).toBe(stage.session.items[0]);
      expect(tab.room.participants).toHaveLength(3);
    });
  return { chair, oncologist, nuclear };
}

const seqsOf = (tab: Tab) => tab.events.map(({ seq }) => seq);
const stored = async () =>
  (await db().roomEvent.findMany({ where: { sessionId: stage.session.id }, orderBy: { seq: 'asc' } })).map(
    ({ seq }) => seq,
  );

describe('a room of several processes', () => {
  test('Y1, Y2, M1: views, pointers, marks, standings and events reach everybody, whichever process they are at', async () => {
    const { chair, oncologist, nuclear } = await meeting();
    chair.client.moved(viewAt(12));
    await until(() => expect([oncologist.z, nuclear.z]).toEqual([12, 12]));
    await until(() =>
      expect(chair.state.standings.get(stage.actors.nuclear.personId)).toMatchObject({ kind: 'with' }),
    );
    expect(await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId })).toMatchObject({
      ok: true,
    });
    await until(() => expect(nuclear.client.presenting).toBe(true));
    nuclear.client.moved(viewAt(34));
    await until(() => expect([chair.z, oncologist.z]).toEqual([34, 34]));
    expect(await oncologist.decide({ type: 'control.request' })).toMatchObject({ ok: true });
    expect(await oncologist.decide({ type: 'control.take' })).toEqual({ ok: false, code: 'forbidden' });
    for (const tab of [chair, oncologist, nuclear]) await until(() => expect(seqsOf(tab)).toEqual([1, 2, 3]));
    expect(chair.room.participants.map(({ colour }) => colour).sort()).toEqual(
      oncologist.room.participants.map(({ colour }) => colour).sort(),
    );
    const mark = {
      n: 1,
      kind: 'arrow' as const,
      seriesUid: '1.2.3.4',
      frameOfReferenceUid: '1.2.3.9',
      normal: [0, 0, 1] as [number, number, number],
      projected: false,
      points: [
        [0, 0, 0],
        [9, 0, 0],
      ] as [number, number, number][],
    };
    oncologist.client.mark(mark);
    const personId = stage.actors.oncologist.personId;
    for (const tab of [chair, nuclear]) await until(() => expect(tab.marks).toEqual([{ personId, mark }]));
    oncologist.client.close();
    await until(() => expect(chair.room.participants).toHaveLength(2));
  });

  test('Y1: commands given at once at both are decided one after the other, in one order for all', async () => {
    const { chair, oncologist, nuclear } = await meeting();
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => [
        chair.decide({ type: 'item.open', itemId: stage.session.items[(index + 1) % 2] as string }),
        nuclear.decide({ type: 'control.request' }),
        oncologist.decide({ type: 'control.request' }),
      ]).flat(),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const last = (await stored()).length;
    for (const tab of [chair, oncologist, nuclear]) await until(() => expect(tab.room.lastSeq).toBe(last));
    expect(seqsOf(nuclear)).toEqual(await stored());
    expect(nuclear.events).toEqual(chair.events);
    expect(oncologist.events).toEqual(chair.events);
  });

  test('G12: whoever waits at another process’s door is seen, keeps their place when it dies, and is let in', async () => {
    const { chair } = await meeting();
    const { radiologist } = stage.actors;
    const stand = async (process: RoomProcess) => {
      const token = await stage.doors.token(radiologist);
      return new WaitingClient({ url: process.origin, sessionId: stage.session.id, token });
    };
    const before = await stand(second);
    await until(() => expect(chair.notices).toContainEqual({ type: 'waiting.changed' }));
    const [place] = await listWaiting(stage.actors.chair, stage.session.id);
    const after = await stand(first);
    await until(() => expect(after.state.doing).toBe('waiting'));
    await second.kill();
    before.close();
    expect(await listWaiting(stage.actors.chair, stage.session.id)).toEqual([place]);
    expect(
      await chair.decide({ type: 'waiting.admit', personId: radiologist.personId, observer: false }),
    ).toMatchObject({ ok: true });
    await until(() => expect(after.state.doing).toBe('admitted'));
    after.close();
    await enter(first, 'radiologist');
    await until(() =>
      expect(chair.room.participants.map((one) => one.personId)).toContain(radiologist.personId),
    );
  });

  test('Y3, Y4: when the authority is killed another takes over: the view is back, and nothing is lost or doubled', async () => {
    const { oncologist, nuclear } = await meeting();
    const chair = await enter(second, 'chair');
    await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId });
    await until(() => expect(nuclear.client.presenting).toBe(true));
    nuclear.client.moved(viewAt(21));
    await until(() => expect(oncologist.z).toBe(21));
    const seq = oncologist.seqs.at(-1) ?? 0;
    const { snapshots } = oncologist.state;
    await first.kill();
    nuclear.client.moved(viewAt(22));
    await until(() => expect(oncologist.state.snapshots).toBeGreaterThan(snapshots));
    await until(() => expect(oncologist.z).toBe(22));
    expect(oncologist.seqs.at(-1)).toBeGreaterThan(seq);
    expect(await chair.decide({ type: 'item.open', itemId: stage.session.items[1] })).toEqual({
      ok: true,
      seq: 3,
    });
    await until(() => expect(seqsOf(oncologist)).toEqual([1, 2, 3]));
    expect(await stored()).toEqual([1, 2, 3]);
  });

  test('Y3, D3: a command that the killed authority has not answered is decided once by its successor', async () => {
    const { oncologist } = await meeting();
    first.pause();
    const answer = oncologist.decide({ type: 'control.request' });
    await first.kill();
    expect(await answer).toEqual({ ok: true, seq: 2 });
    expect(await stored()).toEqual([1, 2]);
  });

  test('Y5: an authority that stood still past its lease neither numbers a view nor decides anything', async () => {
    const { chair, oncologist, nuclear } = await meeting();
    chair.client.moved(viewAt(5));
    await until(() => expect(nuclear.z).toBe(5));
    const before = await holderOf(stage.session.id);
    const { snapshots } = nuclear.state;
    first.pause();
    // Both wait in the stopped process's socket, and are read as soon as it goes on.
    chair.client.moved(viewAt(666));
    const late = chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await until(() => expect(nuclear.state.snapshots).toBeGreaterThan(snapshots));
    expect(await holderOf(stage.session.id)).toMatchObject({ epoch: (before?.epoch ?? 0) + 1 });
    expect(await oncologist.decide({ type: 'control.request' })).toEqual({ ok: true, seq: 2 });
    first.resume();
    // Its client is led to the new authority, where the command is decided after what was decided meanwhile.
    expect(await late).toEqual({ ok: true, seq: 3 });
    for (const tab of [chair, oncologist, nuclear])
      await until(() =>
        expect(tab.room).toMatchObject({ lastSeq: 3, currentItemId: stage.session.items[1] }),
      );
    expect(await stored()).toEqual([1, 2, 3]);
    const seqs = nuclear.views.flatMap((view) => (view ? [view.seq] : []));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test('Y6: without Redis the authority’s own people go on, others are told; with it all are together again', async () => {
    const { chair, nuclear } = await meeting();
    const surgeon = await enter(first, 'surgeon');
    await redis.kill();
    await until(() => expect(nuclear.state.connection).toBe('reconnecting'));
    expect(await chair.decide({ type: 'item.open', itemId: stage.session.items[1] })).toEqual({
      ok: true,
      seq: 2,
    });
    await until(() => expect(surgeon.room.currentItemId).toBe(stage.session.items[1]));
    chair.client.moved(viewAt(8));
    await until(() => expect(surgeon.z).toBe(8));
    expect(chair.state.connection).toBe('live');
    const waiting = nuclear.decide({ type: 'record.mark', text: 'here' });
    const late = nuclear.decide({ type: 'control.request' });
    await redis.start();
    await until(() => expect(nuclear.state.connection).toBe('live'));
    await until(() => expect(nuclear.z).toBe(8));
    expect(await waiting).toEqual({ ok: true, seq: 3 });
    // Asked for in the case before (D10).
    expect(await late).toEqual({ ok: false, code: 'state_conflict' });
    expect(await stored()).toEqual([1, 2, 3]);
    chair.client.moved(viewAt(9));
    await until(() => expect([surgeon.z, nuclear.z]).toEqual([9, 9]));
  });

  test('N2, Y8: what was committed while Redis was away reaches the authority’s own people when it is back', async () => {
    const door = await connectRedis(redis.url);
    const third = await startLive({ together: door });
    const { chair, nuclear } = await meeting();
    await redis.kill();
    await until(() => expect(nuclear.state.connection).toBe('reconnecting'));
    const { snapshots } = chair.state;
    const [, itemId] = stage.session.items;
    const { agendaVersion } = await editAgendaItem(stage.actors.secretary, stage.session.id, itemId, {
      removed: true,
    });
    await redis.start();
    await until(() => expect(chair.state.snapshots).toBeGreaterThan(snapshots));
    for (const tab of [chair, nuclear])
      await until(() => {
        expect(tab.state.connection).toBe('live');
        expect(tab.room.agendaVersion).toBe(agendaVersion);
      });
    await third.stop();
    await door.close();
  });

  const side = { doseUids: ['1.2.3.7'], referenceGy: null };
  const twoDoses = { doseComparison: { a: side, b: side, show: 'lines' as const, spanGy: 10 } };
  const reads = {
    document: { studyUid: '1.2.3', seriesUid: '1.2.3.4', sopInstanceUid: '1.2.3.9', page: 2, area: null },
  };
  const ofAWindow = { viewports: [viewportAs({ focalMm: [0, 0, 6], aspect: 1.5 })] };

  test.each([
    ['two doses', twoDoses],
    ['zooms of other windows', ofAWindow],
    ['documents', reads],
  ])(
    'W9: a page that does not say that it draws %s is told, wherever it is, what it marks as not shown',
    async (_, news) => {
      const { chair, oncologist } = await meeting();
      const greeting = await stage.doors.greeting(stage.session.id, stage.actors.surgeon);
      const layouts: string[][] = [[], [], []];
      const listen = (at: number, process: RoomProcess) => {
        const socket = stage.doors.raw(process.origin, greeting);
        const take = (shared: SharedView | null) => shared && layouts[at]?.push(shared.view.layout);
        socket.on('view', take);
        socket.on('snapshot', ({ view }) => take(view));
        return until(() => expect(socket.connected).toBe(true));
      };
      await Promise.all([listen(0, first), listen(1, second)]);
      const plain = viewAt(5);
      chair.client.moved(plain);
      for (const at of [0, 1]) await until(() => expect(layouts[at]).toEqual([plain.layout]));
      chair.client.moved({ ...viewAt(6), ...news });
      for (const at of [0, 1])
        await until(() => expect(layouts[at]).toEqual([plain.layout, 'not-drawn-here']));
      await until(() =>
        expect(oncologist.views.at(-1)?.view).toMatchObject({ layout: plain.layout, ...news }),
      );
      await listen(2, second);
      await until(() => expect(layouts[2]).toEqual(['not-drawn-here']));
    },
  );

  test('Y7, X1: a stopping authority gives the room up, another has it at once, and those at others stay connected', async () => {
    const { oncologist, nuclear } = await meeting();
    const { surgeon } = stage.actors;
    const greeting = await stage.doors.greeting(stage.session.id, surgeon);
    const [there, elsewhere] = [first, second].map(({ origin }) => stage.doors.raw(origin, greeting));
    await until(() => expect([there?.connected, elsewhere?.connected]).toEqual([true, true]));
    const before = await holderOf(stage.session.id);
    await first.stop();
    await until(async () =>
      expect(await holderOf(stage.session.id)).toMatchObject({ epoch: (before?.epoch ?? 0) + 1 }),
    );
    expect(await nuclear.decide({ type: 'control.request' })).toEqual({ ok: true, seq: 2 });
    await until(() => expect(oncologist.room.requests).toEqual([stage.actors.nuclear.personId]));
    // Plain sockets do not dial again: what was cut stays so.
    await until(() => expect(there?.connected).toBe(false));
    expect(elsewhere?.connected).toBe(true);
  });

  test('Y8: what a use case has committed in any process is told, and who may not be here any more is shown out', async () => {
    const { chair, oncologist, nuclear } = await meeting();
    const door: Together = await connectRedis(redis.url);
    const third = await startLive({ together: door });
    await setInvited(stage.actors.secretary, stage.session.id, stage.actors.oncologist.personId, false);
    await until(() => expect(oncologist.state.ended).toBe('not_invited'));
    await setCancelled(stage.actors.secretary, stage.session.id, true);
    for (const tab of [chair, nuclear])
      await until(() => expect(tab.state.ended).toBe('live_session_cancelled'));
    await third.stop();
    await door.close();
  });
});
