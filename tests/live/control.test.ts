import { describe, expect, test } from 'vitest';
import { editSession } from '@/lib/boards/schedule-session.server.ts';
import { isPresenterGone, presenterOf } from '@/lib/live/reducer.ts';
import { setStage, type Tab, until, viewAt } from './support.ts';

const stage = setStage({ presenterGraceMs: 150 });

const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;
const presenter = (tab: Tab) => presenterOf(tab.room);

describe('control', () => {
  test('C1, C2, C4, C6: is the chair’s at first, asked for and given', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    expect(presenter(nuclear)).toBe(id('chair'));
    expect(await chair.decide({ type: 'control.request' })).toEqual({ ok: false, code: 'state_conflict' });
    await nuclear.decide({ type: 'control.request' });
    await oncologist.decide({ type: 'control.request' });
    await until(() => expect(chair.room.requests).toEqual([id('nuclear'), id('oncologist')]));
    expect(await oncologist.decide({ type: 'control.give', to: id('oncologist') })).toEqual({
      ok: false,
      code: 'live_not_presenter',
    });
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    for (const tab of [chair, oncologist, nuclear])
      await until(() => {
        expect(presenter(tab)).toBe(id('nuclear'));
        expect(tab.room.requests).toEqual([id('oncologist')]);
      });
    nuclear.client.moved(viewAt(7));
    await until(() => expect(chair.z).toBe(7));
    // The presenter passes it on; the chair is not needed.
    await nuclear.decide({ type: 'control.give', to: id('oncologist') });
    await until(() => expect(presenter(chair)).toBe(id('oncologist')));
  });

  test('C3: a request is taken back by its owner, put aside by presenter and chair', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await nuclear.decide({ type: 'control.request' });
    const aside = { type: 'control.withdraw', personId: id('nuclear') } as const;
    expect(await oncologist.decide(aside)).toEqual({ ok: false, code: 'forbidden' });
    await nuclear.decide(aside);
    await until(() => expect(chair.room.requests).toEqual([]));
    await nuclear.decide({ type: 'control.request' });
    await chair.decide(aside);
    await until(() => expect(nuclear.room.requests).toEqual([]));
  });

  test('C4: is not given to somebody who is not there', async () => {
    const { chair } = await stage.meeting();
    expect(await chair.decide({ type: 'control.give', to: id('surgeon') })).toEqual({
      ok: false,
      code: 'state_conflict',
    });
  });

  test('C5: is taken back by the chair, and by nobody else', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    expect(await oncologist.decide({ type: 'control.take' })).toEqual({ ok: false, code: 'forbidden' });
    expect(await chair.decide({ type: 'control.take' })).toMatchObject({ ok: true });
    await until(() => expect(presenter(nuclear)).toBe(id('chair')));
    const socket = await stage.enterRaw('nuclear');
    const refused = new Promise((resolve) => socket.once('refused', resolve));
    socket.emit('view', { itemId: stage.session.items[0], view: viewAt(666) });
    expect(await refused).toEqual({ code: 'live_not_presenter' });
  });

  test('C7: of a presenter who is gone everybody is told, the chair takes over; nothing jumps meanwhile', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    await until(() => expect(nuclear.client.presenting).toBe(true));
    nuclear.client.moved(viewAt(33));
    await until(() => expect(oncologist.z).toBe(33));
    nuclear.client.close();
    for (const tab of [chair, oncologist]) await until(() => expect(isPresenterGone(tab.room)).toBe(true));
    expect(presenter(chair)).toBe(id('nuclear'));
    expect(isPresenterGone((await stage.enter('surgeon')).room)).toBe(true);
    expect(await oncologist.decide({ type: 'control.take' })).toEqual({ ok: false, code: 'forbidden' });
    expect(await chair.decide({ type: 'control.take' })).toMatchObject({ ok: true });
    for (const tab of [chair, oncologist])
      await until(() => {
        expect(presenter(tab)).toBe(id('chair'));
        expect(tab.room.gone).toBeNull();
        expect(tab.z).toBe(33);
      });
    expect(oncologist.events.map((event) => event.type)).toEqual([
      'item.open',
      'control.give',
      'control.take',
    ]);
  });

  test('C7: a chair who was away too is offered it on coming back; a presenter who is back has it still', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    chair.client.close();
    nuclear.client.close();
    await until(() => expect(isPresenterGone(oncologist.room)).toBe(true));
    const back = await stage.enter('chair');
    expect(isPresenterGone(back.room)).toBe(true);
    const again = await stage.enter('nuclear');
    for (const tab of [back, oncologist]) await until(() => expect(tab.room.gone).toBeNull());
    expect(again.client.presenting).toBe(true);
  });

  test('C8: stays with a presenter whose other tab is there', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    const other = await stage.enter('nuclear');
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    nuclear.client.close();
    other.client.moved(viewAt(8));
    await until(() => expect(oncologist.z).toBe(8));
    // Whatever makes the room look at its presenter again: somebody comes and goes, something is decided.
    await (await stage.enter('surgeon')).client.close();
    await until(() => expect(oncologist.room.participants).toHaveLength(3));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] });
    expect(presenter(oncologist)).toBe(id('nuclear'));
    expect(oncologist.room.gone).toBeNull();
  });

  test('C9: follows the session’s chair', async () => {
    const { chair, nuclear } = await stage.meeting();
    const before = nuclear.state.snapshots;
    await editSession(stage.actors.secretary, stage.session.id, { version: 1, chairId: id('nuclear') });
    for (const tab of [chair, nuclear])
      await until(() => {
        expect(tab.room.chairId).toBe(id('nuclear'));
        expect(presenter(tab)).toBe(id('nuclear'));
      });
    expect(nuclear.state.snapshots).toBe(before + 1);
    expect(await chair.decide({ type: 'control.take' })).toEqual({ ok: false, code: 'forbidden' });
    nuclear.client.moved(viewAt(9));
    await until(() => expect(chair.z).toBe(9));
  });
});
