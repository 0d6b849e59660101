import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { presenterOf } from '@/lib/live/reducer.ts';
import { setStage, type Tab, until, viewAt } from './support.ts';

// Long enough for three to come in before a loan that ended meanwhile goes anywhere.
const stage = setStage({ presenterGraceMs: 3000 });
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

  /** Control that was given for a time, which ran out while no server ran. */
  async function ranOut(sessionId: string, to: string, returnsTo: string): Promise<void> {
    const payload = { to, until: new Date(Date.now() - 1).toISOString(), returnsTo };
    const given = { type: 'control.give', payload, personId: returnsTo, clientId: randomUUID() };
    await db().roomEvent.create({ data: { sessionId, seq: 1, ...given } });
  }

  test('C10, C12: what ran out while no server ran goes back at the next start', async () => {
    const sessionId = stage.session.id;
    await ranOut(sessionId, id('nuclear'), id('chair'));
    const first = await stage.enter('oncologist');
    await until(() => expect(first.room).toMatchObject({ lastSeq: 2, loan: null }));
    expect(presenter(first)).toBe(id('chair'));
    const where = { resourceId: sessionId, action: 'room.control.return' };
    expect(await db().auditEvent.findMany({ where })).toMatchObject([{ actorId: null, door: 'system' }]);
  });

  test('C12: at the next start those who come back are waited for before it goes to anybody', async () => {
    await ranOut(stage.session.id, id('oncologist'), id('nuclear'));
    const [first] = await Promise.all([
      stage.enter('oncologist'),
      stage.enter('chair'),
      stage.enter('nuclear'),
    ]);
    await until(() => expect(first.room).toMatchObject({ lastSeq: 2, loan: null }));
    expect(presenter(first)).toBe(id('nuclear'));
  });

  test('C12, C7: where neither who gave it nor the chair is back it is theirs who gave it, who is missed', async () => {
    await ranOut(stage.session.id, id('oncologist'), id('nuclear'));
    const first = await stage.enter('oncologist');
    await until(() => expect(first.room).toMatchObject({ lastSeq: 2, loan: null }));
    expect(presenter(first)).toBe(id('nuclear'));
    await until(() => expect(first.room.gone).toBe(id('nuclear')));
    const nuclear = await stage.enter('nuclear');
    await until(() => expect(first.room.gone).toBeNull());
    expect(nuclear.client.presenting).toBe(true);
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
