import { describe, expect, test } from 'vitest';
import { setStage, type Tab, until, viewAt } from './support.ts';

const stage = setStage();
const id = (who: keyof typeof stage.actors) => stage.actors[who].personId;
const seen = (tab: Tab) => tab.glimpses.at(-1)?.viewports[0]?.focalMm?.[2] ?? null;

/** The oncologist looks freely at z 5, and the nuclear physician looks along. */
async function along() {
  const tabs = await stage.meeting();
  tabs.chair.client.moved(viewAt(1));
  await until(() => expect(tabs.nuclear.z).toBe(1));
  tabs.oncologist.client.moved(viewAt(5));
  tabs.nuclear.client.watch(id('oncologist'));
  await until(() => expect(seen(tabs.nuclear)).toBe(5));
  return tabs;
}

describe('looking along with somebody', () => {
  test('F5, F6: goes to whoever looks along and to nobody else, unnumbered; who is looked at knows', async () => {
    const { chair, oncologist, nuclear } = await along();
    await until(() => expect(oncologist.state.watchers).toEqual([id('nuclear')]));
    oncologist.client.moved(viewAt(6));
    await until(() => expect(seen(nuclear)).toBe(6));
    chair.client.moved(viewAt(2));
    await until(() => expect(chair.room.view?.seq).toBe(nuclear.room.view?.seq));
    expect(nuclear.room.view?.by).toBe(id('chair'));
    expect(nuclear.z).toBe(1);
    expect(chair.glimpses).toEqual([]);
    expect(oncologist.glimpses).toEqual([]);
  });

  test('F7: stands as looking freely, and comes back to the presenter', async () => {
    const { chair, oncologist, nuclear } = await along();
    await until(() => expect(chair.state.standings.get(id('nuclear'))?.kind).toBe('free'));
    expect(nuclear.state).toMatchObject({ free: true, following: false, watching: id('oncologist') });
    nuclear.client.follow();
    expect(nuclear.z).toBe(1);
    expect(nuclear.state).toMatchObject({ free: false, watching: null });
    await until(() => expect(oncologist.state.watchers).toEqual([]));
    nuclear.client.watch(id('oncologist'));
    await until(() => expect(oncologist.state.watchers).toEqual([id('nuclear')]));
    // One's own move is one's own.
    nuclear.client.moved(viewAt(9));
    expect(nuclear.state).toMatchObject({ free: true, watching: null });
    await until(() => expect(oncologist.state.watchers).toEqual([]));
  });

  test('F7: ends when who is looked at follows again, leaves, or another case is opened', async () => {
    const { chair, oncologist, nuclear } = await along();
    oncologist.client.follow();
    await until(() => expect(nuclear.state.free).toBe(false));
    oncologist.client.moved(viewAt(7));
    nuclear.client.watch(id('oncologist'));
    await until(() => expect(seen(nuclear)).toBe(7));
    oncologist.client.close();
    await until(() => expect(nuclear.state.free).toBe(false));
    const back = await stage.enter('oncologist');
    back.client.moved(viewAt(8));
    nuclear.client.watch(id('oncologist'));
    await until(() => expect(seen(nuclear)).toBe(8));
    await chair.decide({ type: 'item.open', itemId: stage.session.items[1] ?? '' });
    await until(() => expect(nuclear.state).toMatchObject({ free: false, watching: null }));
  });

  test('F5: the presenter, oneself, and who is not there are refused', async () => {
    const { nuclear } = await stage.meeting();
    for (const who of ['chair', 'nuclear', 'surgeon'] as const) {
      nuclear.client.watch(id(who));
      await until(() => expect(nuclear.state).toMatchObject({ free: false, watching: null }));
    }
    expect(nuclear.refusals).toContain('state_conflict');
  });

  test('F6: a glimpse that is malformed or of another case is refused', async () => {
    await stage.meeting();
    const socket = await stage.enterRaw('surgeon');
    const refused = () => new Promise((resolve) => socket.once('refused', resolve));
    let told = refused();
    socket.emit('glimpse', { itemId: stage.session.items[1], view: viewAt(1) });
    expect(await told).toEqual({ code: 'state_conflict' });
    told = refused();
    socket.emit('glimpse', { itemId: stage.session.items[0], view: viewAt(1), by: id('chair') });
    expect(await told).toEqual({ code: 'live_malformed' });
  });
});
