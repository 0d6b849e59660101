import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { PROTOCOL_VERSION, type Snapshot, type Standing } from '@/lib/live/protocol.ts';
import { setStage, type Tab, until, viewAt } from './support.ts';

const stage = setStage();

/** How somebody stands, as this tab was told; undefined when it was not. */
const standing = (tab: Tab, who: Tab): Standing | undefined => tab.state.standings.get(who.state.me ?? '');
const stands = (tab: Tab, who: Tab, kind: Standing['kind']) =>
  until(() => expect(standing(tab, who)?.kind).toBe(kind));

describe('sameness', () => {
  test('W1, W3: who has painted the view is with the presenter; who has not is loading', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    oncologist.paints = false;
    chair.client.moved(viewAt(1));
    await until(() => expect(oncologist.z).toBe(1));
    await stands(chair, oncologist, 'loading');
    await stands(chair, nuclear, 'with');
    oncologist.client.painted(oncologist.room.view?.seq ?? 0, []);
    await stands(chair, oncologist, 'with');
  });

  test('W3, D8: who is behind stays so when another life of the server opened the open case again', async () => {
    const { chair, oncologist } = await stage.meeting();
    oncologist.paints = false;
    chair.client.moved(viewAt(1));
    await stands(chair, oncologist, 'loading');
    const again = { itemId: stage.session.items[0] };
    const where = { sessionId: stage.session.id, personId: stage.actors.chair.personId };
    await db().roomEvent.create({
      data: { ...where, seq: 2, type: 'item.open', payload: again, clientId: randomUUID() },
    });
    await chair.decide({ type: 'hand.raise' });
    await until(() => expect(chair.room.lastSeq).toBe(3));
    // Told again of all, the chair hears the same.
    const other = await stage.enter('chair');
    await stands(other, oncologist, 'loading');
  });

  test('W2, W3: what is missing is said with its reason', async () => {
    const { chair, nuclear } = await stage.meeting();
    nuclear.paints = false;
    chair.client.moved(viewAt(2));
    await until(() => expect(nuclear.z).toBe(2));
    nuclear.client.painted(nuclear.room.view?.seq ?? 0, ['not_shared']);
    await until(() =>
      expect(standing(chair, nuclear)).toMatchObject({ kind: 'cannot', missing: ['not_shared'] }),
    );
    expect(nuclear.state).toMatchObject({ standing: 'cannot', missing: ['not_shared'] });
  });

  test('W3: who looks freely, and whose page is hidden, is not with the presenter', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(3));
    await until(() => expect(nuclear.z).toBe(3));
    nuclear.client.moved(viewAt(50));
    oncologist.client.hidden(true);
    await stands(chair, nuclear, 'free');
    await stands(chair, oncologist, 'away');
    nuclear.client.follow();
    oncologist.client.hidden(false);
    await stands(chair, nuclear, 'with');
    await stands(chair, oncologist, 'with');
  });

  test('W4: is told to those who lead, all of it to whoever begins to', async () => {
    const { chair, oncologist, nuclear } = await stage.meeting();
    oncologist.client.hidden(true);
    await stands(chair, oncologist, 'away');
    expect(nuclear.state.standings.size).toBe(0);
    await chair.decide({ type: 'control.give', to: stage.actors.nuclear.personId });
    await stands(nuclear, oncologist, 'away');
    await stands(nuclear, chair, 'with');
    expect(oncologist.state.standings.size).toBe(0);
  });

  test('W5: the best of several tabs counts', async () => {
    const { chair, nuclear } = await stage.meeting();
    const other = await stage.enter('nuclear');
    other.client.hidden(true);
    chair.client.moved(viewAt(4));
    await stands(chair, nuclear, 'with');
    nuclear.client.hidden(true);
    await stands(chair, nuclear, 'away');
  });

  test('W8: a page without a viewer is there like any other, and is told of as seeing nothing', async () => {
    const { chair } = await stage.meeting();
    const phone = await stage.enter('surgeon', { images: false });
    const blind = { kind: 'cannot', missing: ['no_images'] };
    await until(() => expect(standing(chair, phone), 'before anything is shared').toMatchObject(blind));
    chair.client.moved(viewAt(7));
    await until(() => expect(phone.room.view?.seq).toBe(1));
    await until(() => expect(standing(chair, phone)).toMatchObject(blind));
    expect(phone.state).toMatchObject({ standing: 'cannot', missing: ['no_images'] });
    await phone.decide({ type: 'hand.raise' });
    await until(() => expect(chair.room.hands).toEqual([phone.state.me]));
  });

  test('W6, H2: a page of the version before is served, and stands as one that does not say', async () => {
    const { chair } = await stage.meeting();
    const greeting = await stage.doors.greeting(stage.session.id, stage.actors.surgeon);
    const page = stage.doors.raw(stage.server.origin, { ...greeting, protocol: PROTOCOL_VERSION - 1 });
    const snapshot = await new Promise<Snapshot>((resolve) => page.once('snapshot', resolve));
    expect(snapshot.protocol).toBe(PROTOCOL_VERSION - 1);
    const seen = new Promise((resolve) => page.once('view', resolve));
    chair.client.moved(viewAt(5));
    expect(await seen).toMatchObject({ view: viewAt(5) });
    await until(() =>
      expect(chair.state.standings.get(stage.actors.surgeon.personId)).toMatchObject({ kind: 'older' }),
    );
  });

  test('W1: after a cut the new connection is told at once', async () => {
    const { chair, nuclear } = await stage.meeting();
    chair.client.moved(viewAt(6));
    await stands(chair, nuclear, 'with');
    nuclear.client.reconnect();
    await until(() => expect(nuclear.state.connection).toBe('live'));
    await stands(chair, nuclear, 'with');
  });
});
