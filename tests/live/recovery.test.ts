import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { type Command, PROTOCOL_VERSION, type Snapshot } from '@/lib/live/protocol.ts';
import { attachLive } from '@/lib/live/room.server.ts';
import { databaseOutside } from '@/lib/live/room-outside.server.ts';
import { saveView } from '@/lib/live/room-store.server.ts';
import { Rooms } from '@/lib/live/rooms.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { refusalOf, setStage, startLive, until, viewAt } from './support.ts';

const stage = setStage();

async function restart(): Promise<void> {
  await stage.server.stop();
  await again();
}

async function again(): Promise<void> {
  stage.server = await startLive({ port: stage.server.port });
}

const storedEvents = () => db().roomEvent.count({ where: { sessionId: stage.session.id } });

/** How many transactions of this database wait for another one. */
async function waitingForLocks(): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: bigint }[]>`
    SELECT count(*) AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return Number(row?.waiting ?? 0);
}

describe('coming back', () => {
  test('R1, L4, L10: after a restart all are back at the present view, and its numbers go on', async () => {
    const { chair, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'control.request' });
    chair.client.moved(viewAt(41));
    await until(() => expect(nuclear.z).toBe(41));
    const seq = nuclear.seqs.at(-1) ?? 0;
    const { snapshots } = nuclear.state;
    await restart();
    for (const tab of [chair, nuclear])
      await until(() => {
        expect(tab.state).toMatchObject({ connection: 'live', snapshots: snapshots + 1 });
        expect(tab.room).toMatchObject({
          currentItemId: stage.session.items[0],
          requests: [stage.actors.nuclear.personId],
          view: { view: viewAt(41) },
        });
        expect(tab.room.view?.seq).toBeGreaterThanOrEqual(seq);
      });
    expect((await stage.enter('surgeon')).z).toBe(41);
    chair.client.moved(viewAt(42));
    await until(() => expect(nuclear.z).toBe(42));
    expect(nuclear.seqs.at(-1)).toBeGreaterThan(seq);
  });

  test('R1, D2: what was decided while one was away is replayed without a gap', async () => {
    const { chair, nuclear } = await stage.meeting();
    nuclear.client.close();
    const away = { token: await stage.doors.token(stage.actors.nuclear) };
    const [first, second] = stage.session.items;
    for (const itemId of [second, first]) await chair.decide({ type: 'item.open', itemId });
    const socket = stage.doors.raw(stage.server.origin, {
      ...away,
      sessionId: stage.session.id,
      protocol: PROTOCOL_VERSION,
      lastSeq: 1,
    });
    const snapshot = await new Promise<Snapshot>((resolve) => socket.once('snapshot', resolve));
    expect(snapshot.events.map((event) => event.seq)).toEqual([2, 3]);
  });

  test('D7, D3, R2: a command given while the server is down happens exactly once', async () => {
    const { chair, nuclear } = await stage.meeting();
    await stage.server.stop();
    await until(() => expect(chair.state.connection).toBe('reconnecting'));
    const command: Command = { type: 'item.open', clientId: randomUUID(), itemId: stage.session.items[1] };
    const answer = chair.client.command(command);
    await again();
    expect(await answer).toEqual({ ok: true, seq: 2 });
    await until(() => expect(nuclear.room.currentItemId).toBe(stage.session.items[1]));
    expect(nuclear.events.map((event) => event.seq)).toEqual([1, 2]);
    await restart();
    await until(() => expect(chair.state.snapshots).toBeGreaterThanOrEqual(3));
    expect(await chair.client.command(command)).toEqual({ ok: true, seq: 2 });
    expect(await storedEvents()).toBe(2);
  });

  test('D10: one that was meant for the room as it was is refused in the room as it is; nothing jumps', async () => {
    const { chair, nuclear } = await stage.meeting();
    const [first, second] = stage.session.items;
    await stage.server.stop();
    await until(() => expect(chair.state.connection).toBe('reconnecting'));
    const answer = chair.decide({ type: 'item.open', itemId: second });
    const voice = chair.decide({ type: 'record.mark', text: 'here' });
    // Meanwhile, by another process: somebody else presents.
    const { personId } = stage.actors.chair;
    const given = { type: 'control.give', payload: { to: stage.actors.nuclear.personId }, personId };
    await db().roomEvent.create({
      data: { sessionId: stage.session.id, seq: 2, clientId: randomUUID(), ...given },
    });
    await again();
    expect(await answer).toEqual({ ok: false, code: 'state_conflict' });
    expect(await voice).toEqual({ ok: true, seq: 3 });
    await until(() => expect(nuclear.room).toMatchObject({ currentItemId: first, lastSeq: 3 }));
    expect(await storedEvents()).toBe(3);
  });

  test('R2: a long absence is called offline, and still ends by itself', async () => {
    const nuclear = await stage.enter('nuclear', { offlineAfterMs: 20 });
    await stage.server.stop();
    await until(() => expect(nuclear.state.connection).toBe('offline'));
    await again();
    await until(() => expect(nuclear.state.connection).toBe('live'));
  });

  test('R3: what the presenter has shown alone meanwhile is shown to all', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(1));
    await until(() => expect(nuclear.z).toBe(1));
    await stage.server.stop();
    await until(() => expect(chair.state.connection).toBe('reconnecting'));
    chair.client.moved(viewAt(77));
    await again();
    await until(() => expect(nuclear.z).toBe(77));
    expect(nuclear.refusals).toEqual([]);
  });

  test('R4: after an ended login, signing in again brings one back, and what was decided is sent', async () => {
    const { id, token } = await createToken(stage.actors.nuclear, { label: 'evening', days: 1 });
    const chair = await stage.enter('chair');
    const nuclear = await stage.enter('nuclear', { token });
    const expire = (expiresAt: Date | null) => db().apiToken.update({ where: { id }, data: { expiresAt } });
    await expire(new Date(0));
    const answer = nuclear.decide({ type: 'control.request' });
    await until(() =>
      expect(nuclear.state).toMatchObject({ ended: 'session_expired', connection: 'offline' }),
    );
    await expire(null);
    nuclear.client.reconnect();
    expect(await answer).toEqual({ ok: true, seq: 1 });
    await until(() => expect(chair.room.requests).toEqual([stage.actors.nuclear.personId]));
  });

  test('R4: a refusal that time cannot mend is final', async () => {
    const outsider = await stage.knock('outsider');
    const answer = outsider.decide({ type: 'control.take' });
    await until(() => expect(outsider.state).toMatchObject({ ended: 'not_found', connection: 'offline' }));
    expect(await answer).toEqual({ ok: false, code: 'not_found' });
    expect(outsider.state.room).toBeNull();
  });
});

describe('a room’s end', () => {
  test('X1: what was being decided, the last view and who has left are written down', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(5));
    await until(() => expect(nuclear.z).toBe(5));
    const answer = chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await stage.server.stop();
    const left = await db().auditEvent.findMany({
      where: { action: 'room.leave', resourceId: stage.session.id },
    });
    expect(new Set(left.map((row) => row.actorId))).toEqual(
      new Set([stage.actors.chair, stage.actors.oncologist, stage.actors.nuclear].map((one) => one.personId)),
    );
    expect(await db().roomState.findUnique({ where: { sessionId: stage.session.id } })).toMatchObject({
      view: { view: viewAt(5) },
    });
    await again();
    expect(await answer).toEqual({ ok: true, seq: 2 });
    expect(await storedEvents()).toBe(2);
  });

  test('X1, X2: a stopping server lets nobody in while it finishes what is being decided', async () => {
    const http = createServer();
    const live = attachLive(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const { id, items } = stage.session;
    const chair = await stage.doors.tab(origin, id, stage.actors.chair);
    await until(() => expect(chair.state.connection).toBe('live'));
    const greeting = await stage.doors.greeting(id, stage.actors.nuclear);
    let closing: Promise<void> | undefined;
    await db().$transaction(async (tx) => {
      // Whoever decides waits for this row.
      await tx.$queryRaw`SELECT 1 FROM "BoardSession" WHERE id = ${id}::uuid FOR UPDATE`;
      void chair.decide({ type: 'item.open', itemId: items[0] });
      await until(async () => expect(await waitingForLocks()).toBe(1));
      closing = live.close();
      expect(await refusalOf(stage.doors.raw(origin, greeting))).toBe('websocket error');
      expect(await storedEvents()).toBe(0);
    });
    await closing;
    expect(await storedEvents()).toBe(1);
    await new Promise((resolve) => http.close(resolve));
  });

  test('X3: an empty room is closed after a while; its next life is another one', async () => {
    const rooms = new Rooms(
      { presenterGraceMs: 1, recheckMs: 1000, saveViewMs: 1, idleMs: 1 },
      databaseOutside,
    );
    const first = await rooms.open(stage.session.id);
    await until(() => expect(rooms.find(stage.session.id)).toBeUndefined());
    const second = await rooms.open(stage.session.id);
    expect(second).not.toBe(first);
    await rooms.closeAll();
    await expect(rooms.open(stage.session.id)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('X3: all who knock at the same time meet in one room', async () => {
    const rooms = new Rooms(
      { presenterGraceMs: 1, recheckMs: 1000, saveViewMs: 1, idleMs: 60_000 },
      databaseOutside,
    );
    const opened = await Promise.all(Array.from({ length: 5 }, () => rooms.open(stage.session.id)));
    expect(new Set(opened).size).toBe(1);
    await rooms.closeAll();
  });

  test('Y9: a process that is alone takes no lease', async () => {
    await stage.meeting();
    expect(await db().roomLease.count()).toBe(0);
  });

  test('L10: an older view is never written over a newer one', async () => {
    await stage.meeting();
    const { id, items } = stage.session;
    const kept = (seq: number) => ({
      seq,
      itemId: items[0],
      by: stage.actors.chair.personId,
      view: viewAt(seq),
    });
    for (const seq of [20_005, 20_003]) await saveView(id, kept(seq));
    expect(await db().roomState.findUnique({ where: { sessionId: id } })).toMatchObject({
      view: { seq: 20_005 },
    });
  });

  test('L10: a stored view that cannot be read counts as none', async () => {
    await db().roomState.create({
      data: { sessionId: stage.session.id, view: { seq: 1, view: { layout: 7 } } },
    });
    expect((await stage.enter('chair')).room.view).toBeNull();
  });
});
