import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { drawnAs } from '@/lib/live/annotation.fixture.ts';
import { liveMetrics } from '@/lib/live/metrics.server.ts';
import type { Acknowledgement } from '@/lib/live/protocol.ts';
import { type Fusion, type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';
import { addStudy } from './board.ts';
import { type RawSocket, setStage, type Tab, until, viewAt } from './support.ts';

const stage = setStage();
/** Another patient's: of the board's second case, or of none. */
const foreign = { studyUid: '1.2.77', seriesUid: '1.2.77.1' };
const fusion = { blend: 0.5, voi: { center: 5, width: 10 }, colours: 'pet', above: null } as const;
const laidOver = (images: typeof foreign): Fusion => ({ ...fusion, ...images, registrationUid: null });

async function refused(): Promise<number> {
  const { values } = await liveMetrics.refused.get();
  return values.find(({ labels }) => labels.code === 'live_not_of_case')?.value ?? 0;
}

describe('images that are not of the open case', () => {
  let chair: Tab;
  let nuclear: Tab;
  let raw: RawSocket;
  let told: string[];
  beforeEach(async () => {
    ({ chair, nuclear } = await stage.meeting());
    raw = await stage.enterRaw('chair');
    told = [];
    raw.on('refused', ({ code }) => told.push(code));
  });
  const show = (view: ViewState) => raw.emit('view', { itemId: stage.session.items[0], view });
  /** Whatever was passed on has arrived when a view that is of the case has. */
  async function nothingPassedOn(z: number): Promise<void> {
    show(viewAt(z));
    await until(() => expect(nuclear.z).toBe(z));
    expect(nuclear.views.filter(Boolean)).toHaveLength(1);
  }

  test('L11, B5: a view of another patient’s series is refused, counted, and passed on to nobody', async () => {
    const before = await refused();
    show(viewAt(666, foreign));
    await until(() => expect(told).toEqual(['live_not_of_case']));
    expect(await refused()).toBe(before + 1);
    await nothingPassedOn(1);
    const { view } = await db().roomState.findUniqueOrThrow({ where: { sessionId: stage.session.id } });
    expect(JSON.stringify(view)).not.toContain(foreign.seriesUid);
  });

  test('L11: so is one with a series of another study, an overlay or a measurement that is not of the case', async () => {
    const { studyUid } = viewAt(0).viewports[0] ?? {};
    const elsewhere = { ...drawnAs('one'), ...foreign };
    const wrong: ViewState[] = [
      viewAt(666, { seriesUid: foreign.seriesUid }),
      viewAt(666, { studyUid: foreign.studyUid }),
      viewAt(666, { studyUid: null }),
      viewAt(666, { fusion: laidOver(foreign) }),
      viewAt(666, { fusion: laidOver({ studyUid: studyUid ?? '', seriesUid: foreign.seriesUid }) }),
      { ...viewAt(666), measurements: [elsewhere] },
      { ...viewAt(666), document: { ...foreign, sopInstanceUid: '1.2.77.9', page: 1, area: null } },
    ];
    for (const view of wrong) expect(viewStateSchema.safeParse(view).success).toBe(true);
    const before = await refused();
    // Each from a tab of its own: of one tab only the latest counts.
    for (const view of wrong)
      (await stage.enterRaw('chair')).emit('view', { itemId: stage.session.items[0], view });
    await until(async () => expect(await refused()).toBe(before + wrong.length));
    await nothingPassedOn(1);
  });

  test('L11: images that arrive while the case is open are shared', async () => {
    show(viewAt(666, foreign));
    await until(() => expect(told).toEqual(['live_not_of_case']));
    const caseId = stage.board.cases[0];
    const studyId = await addStudy(stage.world.centres.IGR, foreign.studyUid, [foreign.seriesUid], [caseId]);
    show(viewAt(2, foreign));
    await until(() => expect(nuclear.z).toBe(2));
    // Split off, as another patient's: shown no more, to those who open the case from then on.
    await db().series.updateMany({ where: { studyId }, data: { hiddenAt: new Date() } });
    const [first, second] = stage.session.items;
    for (const itemId of [second, first]) await chair.decide({ type: 'item.open', itemId });
    const before = await refused();
    show(viewAt(3, foreign));
    await until(async () => expect(await refused()).toBe(before + 1));
    await db().caseStudy.deleteMany({ where: { studyId } });
  });

  test('L11: a study that was corrected while it is looked at goes on to be shared', async () => {
    const { IGR } = stage.world.centres;
    const original = { studyUid: '1.2.88', seriesUid: '1.2.88.1' };
    const corrected = await addStudy(IGR, '1.2.89', ['1.2.89.1'], [stage.board.cases[0]]);
    const id = await addStudy(IGR, original.studyUid, [original.seriesUid], []);
    const hidden = { hiddenAt: new Date(), hiddenBecause: 'corrected', replacedById: corrected };
    await db().study.update({ where: { id }, data: hidden });
    show(viewAt(4, original));
    await until(() => expect(nuclear.z).toBe(4));
    await db().study.update({ where: { id }, data: { hiddenBecause: 'deleted' } });
    const [first, second] = stage.session.items;
    for (const itemId of [second, first]) await chair.decide({ type: 'item.open', itemId });
    show(viewAt(5, original));
    await until(() => expect(told).toEqual(['live_not_of_case']));
  });

  test('L11, F6: what somebody shows who looks freely is held to the same', async () => {
    chair.client.moved(viewAt(1));
    await until(() => expect(nuclear.z).toBe(1));
    const free = await stage.enter('oncologist');
    free.client.moved(viewAt(5));
    nuclear.client.watch(stage.actors.oncologist.personId);
    await until(() => expect(nuclear.glimpses.at(-1)).toEqual(viewAt(5)));
    free.client.moved(viewAt(666, foreign));
    await until(() => expect(free.refusals).toEqual(['live_not_of_case']));
    free.client.moved(viewAt(6));
    await until(() => expect(nuclear.glimpses.at(-1)).toEqual(viewAt(6)));
    expect(nuclear.glimpses.map((view) => view.viewports[0]?.seriesUid)).not.toContain(foreign.seriesUid);
  });

  test('L11, C18: so is what somebody draws for everybody', async () => {
    const put = (drawn: ReturnType<typeof drawnAs>) =>
      new Promise<Acknowledgement>((resolve) =>
        raw.emit(
          'command',
          { type: 'annotation.put', clientId: randomUUID(), itemId: stage.session.items[0], drawn },
          resolve,
        ),
      );
    const drawn = { ...drawnAs('one'), ...foreign };
    expect(await put(drawn)).toEqual({ ok: false, code: 'live_not_of_case' });
    expect(await put(drawnAs('two'))).toEqual({ ok: true, seq: 2 });
    expect(await db().roomEvent.count({ where: { sessionId: stage.session.id } })).toBe(2);
  });
});
