import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { spentOn } from '@/lib/live/case-clock.ts';
import { handsHere } from '@/lib/live/hands.ts';
import { OLDEST_SERVED, type RoomEvent, type Snapshot } from '@/lib/live/protocol.ts';
import { listPolls } from '@/lib/polls/list-polls.server.ts';
import { type Intent, setStage, startLive, until } from './support.ts';

const stage = setStage();

const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;

describe('hands', () => {
  test('G1: go up in their order for everybody, whoever comes later too; once each', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'hand.raise' });
    const raised = await oncologist.decide({ type: 'hand.raise' });
    expect(await nuclear.decide({ type: 'hand.raise' })).toEqual(raised);
    const surgeon = await stage.enter('surgeon');
    for (const tab of [chair, oncologist, nuclear, surgeon])
      await until(() => expect(tab.room.hands).toEqual([id('nuclear'), id('oncologist')]));
  });

  test('G1: of somebody who is away it keeps its place, unseen', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'hand.raise' });
    await oncologist.decide({ type: 'hand.raise' });
    nuclear.client.close();
    await until(() => expect(handsHere(chair.room)).toEqual([id('oncologist')]));
    await stage.enter('nuclear');
    await until(() => expect(handsHere(chair.room)).toEqual([id('nuclear'), id('oncologist')]));
  });

  test('G2: are lowered by their owner and by whoever leads', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'hand.raise' });
    const lower = { type: 'hand.lower', personId: id('nuclear') } as const;
    expect(await oncologist.decide(lower)).toEqual({ ok: false, code: 'forbidden' });
    expect(await nuclear.decide(lower)).toMatchObject({ ok: true });
    await until(() => expect(chair.room.hands).toEqual([]));
    await nuclear.decide({ type: 'hand.raise' });
    expect(await chair.decide(lower)).toMatchObject({ ok: true });
    await until(() => expect(nuclear.room.hands).toEqual([]));
  });

  test('W6, G1: a page of the version before gets the whole state instead, and no event it has no word for', async () => {
    const { chair, nuclear } = await stage.meeting();
    const greeting = await stage.doors.greeting(stage.session.id, stage.actors.surgeon);
    const page = stage.doors.raw(stage.server.origin, { ...greeting, protocol: OLDEST_SERVED });
    const next = () => new Promise<Snapshot>((resolve) => page.once('snapshot', resolve));
    const { lastSeq } = await next();
    const [instead, event] = [next(), new Promise<RoomEvent>((resolve) => page.once('event', resolve))];
    await nuclear.decide({ type: 'hand.raise' });
    const whole = await instead;
    expect(whole.lastSeq).toBe(lastSeq + 1);
    expect(whole.events.map(({ type }) => type)).toEqual(['item.open']);
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    expect(await event).toMatchObject({ seq: lastSeq + 2, type: 'control.give' });
  });
});

describe('the time of a case', () => {
  test('G3: is the same for all and survives a restart', async () => {
    const { chair, nuclear } = await stage.meeting();
    const [first = '', second = ''] = stage.session.items;
    await chair.decide({ type: 'item.open', itemId: second });
    await chair.decide({ type: 'item.open', itemId: first });
    await until(() => expect(nuclear.room.lastSeq).toBe(3));
    const { clock } = chair.room;
    expect(nuclear.room.clock).toEqual(clock);
    expect(Object.keys(clock.spentMs).sort()).toEqual([first, second].sort());
    const [a, b, c] = chair.events.map(({ at }) => Date.parse(at));
    expect(clock.spentMs[second]).toBe((c ?? 0) - (b ?? 0));
    expect(spentOn(clock, first, first, (c ?? 0) + 60_000)).toBe((b ?? 0) - (a ?? 0) + 60_000);

    const again = await startLive();
    const late = await stage.doors.tab(again.origin, stage.session.id, stage.actors.surgeon);
    await until(() => expect(late.room.clock).toEqual(clock));
    late.client.close();
    await again.stop();
  });
});

describe('straw polls', () => {
  const ask = (hidden: boolean): Intent => ({
    type: 'poll.ask',
    itemId: stage.session.items[0] ?? '',
    question: 'Operable?',
    options: ['Yes', 'No', 'Not yet'],
    hidden,
  });
  const read = async (who: keyof typeof stage.actors) =>
    (await listPolls(stage.actors[who], stage.session.items[0] ?? '')).at(-1);

  test('G4, G5, G6: one vote each, changed until closed, counted by option and specialty', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    expect(await oncologist.decide(ask(false))).toEqual({ ok: false, code: 'live_not_presenter' });
    await chair.decide(ask(false));
    await until(() => expect(nuclear.room.poll.openId).not.toBeNull());
    expect(await chair.decide(ask(false))).toEqual({ ok: false, code: 'state_conflict' });
    const pollId = nuclear.room.poll.openId ?? '';
    await nuclear.decide({ type: 'poll.vote', pollId, option: 0 });
    await oncologist.decide({ type: 'poll.vote', pollId, option: 1 });
    await nuclear.decide({ type: 'poll.vote', pollId, option: 1 });
    expect(await oncologist.decide({ type: 'poll.vote', pollId, option: 3 })).toMatchObject({ ok: false });
    expect(await read('nuclear')).toMatchObject({
      voters: 2,
      mine: 1,
      results: [
        { words: 'Yes', votes: 0 },
        {
          words: 'No',
          votes: 2,
          bySpecialty: [
            { specialty: 'medical_oncology', votes: 1 },
            { specialty: 'nuclear_medicine', votes: 1 },
          ],
        },
        { words: 'Not yet', votes: 0 },
      ],
    });
    await until(() => expect(chair.room.poll.seq).toBe(chair.room.lastSeq));
    expect(JSON.stringify(chair.events)).not.toContain('option');
    expect(await nuclear.decide({ type: 'poll.close', pollId })).toMatchObject({ ok: false });
    await chair.decide({ type: 'poll.close', pollId });
    expect(await nuclear.decide({ type: 'poll.vote', pollId, option: 0 })).toEqual({
      ok: false,
      code: 'state_conflict',
    });
  });

  test('G5: a hidden result is given to nobody before the poll is closed; another case closes it', async () => {
    const { chair, nuclear } = await stage.meeting();
    await chair.decide(ask(true));
    await until(() => expect(nuclear.room.poll.openId).not.toBeNull());
    const pollId = nuclear.room.poll.openId ?? '';
    await nuclear.decide({ type: 'poll.vote', pollId, option: 2 });
    expect(await read('chair')).toMatchObject({ voters: 1, mine: null, results: null });
    expect(await read('nuclear')).toMatchObject({ mine: 2, results: null });
    await expect(read('outsider')).rejects.toMatchObject({ code: 'not_found' });
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] ?? '' });
    await until(() => expect(nuclear.room.poll.openId).toBeNull());
    expect((await read('nuclear'))?.closedAt).not.toBeNull();
    expect((await read('nuclear'))?.results?.[2]).toMatchObject({ votes: 1 });
  });

  test('G6: who is there without an invitation watches', async () => {
    const { chair } = await stage.meeting();
    const secretary = await stage.enter('secretary');
    await chair.decide(ask(false));
    await until(() => expect(secretary.room.poll.openId).not.toBeNull());
    const pollId = secretary.room.poll.openId ?? '';
    expect(await secretary.decide({ type: 'poll.vote', pollId, option: 0 })).toEqual({
      ok: false,
      code: 'forbidden',
    });
  });

  test('G6: an observer watches', async () => {
    const { chair, nuclear } = await stage.meeting();
    await chair.decide({ type: 'observer.mark', personId: id('nuclear') });
    await chair.decide(ask(false));
    await until(() => expect(nuclear.room.poll.openId).not.toBeNull());
    const pollId = nuclear.room.poll.openId ?? '';
    expect(await nuclear.decide({ type: 'poll.vote', pollId, option: 0 })).toEqual({
      ok: false,
      code: 'live_observer',
    });
  });

  test('G4, D1: asking, answering and closing are audited with the case; the answer is not', async () => {
    const { chair, nuclear } = await stage.meeting();
    await chair.decide(ask(true));
    await until(() => expect(nuclear.room.poll.openId).not.toBeNull());
    const pollId = nuclear.room.poll.openId ?? '';
    await nuclear.decide({ type: 'poll.vote', pollId, option: 2 });
    await chair.decide({ type: 'poll.close', pollId });
    const rows = await db().auditEvent.findMany({
      where: { resourceId: stage.session.id, action: { startsWith: 'room.poll' } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ action }) => action)).toEqual(['room.poll.ask', 'room.poll.vote', 'room.poll.close']);
    for (const row of rows) expect(row.caseId).not.toBeNull();
    expect(JSON.stringify(rows.map(({ details }) => details))).not.toContain('option');
  });
});
