import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log } from '@/lib/log.server.ts';
import { times } from '@/tests/live/fuzz/server-life.ts';
import { testImages } from '@/tests/live/images.ts';
import { actorOf, participantOf, tabOf } from '@/tests/live/tab-of.ts';
import { viewAt } from '@/tests/live/view-at.ts';
import { drawnAs } from './annotation.fixture.ts';
import type { CaseImages } from './images-named.ts';
import { LiveRoom } from './live-room.server.ts';
import { READ_AGAIN_MS } from './open-case.server.ts';
import { Hub } from './processes/hub.server.ts';
import type { Down, UpWord } from './processes/words.ts';
import { type Acknowledgement, type Command, PROTOCOL_VERSION, type RoomEvent } from './protocol.ts';
import { receive } from './receive.server.ts';
import { emptyRoom } from './reducer.ts';
import type { RoomOutside } from './room-outside.server.ts';

const [sessionId, itemId, chairId, annId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const facts = { kind: 'session', centreId: randomUUID(), chairId, participantIds: [annId] } as const;
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

type Tab = ReturnType<typeof tabOf>;

/** How deep each view is that this tab was told of. */
const views = ({ told }: Tab, of = 'view') =>
  told
    .filter(([message]) => message === of)
    .map(([, content]) => (content as { view: ReturnType<typeof viewAt> }).view.viewports[0]?.focalMm?.[2]);

describe('a room, and tabs that come, go and ask at once', () => {
  let stored: RoomEvent[];
  let images: CaseImages;
  let away: boolean;
  let chairNow: string;
  let room: LiveRoom;
  let chair: Tab;
  let ann: Tab;

  const outside: RoomOutside = {
    loadSession: async () => ({ facts: { ...facts, chairId: chairNow }, cancelled: false, agendaVersion: 0 }),
    loadRoom: async () => ({
      model: { ...emptyRoom(chairId), currentItemId: itemId },
      lane: [],
      seqFloor: 0,
    }),
    loadImages: async () => {
      await new Promise((done) => setTimeout(done, 20));
      if (away) throw new Error('The database does not answer');
      return images;
    },
    loadEvents: async () => [],
    commitEvent: async (_actor, _sessionId, _facts, { clientId: _, poll: __, option: ___, ...intent }) => {
      const event = { ...intent, seq: stored.length + 1, at: new Date().toISOString() } as RoomEvent;
      stored.push(event);
      return event;
    },
    reserveSequence: async () => undefined,
    saveView: async () => undefined,
    saveRecordBlock: async () => undefined,
    stillEntitled: async ({ actor }) => actor,
    writeCrossing: async () => undefined,
    markAttendance: async () => undefined,
    held: () => true,
  };
  const decided = () => stored.map(({ type, by }) => [type, by]);
  const drawn = () => room.snapshotFor(chair.connection, 0).annotations.ofItem[itemId] ?? [];

  beforeEach(async () => {
    vi.useFakeTimers();
    stored = [];
    images = testImages;
    away = false;
    chairNow = chairId;
    room = await LiveRoom.open(sessionId, times, outside);
    chair = tabOf(sessionId, chairId);
    ann = tabOf(sessionId, annId);
    room.join(chair.connection);
    room.join(ann.connection);
  });
  afterEach(async () => {
    await room.close();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  describe('commands of one tab', () => {
    const put = () => ({
      type: 'annotation.put' as const,
      clientId: randomUUID(),
      itemId,
      drawn: drawnAs(randomUUID()),
    });
    const removalOf = (annotationId: string): Command => ({
      type: 'annotation.remove',
      clientId: randomUUID(),
      itemId,
      annotationId,
    });
    const raise = (): Command => ({ type: 'hand.raise', clientId: randomUUID() });
    const inOrder = [
      ['annotation.put', chairId],
      ['annotation.remove', chairId],
    ];

    test('D6, D7: a drawing that is undone in the same moment is gone, also where its images are known', async () => {
      await pass(100);
      const drawing = put();
      const answers = [drawing, removalOf(drawing.drawn.id)].map((one) =>
        room.command(chair.connection, one),
      );
      await pass();
      expect(await Promise.all(answers)).toEqual([
        { ok: true, seq: 1 },
        { ok: true, seq: 2 },
      ]);
      expect(decided()).toEqual(inOrder);
      expect(drawn()).toEqual([]);
    });

    test('D6: wait for the images of the one before; nobody else’s do', async () => {
      const drawing = put();
      void room.command(chair.connection, drawing);
      void room.command(chair.connection, removalOf(drawing.drawn.id));
      void room.command(ann.connection, raise());
      await pass(10);
      expect(decided()).toEqual([['hand.raise', annId]]);
      await pass(100);
      expect(decided()).toEqual([['hand.raise', annId], ...inOrder]);
      expect(drawn()).toEqual([]);
    });

    test('D6, Y1: so do those of a tab at another process, which come in one message', async () => {
      await pass(100);
      const downs: Down[] = [];
      const lease = { held: true, epoch: 1, lost: false } as ConstructorParameters<typeof Hub>[1];
      const hub = new Hub(room, lease, 'here', (down) => downs.push(structuredClone(down)));
      const drawing = put();
      const actor = actorOf(chairId);
      const words: UpWord[] = [
        {
          type: 'enter',
          id: 1,
          actor,
          participant: participantOf(chairId),
          lastSeq: 0,
          protocol: PROTOCOL_VERSION,
        },
        ...[drawing, removalOf(drawing.drawn.id)].map((content, index): UpWord => {
          return { type: 'say', id: 1, message: 'command', content, k: index + 1, actor };
        }),
      ];
      hub.hear({ to: 'here', from: 'there', sessionId, link: 'one', n: 0, words });
      await pass(100);
      expect(decided()).toEqual(inOrder);
      expect(drawn()).toEqual([]);
      const answers = downs.flatMap(({ words: told }) => told.filter(({ type }) => type === 'answer'));
      expect(answers).toMatchObject([{ k: 1 }, { k: 2 }]);
    });

    test('D6: a drawing whose images the database never tells is refused after a while, and what came after it is decided', async () => {
      vi.spyOn(log, 'error').mockImplementation(() => undefined);
      const unknown = { ...put(), drawn: { ...drawnAs(randomUUID()), seriesUid: '1.2.9' } };
      const answers: Acknowledgement[] = [];
      await pass(100);
      away = true;
      for (const one of [unknown, raise()])
        void room.command(chair.connection, one).then((answer) => answers.push(answer));
      await pass(30_000);
      expect(answers).toEqual([
        { ok: false, code: 'unavailable' },
        { ok: true, seq: 1 },
      ]);
    });
  });

  describe('whoever is looked along with', () => {
    let hub: Hub;
    let link = 0;
    let downs: Down[];
    /** Ann, of another process, enters with a new stretch of words. */
    const enter = async (protocol = PROTOCOL_VERSION) => {
      link += 1;
      const actor = actorOf(annId);
      const entering = { actor, participant: participantOf(annId), lastSeq: 0, protocol };
      const words: UpWord[] = [{ type: 'enter', id: 1, ...entering }];
      hub.hear({ to: 'here', from: 'there', sessionId, link: `link ${link}`, n: 0, words });
      await pass(10);
    };
    const heard = () =>
      downs
        .splice(0)
        .flatMap(({ words }) => words)
        .flatMap((word) => (word.type === 'tell' ? [[word.message, word.content[0]]] : []))
        .filter(([message]) => message === 'snapshot' || message === 'watched')
        .map(([message, content]) => (message === 'watched' ? content : message));

    beforeEach(() => {
      downs = [];
      const lease = { held: true, epoch: 1, lost: false } as ConstructorParameters<typeof Hub>[1];
      hub = new Hub(room, lease, 'here', (down) => downs.push(structuredClone(down)));
    });

    test('F6, Y6: hears by whom with the snapshot of entering anew from another process', async () => {
      room.leave(ann.connection);
      await enter();
      room.watching.watch(chair.connection, annId);
      await pass();
      expect(heard()).toEqual(['snapshot', [chairId]]);
      await enter();
      expect(heard()).toEqual(['snapshot', [chairId]]);
      room.watching.watch(chair.connection, null);
      await enter();
      expect(heard()).toEqual([[], 'snapshot']);
    });

    test('F6: so with every other snapshot, and in another tab', async () => {
      room.watching.watch(chair.connection, annId);
      const older = tabOf(sessionId, annId, 3);
      room.join(older.connection);
      const tabs = [ann, older];
      const heardAll = () =>
        tabs.map(({ told }) =>
          told.splice(0).filter(([message]) => message === 'snapshot' || message === 'watched'),
        );
      const both = [
        ['snapshot', expect.anything()],
        ['watched', [chairId]],
      ];
      expect(heardAll()[1]).toEqual(both);
      receive(room, ann.connection, 'resync', 0, undefined);
      expect(heardAll()).toEqual([both, []]);
      // A page of an earlier version has no word for what happened.
      await room.command(chair.connection, { type: 'hand.raise', clientId: randomUUID() });
      expect(heardAll()).toEqual([[], both]);
      chairNow = annId;
      await room.refresh();
      expect(heardAll()).toEqual([both, both]);
    });
  });

  describe('a view that waits for the list of the case’s images', () => {
    const lateImages = { seriesUid: '1.2.3.5' };
    const late = viewAt(1, lateImages);
    const arrive = () => {
      images = new Map([...testImages, ['1.2.3', new Set(['1.2.3.4', '1.2.3.5'])]]);
    };
    let again: Tab;
    beforeEach(async () => {
      await pass(100);
      again = tabOf(sessionId, chairId);
      room.join(again.connection);
      arrive();
    });

    test('L4, L11: is shown when it is found to be of the case', async () => {
      room.look(chair.connection, itemId, late);
      await pass(READ_AGAIN_MS + 100);
      expect(views(ann)).toEqual([1]);
      expect(views(again)).toEqual([1]);
    });

    test('L4, L11: is nobody’s when its connection is gone', async () => {
      room.look(chair.connection, itemId, late);
      room.leave(chair.connection);
      await pass(READ_AGAIN_MS + 100);
      expect(views(ann)).toEqual([]);
    });

    test('L4, L11: does not come after newer ones of the presenter’s other tab', async () => {
      room.look(chair.connection, itemId, late);
      room.look(again.connection, itemId, viewAt(2));
      room.look(again.connection, itemId, viewAt(3));
      await pass(READ_AGAIN_MS + 100);
      expect(views(ann)).toEqual([2, 3]);
      expect(views(chair)).toEqual([2, 3]);
      expect(room.snapshotFor(ann.connection, 0).view?.view).toEqual(viewAt(3));
    });

    test('L11: is refused all the same where it is not of the case', async () => {
      room.look(chair.connection, itemId, viewAt(1, { seriesUid: '7.1' }));
      room.look(again.connection, itemId, viewAt(2));
      await pass(READ_AGAIN_MS + 100);
      expect(chair.told).toContainEqual(['refused', { code: 'live_not_of_case' }]);
    });

    test('F6, L11: so is what was shown to those who look along', async () => {
      const other = tabOf(sessionId, annId);
      room.join(other.connection);
      room.watching.watch(chair.connection, annId);
      room.watching.glimpse(ann.connection, itemId, late);
      room.watching.glimpse(other.connection, itemId, viewAt(2));
      room.leave(ann.connection);
      await pass(READ_AGAIN_MS + 100);
      expect(views(chair, 'glimpse')).toEqual([2]);
    });
  });
});
