import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { OLDEST_SERVED } from '@/lib/live/protocol.ts';
import { type Person, setStage, startLive, type Tab, until, viewAt } from './support.ts';

const stage = setStage();
const id = (who: Person) => stage.actors[who].personId;
const seen = (tab: Tab) => tab.glimpses.at(-1)?.viewports[0]?.focalMm?.[2] ?? null;
const kindOf = (tab: Tab, who: Person) => tab.state.standings.get(id(who))?.kind;
const name = (tab: Tab, who: Person) => tab.decide({ type: 'second.name', personId: id(who) });

/** The oncologist shows beside the chair at z 5; the nuclear physician looks along. */
async function beside() {
  const tabs = await stage.meeting();
  tabs.chair.client.moved(viewAt(1));
  await name(tabs.chair, 'oncologist');
  tabs.oncologist.client.moved(viewAt(5));
  tabs.nuclear.client.watch(id('oncologist'));
  await until(() => expect(seen(tabs.nuclear)).toBe(5));
  return tabs;
}

describe('a second presenter', () => {
  test('G13: is named by the presenter and the chair, one at a time, audited', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    expect(await name(oncologist, 'nuclear')).toEqual({ ok: false, code: 'live_not_presenter' });
    expect(await name(chair, 'chair')).toEqual({ ok: false, code: 'state_conflict' });
    expect(await name(chair, 'surgeon')).toEqual({ ok: false, code: 'state_conflict' });
    await chair.decide({ type: 'observer.mark', personId: id('oncologist') });
    expect(await name(chair, 'oncologist')).toEqual({ ok: false, code: 'live_observer' });
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    expect(await name(nuclear, 'chair')).toMatchObject({ ok: true });
    for (const tab of [chair, oncologist, nuclear])
      await until(() => expect(tab.room.secondId).toBe(id('chair')));
    await chair.decide({ type: 'observer.unmark', personId: id('oncologist') });
    expect(await name(chair, 'oncologist')).toMatchObject({ ok: true });
    for (const tab of [chair, oncologist, nuclear])
      await until(() => expect(tab.room.secondId).toBe(id('oncologist')));
    const named = { resourceId: stage.session.id, action: 'room.second.name' };
    expect(await db().auditEvent.count({ where: named })).toBe(2);
  });

  test('G13: is still there after a restart, and for whoever comes late', async () => {
    const { chair } = await stage.meeting();
    await name(chair, 'oncologist');
    const { port } = stage.server;
    await stage.server.stop();
    stage.server = await startLive({ port, times: { presenterGraceMs: 60_000 } });
    const late = await stage.enter('surgeon');
    expect(late.room.secondId).toBe(id('oncologist'));
    await stage.server.stop();
    stage.server = await startLive({ port });
  });

  test('G14: ends when taken back by those who lead or by themselves, by nobody else', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    expect(await nuclear.decide({ type: 'second.end' })).toMatchObject({ ok: true });
    for (const by of [chair, oncologist]) {
      await name(chair, 'oncologist');
      expect(await nuclear.decide({ type: 'second.end' })).toEqual({ ok: false, code: 'forbidden' });
      expect(await by.decide({ type: 'second.end' })).toMatchObject({ ok: true });
      await until(() => expect(nuclear.room.secondId).toBeNull());
    }
  });

  test('G14: ends when somebody else presents, and when they only look on from then on', async () => {
    const { chair, nuclear } = await stage.meeting();
    await name(chair, 'oncologist');
    await chair.decide({ type: 'control.give', to: id('nuclear') });
    await until(() => expect(nuclear.room).toMatchObject({ secondId: null, givenTo: id('nuclear') }));
    await name(chair, 'oncologist');
    await chair.decide({ type: 'observer.mark', personId: id('oncologist') });
    await until(() => expect(nuclear.room.secondId).toBeNull());
  });

  test('G14: ends when they are away for longer than the grace, not while another tab of theirs is there', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    await name(chair, 'oncologist');
    const other = await stage.enter('oncologist');
    oncologist.client.close();
    other.client.moved(viewAt(7));
    nuclear.client.watch(id('oncologist'));
    await until(() => expect(seen(nuclear)).toBe(7));
    expect(nuclear.room.secondId).toBe(id('oncologist'));
    other.client.close();
    await until(() => expect(nuclear.state).toMatchObject({ watching: null, free: false }));
    await until(() => expect(nuclear.room.secondId).toBeNull());
    const ended = await db().auditEvent.findFirst({
      where: { resourceId: stage.session.id, action: 'room.second.end' },
    });
    expect(ended?.actorId).toBeNull();
  });

  test('G15, G16: is seen by whoever switches to them, and those who lead know whom each one sees', async () => {
    const { chair, oncologist, nuclear } = await beside();
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('second'));
    expect(nuclear.state).toMatchObject({ watching: id('oncologist'), along: 'with', standing: 'free' });
    expect(nuclear.z).toBe(1);
    // Painted, not assumed.
    nuclear.paints = false;
    oncologist.client.moved(viewAt(6));
    await until(() => expect(seen(nuclear)).toBe(6));
    await until(() => expect(nuclear.state.along).toBe('loading'));
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('loading'));
    nuclear.client.along.painted(nuclear.glimpseNumbers.at(-1) ?? 0, ['not_shared']);
    await until(() =>
      expect(chair.state.standings.get(id('nuclear'))).toMatchObject({
        kind: 'second',
        missing: ['not_shared'],
      }),
    );
    expect(nuclear.state.along).toBe('cannot');
    nuclear.paints = true;
    nuclear.client.follow();
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('with'));
    expect(nuclear.state.along).toBe('with');
  });

  test('G16: whoever looks along with somebody who is second presenter no more, looks freely', async () => {
    const { chair, nuclear } = await beside();
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('second'));
    await chair.decide({ type: 'second.end' });
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('free'));
    expect(nuclear.state.watching).toBe(id('oncologist'));
    // Named while somebody looks along already: what is shown has its number at once.
    await name(chair, 'oncologist');
    await until(() => expect(kindOf(chair, 'nuclear')).toBe('second'));
  });

  test('G15: what they show is neither recorded nor the shared view, and ends with the case', async () => {
    const { chair, nuclear } = await beside();
    expect(nuclear.room.view?.by).toBe(id('chair'));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] ?? '' });
    await until(() => expect(nuclear.state).toMatchObject({ watching: null, free: false, along: 'with' }));
    expect(nuclear.room.secondId).toBe(id('oncologist'));
  });

  test('G13: a page of an earlier version is told by a snapshot', async () => {
    const { chair } = await stage.meeting();
    const greeting = { ...(await stage.doors.greeting(stage.session.id, stage.actors.surgeon)) };
    const old = stage.doors.raw(stage.server.origin, { ...greeting, protocol: OLDEST_SERVED });
    const heard: string[] = [];
    await new Promise((resolve) => old.once('snapshot', resolve));
    old.onAny((type: string) => heard.push(type));
    await name(chair, 'oncologist');
    await until(() => expect(heard).toContain('snapshot'));
    expect(heard).not.toContain('event');
  });
});
