import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import { MOST_ANNOTATIONS } from '@/lib/live/annotations.ts';
import type { Snapshot } from '@/lib/live/protocol.ts';
import { mayAnnotate } from '@/lib/live/reducer.ts';
import { setStage, startLive, type Tab, until } from './support.ts';

const stage = setStage();
const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;
const refusedWith = (code: string) => ({ ok: false, code });
const drawnOn = (tab: Tab) => tab.room.annotations.ofItem[tab.room.currentItemId ?? ''] ?? [];
const put = (annotationId: string, z?: number) =>
  ({
    type: 'annotation.put',
    itemId: stage.session.items[0] ?? '',
    drawn: drawnAs(annotationId, z),
  }) as const;
const remove = (annotationId: string) =>
  ({ type: 'annotation.remove', itemId: stage.session.items[0] ?? '', annotationId }) as const;

describe('annotating', () => {
  test('C17: is allowed by presenter and chair, to one or to everybody, and ends with the case', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const allow = { type: 'annotation.allow', personId: id('nuclear') } as const;
    const stop = { type: 'annotation.stop', personId: id('nuclear') } as const;
    expect(await nuclear.decide(allow)).toEqual(refusedWith('live_not_presenter'));
    expect(await chair.decide({ ...allow, personId: id('surgeon') })).toEqual(refusedWith('state_conflict'));
    expect(await chair.decide(allow)).toMatchObject({ ok: true });
    for (const tab of [chair, oncologist, nuclear])
      await until(() => expect(mayAnnotate(tab.room, id('nuclear'))).toBe(true));
    expect(mayAnnotate(nuclear.room, id('oncologist'))).toBe(false);
    expect(await nuclear.decide(stop)).toEqual(refusedWith('live_not_presenter'));
    await chair.decide(stop);
    await until(() => expect(mayAnnotate(nuclear.room, id('nuclear'))).toBe(false));
    await chair.decide({ type: 'annotation.allow', personId: null });
    for (const who of ['oncologist', 'nuclear'] as const)
      await until(() => expect(mayAnnotate(nuclear.room, id(who))).toBe(true));
    expect(await chair.decide(stop)).toEqual(refusedWith('state_conflict'));
    await chair.decide({ type: 'observer.mark', personId: id('nuclear') });
    await until(() => expect(mayAnnotate(nuclear.room, id('nuclear'))).toBe(false));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] ?? '' });
    await until(() => expect(mayAnnotate(oncologist.room, id('oncologist'))).toBe(false));
    expect(mayAnnotate(oncologist.room, id('chair'))).toBe(true);
  });

  test('C18: what is drawn stands under its author’s name, and only its author changes it', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    expect(await nuclear.decide(put('one'))).toEqual(refusedWith('live_may_not_annotate'));
    await chair.decide({ type: 'annotation.allow', personId: id('nuclear') });
    expect(await nuclear.decide(put('one', 7))).toMatchObject({ ok: true });
    const { displayName: name, colour } =
      chair.room.participants.find((one) => one.personId === id('nuclear')) ?? {};
    const seven = { by: id('nuclear'), author: { name, colour }, drawn: drawnAs('one', 7) };
    for (const tab of [chair, oncologist, nuclear]) await until(() => expect(drawnOn(tab)).toEqual([seven]));
    expect(await chair.decide(put('one', 9))).toEqual(refusedWith('forbidden'));
    const otherCase = { ...put('two'), itemId: stage.session.items[1] ?? '' };
    expect(await nuclear.decide(otherCase)).toEqual(refusedWith('state_conflict'));
    await nuclear.decide(put('one', 8));
    await until(() => expect(drawnOn(oncologist)[0]?.drawn).toEqual(drawnAs('one', 8)));
    await chair.decide({ type: 'observer.mark', personId: id('nuclear') });
    expect(await nuclear.decide(put('three'))).toEqual(refusedWith('live_observer'));
    const where = { resourceId: stage.session.id, action: 'room.annotation.put' };
    const rows = await db().auditEvent.findMany({ where });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ actorId: id('nuclear'), caseId: expect.any(String) });
    expect(JSON.stringify(rows.map(({ details }) => details))).not.toContain('points');
  });

  test('C18: a forged author and something that is no measurement are refused', async () => {
    await stage.meeting();
    const socket = await stage.enterRaw('chair');
    const say = (more: object) =>
      socket.emitWithAck('command', { ...put('forged'), clientId: randomUUID(), ...more });
    expect(await say({ author: { name: 'Somebody', colour: '#fff' } })).toEqual(
      refusedWith('live_malformed'),
    );
    expect(await say({ drawn: { ...drawnAs('x'), points: [] } })).toEqual(refusedWith('live_malformed'));
  });

  test('C18: a case holds no more than so many', async () => {
    const { chair } = await stage.meeting();
    // More at once than a client may say a second, so by the room's own table.
    const rows = Array.from({ length: MOST_ANNOTATIONS }, (_, n) => ({
      sessionId: stage.session.id,
      seq: chair.room.lastSeq + 1 + n,
      type: 'annotation.put',
      personId: id('chair'),
      clientId: randomUUID(),
      payload: {
        itemId: stage.session.items[0],
        annotationId: `${n}`,
        annotation: { author: { name: 'Chair', colour: '#ffffff' }, drawn: drawnAs(`${n}`) },
      },
    }));
    await db().roomEvent.createMany({ data: rows });
    const server = await startLive();
    try {
      const tab = await stage.doors.tab(server.origin, stage.session.id, stage.actors.chair);
      await until(() => expect(drawnOn(tab)).toHaveLength(MOST_ANNOTATIONS));
      expect(await tab.decide(put('more'))).toEqual(refusedWith('state_conflict'));
      expect(await tab.decide(put('7', 5))).toMatchObject({ ok: true });
    } finally {
      await server.stop();
    }
  });

  test('C19: is taken away by its author and by those who lead; it stays whoever leaves, over a restart', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await chair.decide({ type: 'annotation.allow', personId: null });
    for (const one of ['one', 'two', 'three']) await nuclear.decide(put(one));
    expect(await oncologist.decide(remove('one'))).toEqual(refusedWith('forbidden'));
    // What one has drawn one may take away, also when one may not draw any more.
    await chair.decide({ type: 'annotation.stop', personId: null });
    expect(await nuclear.decide(remove('one'))).toMatchObject({ ok: true });
    expect(await chair.decide(remove('two'))).toMatchObject({ ok: true });
    await until(() => expect(drawnOn(oncologist).map(({ drawn }) => drawn.id)).toEqual(['three']));
    nuclear.client.close();
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] ?? '' });
    await chair.decide({ type: 'item.open', itemId: stage.session.items[0] ?? '' });
    const server = await startLive();
    try {
      const late = await stage.doors.tab(server.origin, stage.session.id, stage.actors.surgeon);
      await until(() => expect(drawnOn(late)).toMatchObject([{ by: id('nuclear'), drawn: { id: 'three' } }]));
      expect(drawnOn(late)[0]?.author.name).toBe(stage.actors.nuclear.displayName);
    } finally {
      await server.stop();
    }
  });

  test.each([4, 3])(
    'C20, H2, W6: a page of version %i gets a snapshot instead of an annotation',
    async (protocol) => {
      const { chair } = await stage.meeting();
      const greeting = await stage.doors.greeting(stage.session.id, stage.actors.surgeon);
      const page = stage.doors.raw(stage.server.origin, { ...greeting, protocol });
      const snapshots: Snapshot[] = [];
      const events: string[] = [];
      page.on('snapshot', (snapshot) => snapshots.push(snapshot));
      page.on('event', ({ type }) => events.push(type));
      await until(() => expect(snapshots).toHaveLength(1));
      await chair.decide(put('one'));
      await until(() => expect(snapshots.at(-1)?.lastSeq).toBe(chair.room.lastSeq));
      expect(events).toEqual([]);
      await until(() => expect(chair.state.standings.get(id('surgeon'))).toMatchObject({ kind: 'older' }));
    },
  );
});
