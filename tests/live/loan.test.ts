import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { presenterOf } from '@/lib/live/reducer.ts';
import { setStage, type Tab, until, viewAt } from './support.ts';

const stage = setStage();
const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;
const presenter = (tab: Tab) => presenterOf(tab.room);

describe('control for a time', () => {
  test('C10, C11, C13: both know how long it lasts; it is given back before, and all that is audited', async () => {
    const { chair, nuclear, oncologist } = await stage.meeting();
    const asked = Date.now();
    await chair.decide({ type: 'control.give', to: id('nuclear'), forSeconds: 120 });
    const answered = Date.now();
    for (const tab of [chair, nuclear]) await until(() => expect(tab.room.loan).not.toBeNull());
    const ends = Date.parse(nuclear.room.loan?.until ?? '');
    expect(ends).toBeGreaterThanOrEqual(asked + 120_000);
    expect(ends).toBeLessThanOrEqual(answered + 120_000);
    expect(nuclear.room.loan).toEqual({ until: chair.room.loan?.until, returnsTo: id('chair') });
    expect(nuclear.state.serverNow()).toBeLessThanOrEqual(Date.now() + 1);
    expect((await stage.enter('surgeon')).room.loan).toEqual(nuclear.room.loan);
    expect(await oncologist.decide({ type: 'control.return' })).toEqual({ ok: false, code: 'forbidden' });
    expect(await nuclear.decide({ type: 'control.return' })).toMatchObject({ ok: true });
    await until(() => expect(presenter(oncologist)).toBe(id('chair')));
    expect(oncologist.room.loan).toBeNull();
    const where = { resourceId: stage.session.id, action: 'room.control.return' };
    expect(await db().auditEvent.findMany({ where })).toMatchObject([{ actorId: id('nuclear') }]);
    const state = await db().roomState.findUnique({ where: { sessionId: stage.session.id } });
    expect(state?.presenterId).toBe(id('chair'));
  });

  test('C10, C12: what ran out while no server ran goes back at the next start', async () => {
    const sessionId = stage.session.id;
    const payload = {
      to: id('nuclear'),
      until: new Date(Date.now() - 1).toISOString(),
      returnsTo: id('chair'),
    };
    await db().roomEvent.create({
      data: {
        sessionId,
        seq: 1,
        type: 'control.give',
        payload,
        personId: id('chair'),
        clientId: randomUUID(),
      },
    });
    const first = await stage.enter('oncologist');
    await until(() => expect(first.room).toMatchObject({ lastSeq: 2, loan: null }));
    expect(presenter(first)).toBe(id('chair'));
    const where = { resourceId: sessionId, action: 'room.control.return' };
    expect(await db().auditEvent.findMany({ where })).toMatchObject([{ actorId: null, door: 'system' }]);
  });

  test('C10: a time that is too short, too long or no whole number is no command', async () => {
    const { chair } = await stage.meeting();
    for (const forSeconds of [9, 7201, 60.5])
      expect(await chair.decide({ type: 'control.give', to: id('nuclear'), forSeconds })).toEqual({
        ok: false,
        code: 'live_malformed',
      });
  });
});

describe('observers', () => {
  test('C15, C16: look and follow; their requests and pointers are refused; the mark is stored', async () => {
    const { chair, nuclear, oncologist } = await stage.meeting();
    const at = {
      viewportId: 'v1',
      seriesUid: '1.2.3.4',
      frameOfReferenceUid: '1.2.3.9',
      mm: [1, 2, 3] as [number, number, number],
    };
    nuclear.client.point(at);
    await until(() => expect(oncologist.room.pointers[id('nuclear')]).toBeDefined());
    const mark = { type: 'observer.mark', personId: id('nuclear') } as const;
    expect(await oncologist.decide(mark)).toEqual({ ok: false, code: 'forbidden' });
    await chair.decide(mark);
    await until(() => expect(nuclear.room.observers).toEqual([id('nuclear')]));
    await until(() => expect(oncologist.room.pointers).toEqual({}));
    expect(await nuclear.decide({ type: 'control.request' })).toEqual({ ok: false, code: 'live_observer' });
    const raw = await stage.enterRaw('nuclear');
    const refused = new Promise((resolve) => raw.once('refused', resolve));
    raw.emit('pointer', at);
    expect(await refused).toEqual({ code: 'live_observer' });
    chair.client.moved(viewAt(12));
    await until(() => expect(nuclear.z).toBe(12));
    expect((await stage.enter('surgeon')).room.observers).toEqual([id('nuclear')]);
    await chair.decide({ type: 'observer.unmark', personId: id('nuclear') });
    expect(await nuclear.decide({ type: 'control.request' })).toMatchObject({ ok: true });
    const where = { resourceId: stage.session.id, action: { startsWith: 'room.observer' } };
    expect(await db().auditEvent.findMany({ where })).toHaveLength(2);
  });
});
