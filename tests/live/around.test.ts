import { describe, expect, test } from 'vitest';
import { spentOn } from '@/lib/live/case-clock.ts';
import { handsHere } from '@/lib/live/hands.ts';
import { PROTOCOL_VERSION, type RoomEvent, type Snapshot } from '@/lib/live/protocol.ts';
import { setStage, startLive, until } from './support.ts';

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
    const page = stage.doors.raw(stage.server.origin, { ...greeting, protocol: PROTOCOL_VERSION - 1 });
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
