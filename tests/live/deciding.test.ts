import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { editAgendaItem } from '@/lib/boards/agenda.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { enquiryAbout } from '@/lib/live/of-the-moment.ts';
import type { Acknowledgement, Command } from '@/lib/live/protocol.ts';
import { createTestSession, setStage, until, viewAt } from './support.ts';

const stage = setStage();

const storedEvents = () =>
  db().roomEvent.findMany({ where: { sessionId: stage.session.id }, orderBy: { seq: 'asc' } });
const auditRows = (action: string) =>
  db().auditEvent.findMany({ where: { action, resourceId: stage.session.id } });

describe('deciding', () => {
  test('D1: is acknowledged after the commit of event, state and audit row', async () => {
    const chair = await stage.enter('chair');
    const [itemId] = stage.session.items;
    expect(await chair.decide({ type: 'item.open', itemId })).toEqual({ ok: true, seq: 1 });
    expect(await storedEvents()).toMatchObject([
      { seq: 1, type: 'item.open', payload: { itemId }, personId: stage.actors.chair.personId },
    ]);
    expect(await db().roomState.findUnique({ where: { sessionId: stage.session.id } })).toMatchObject({
      currentItemId: itemId,
    });
    expect(await auditRows('room.item.open')).toMatchObject([
      { actorId: stage.actors.chair.personId, door: 'live', caseId: stage.board.cases[0] },
    ]);
  });

  test('D2, D6: many at once get numbers without a gap, and everybody applies them in that order', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, step) =>
        [chair, oncologist, nuclear][step % 3]?.decide(
          step % 3 === 0
            ? { type: 'item.open', itemId: stage.session.items[step % 2] ?? '' }
            : step < 6
              ? { type: 'control.request' }
              : {
                  type: 'control.withdraw',
                  personId: (step % 3 === 1 ? oncologist : nuclear).state.me ?? '',
                },
        ),
      ),
    );
    expect(answers.every((answer) => answer?.ok)).toBe(true);
    const stored = await storedEvents();
    expect(stored.map((event) => event.seq)).toEqual(stored.map((_, index) => index + 1));
    for (const tab of [chair, oncologist, nuclear]) {
      await until(() => expect(tab.room.lastSeq).toBe(stored.length));
      const seqs = tab.events.map((event) => event.seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(tab.room.requests).toEqual([]);
    }
  });

  test('D3: the same intent sent twice, by whatever tab, happens once', async () => {
    const { chair } = await stage.meeting();
    const command: Command = { type: 'item.open', clientId: randomUUID(), itemId: stage.session.items[1] };
    const raw = await stage.enterRaw('chair');
    const again = new Promise<Acknowledgement>((resolve) => raw.emit('command', command, resolve));
    expect(await chair.client.command(command)).toEqual(await again);
    expect(await chair.client.command(command)).toEqual(await again);
    expect(await storedEvents()).toHaveLength(2);
    expect(await auditRows('room.item.open')).toHaveLength(2);
  });

  test('D10, D3: asked by a vote in no poll, the server tells what became of an intent, and ends one that came to nothing', async () => {
    const { chair } = await stage.meeting();
    const raw = await stage.enterRaw('chair');
    const ask = (command: Command) =>
      new Promise<Acknowledgement>((resolve) => raw.emit('command', command, resolve));
    const open = (clientId: string): Command => ({
      type: 'item.open',
      clientId,
      itemId: stage.session.items[1],
    });
    const [done, never] = [randomUUID(), randomUUID()];
    expect(await ask(open(done))).toEqual({ ok: true, seq: 2 });
    expect(await ask(enquiryAbout(open(done)))).toEqual({ ok: true, seq: 2 });
    await chair.decide({ type: 'item.open', itemId: stage.session.items[0] });
    const over = { ok: false, code: 'state_conflict' };
    expect(await ask(enquiryAbout(open(never)))).toEqual(over);
    expect(await ask(open(never)), 'what was still under way').toEqual(over);
    expect(chair.room.currentItemId).toBe(stage.session.items[0]);
    expect(await storedEvents()).toHaveLength(3);
  });

  test('D4, I2: a refused command stores nothing and is told to nobody', async () => {
    const { chair, oncologist } = await stage.meeting();
    const forger = await stage.enterRaw('nuclear');
    const ask = (command: unknown) =>
      new Promise((resolve) => forger.emit('command', command, resolve as (answer: Acknowledgement) => void));
    const clientId = randomUUID();
    expect(await ask({ type: 'control.take', clientId })).toEqual({ ok: false, code: 'forbidden' });
    const forged = { type: 'control.take', clientId, by: stage.actors.chair.personId };
    expect(await ask(forged)).toEqual({ ok: false, code: 'live_malformed' });
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    await until(() => expect(oncologist.room.lastSeq).toBe(2));
    expect(oncologist.events.map((event) => event.type)).toEqual(['item.open', 'item.open']);
    expect(await storedEvents()).toHaveLength(2);
  });

  test('D5: what is so already is acknowledged and not stored', async () => {
    const { chair, nuclear } = await stage.meeting();
    expect(await chair.decide({ type: 'control.take' })).toEqual({ ok: true, seq: 1 });
    expect(await nuclear.decide({ type: 'control.request' })).toEqual({ ok: true, seq: 2 });
    expect(await nuclear.decide({ type: 'control.request' })).toEqual({ ok: true, seq: 2 });
    expect(await storedEvents()).toHaveLength(2);
  });

  test('D8: events that another life has stored are taken first; nobody sees a gap', async () => {
    const { chair, nuclear } = await stage.meeting();
    const lost = { sessionId: stage.session.id, payload: {}, personId: stage.actors.nuclear.personId };
    await db().roomEvent.create({
      data: { ...lost, seq: 2, type: 'control.request', clientId: randomUUID() },
    });
    const answer = await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    expect(answer).toEqual({ ok: true, seq: 3 });
    await until(() => expect(nuclear.events.map((event) => event.seq)).toEqual([1, 2, 3]));
    expect(nuclear.room).toMatchObject({ requests: [lost.personId], gap: false });
  });

  test('D8, D3: a commit whose answer was lost counts when it is asked for again', async () => {
    const { chair, nuclear } = await stage.meeting();
    const clientId = randomUUID();
    await db().roomEvent.create({
      data: {
        sessionId: stage.session.id,
        seq: 2,
        type: 'control.request',
        payload: {},
        personId: stage.actors.nuclear.personId,
        clientId,
      },
    });
    expect(await nuclear.client.command({ type: 'control.request', clientId })).toEqual({ ok: true, seq: 2 });
    await until(() => expect(chair.room.requests).toEqual([stage.actors.nuclear.personId]));
  });

  test('D9, S2: a resync is answered with what was missed', async () => {
    const { chair } = await stage.meeting();
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    const raw = await stage.enterRaw('nuclear');
    const snapshot = new Promise((resolve) => raw.once('snapshot', resolve));
    raw.emit('resync', 1);
    expect(await snapshot).toMatchObject({ lastSeq: 2, events: [{ seq: 2, type: 'item.open' }] });
  });
});

describe('opening a case', () => {
  test('O1: is for the presenter and the chair', async () => {
    const { chair, nuclear, oncologist } = await stage.meeting();
    const open = { type: 'item.open', itemId: stage.session.items[1] } as const;
    expect(await nuclear.decide(open)).toEqual({ ok: false, code: 'live_not_presenter' });
    await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId });
    expect(await nuclear.decide(open)).toMatchObject({ ok: true });
    expect(await oncologist.decide(open)).toMatchObject({ ok: false });
    expect(await chair.decide({ ...open, itemId: stage.session.items[0] })).toMatchObject({ ok: true });
  });

  test('O5, D5: the open case opened again is as it is: rights, free looks and what is shown stay', async () => {
    const { chair, nuclear, oncologist } = await stage.meeting();
    const { personId } = stage.actors.oncologist;
    await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId });
    await chair.decide({ type: 'annotation.allow', personId });
    await until(() => expect(nuclear.client.presenting).toBe(true));
    nuclear.client.moved(viewAt(5));
    await until(() => expect(oncologist.z).toBe(5));
    oncologist.client.moved(viewAt(6));
    const next = { type: 'item.open', itemId: stage.session.items[0] } as const;
    expect(await Promise.all([chair.decide(next), nuclear.decide(next)])).toEqual([
      { ok: true, seq: 3 },
      { ok: true, seq: 3 },
    ]);
    expect(await oncologist.decide(next)).toEqual({ ok: false, code: 'live_not_presenter' });
    expect(await storedEvents()).toHaveLength(3);
    expect(oncologist.room.annotations.persons).toEqual([personId]);
    expect(oncologist.state.free).toBe(true);
  });

  test('O2: of an item that was removed, belongs to another session or does not exist is refused', async () => {
    const { chair } = await stage.meeting();
    const elsewhere = await createTestSession(stage.world, stage.board);
    const { id, items } = stage.session;
    await editAgendaItem(stage.actors.secretary, id, items[1], { removed: true });
    for (const itemId of [items[1], elsewhere.items[0], randomUUID()])
      expect(await chair.decide({ type: 'item.open', itemId })).toEqual({ ok: false, code: 'not_found' });
    expect(chair.room.currentItemId).toBe(items[0]);
  });

  test('O3: keeps the item on the agenda until another one is open', async () => {
    const { chair } = await stage.meeting();
    const { id, items } = stage.session;
    const remove = () => editAgendaItem(stage.actors.secretary, id, items[0], { removed: true });
    await expect(remove()).rejects.toMatchObject({ code: 'item_being_discussed' });
    await chair.decide({ type: 'item.open', itemId: items[1] });
    await expect(remove()).resolves.toBeDefined();
  });

  test('O4: begins a planned session', async () => {
    const session = () => db().boardSession.findUniqueOrThrow({ where: { id: stage.session.id } });
    expect((await session()).state).toBe('planned');
    await stage.meeting();
    expect((await session()).state).toBe('in_review');
  });
});
