import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { shareCase } from '@/lib/cases/edit-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import {
  deleteKeyView,
  editKeyView,
  restoreKeyView,
  saveKeyView,
} from '@/lib/key-views/change-key-views.server.ts';
import { keepView, readKeptView } from '@/lib/key-views/kept-view.server.ts';
import { listKeyViews, readKeyView } from '@/lib/key-views/read-key-views.server.ts';
import { saveKeyViewSchema } from '@/lib/key-views/schema.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

/** A view with some of everything that a view may hold. */
const view = (focalZ = -412.5): ViewState =>
  viewStateSchema.parse({
    layout: 'ct-pt',
    activeViewportId: 'v2',
    viewports: [
      {
        viewportId: 'v1',
        studyUid: '1.2.3',
        seriesUid: '1.2.3.4',
        frameOfReferenceUid: '1.2.3.9',
        focalMm: [12.25, -180.1, focalZ],
        normal: [0, 0, 1],
        voi: { center: 40, width: 400 },
        invert: false,
        zoom: 2.5,
      },
    ],
    structureSets: [{ structureSetUid: '1.2.3.5', visible: [1, 4], opacity: { 4: 0.3 } }],
    measurements: [
      {
        id: 'm1',
        kind: 'length',
        studyUid: '1.2.3',
        seriesUid: '1.2.3.4',
        frameOfReferenceUid: '1.2.3.9',
        points: [
          [0, 0, focalZ],
          [10, 0, focalZ],
        ],
        normal: [0, 0, 1],
        label: 'node',
      },
    ],
  });
const input = (title = 'Node 7R', focalZ?: number) => ({ title, note: 'Largest one', view: view(focalZ) });

/** A case of IGR, asked for by the city's referring doctor. */
async function newCase(): Promise<string> {
  const fields = createCaseSchema.parse({
    centreId: world.centres.IGR,
    patient: { familyName: 'Lefèvre' },
    reason: 'Relapse',
    question: 'Radiotherapy?',
    requesterId: world.actors.referrer.personId,
  });
  return (await createCase(world.actors.secretary, fields)).id;
}

const titles = async (actor: AuthenticatedActor, caseId: string) =>
  (await listKeyViews(actor, caseId)).map(({ title }) => title);
const audited = (caseId: string, action: string) => db().auditEvent.count({ where: { caseId, action } });
const gone = { code: 'not_found' };

describe('a key view', () => {
  test('is opened exactly as it was saved, by everybody who sees the case', async () => {
    const { oncologist, referrer } = world.actors;
    const caseId = await newCase();
    const { id } = await saveKeyView(oncologist, caseId, input());
    expect(await readKeyView(referrer, { caseId, id })).toEqual({
      id,
      title: 'Node 7R',
      note: 'Largest one',
      authorId: oncologist.personId,
      authorName: oncologist.displayName,
      createdAt: expect.stringMatching(/Z$/),
      version: 1,
      may: { change: true },
      viewports: [{ viewportId: 'v1', gsps: null }],
      view: view(),
    });
  });

  test('stands in the list in the order of saving', async () => {
    const caseId = await newCase();
    for (const title of ['first', 'second', 'third'])
      await saveKeyView(world.actors.chair, caseId, input(title));
    expect(await titles(world.actors.secretary, caseId)).toEqual(['first', 'second', 'third']);
  });

  test('of a later version of the program says that it cannot be read, and is listed all the same', async () => {
    const caseId = await newCase();
    const { id } = await saveKeyView(world.actors.chair, caseId, input());
    await db().keyView.update({ where: { id }, data: { viewVersion: PROTOCOL_VERSION + 1 } });
    expect(await readKeyView(world.actors.chair, { caseId, id })).toMatchObject({ view: null });
    expect(await titles(world.actors.chair, caseId)).toEqual(['Node 7R']);
  });

  test('of an earlier version has nothing of what came later', async () => {
    const caseId = await newCase();
    const { id } = await saveKeyView(world.actors.chair, caseId, input());
    const { layout, activeViewportId, structureSets } = view();
    const early = { layout, activeViewportId, structureSets, viewports: [] };
    await db().keyView.update({ where: { id }, data: { view: early, viewVersion: 1 } });
    expect(await readKeyView(world.actors.chair, { caseId, id })).toMatchObject({
      view: { ...early, dose: null, measurements: [], suvBy: 'bw' },
    });
  });

  test('leaves an audit row of each thing that is done with it', async () => {
    const { chair } = world.actors;
    const caseId = await newCase();
    const at = { caseId, id: (await saveKeyView(chair, caseId, input())).id };
    await listKeyViews(chair, caseId);
    await readKeyView(chair, at);
    await editKeyView(chair, at, { version: 1, title: 'Node 8' });
    await deleteKeyView(chair, at);
    await restoreKeyView(chair, at);
    for (const action of ['save', 'list', 'read', 'edit', 'delete', 'restore'])
      expect(await audited(caseId, `key-view.${action}`), action).toBe(1);
  });
});

describe('what is no view is refused, with the place where it is wrong', () => {
  const refused = (change: object) => saveKeyViewSchema.safeParse({ ...input(), ...change }).error?.issues[0];
  const [viewport] = view().viewports;

  test.each([
    ['no title', { title: '  ' }, ['title']],
    [
      'a position that is none',
      { view: { ...view(), viewports: [{ ...viewport, focalMm: [1, 2] }] } },
      ['view', 'viewports', 0, 'focalMm'],
    ],
    [
      'a window without width',
      { view: { ...view(), viewports: [{ ...viewport, voi: { center: 40, width: 0 } }] } },
      ['view', 'viewports', 0, 'voi', 'width'],
    ],
    [
      'a UID that is none',
      { view: { ...view(), viewports: [{ ...viewport, seriesUid: 'x' }] } },
      ['view', 'viewports', 0, 'seriesUid'],
    ],
    ['no view at all', { view: undefined }, ['view']],
  ])('%s', (_name, change, path) => {
    expect(refused(change)?.path.slice(0, path.length)).toEqual(path);
  });
});

describe('two people rename one key view', () => {
  test('the second is told what it is called now', async () => {
    const { chair, secretary } = world.actors;
    const caseId = await newCase();
    const at = { caseId, id: (await saveKeyView(chair, caseId, input())).id };
    await editKeyView(secretary, at, { version: 1, title: 'Station 7' });
    await expect(editKeyView(chair, at, { version: 1, title: 'Subcarinal' })).rejects.toMatchObject({
      code: 'version_conflict',
      current: { title: 'Station 7', note: 'Largest one', version: 2 },
    });
    expect(await editKeyView(chair, at, { version: 2, note: '' })).toMatchObject({
      title: 'Station 7',
      note: '',
      version: 3,
    });
  });
});

describe('a deleted key view', () => {
  test('is gone until it is brought back', async () => {
    const { chair } = world.actors;
    const caseId = await newCase();
    const at = { caseId, id: (await saveKeyView(chair, caseId, input())).id };
    await deleteKeyView(chair, at);
    expect(await titles(chair, caseId)).toEqual([]);
    await expect(readKeyView(chair, at)).rejects.toMatchObject(gone);
    await expect(editKeyView(chair, at, { version: 1, title: 'x' })).rejects.toMatchObject(gone);
    await expect(deleteKeyView(chair, at)).rejects.toMatchObject(gone);
    await restoreKeyView(chair, at);
    await expect(restoreKeyView(chair, at)).rejects.toMatchObject(gone);
    expect(await readKeyView(chair, at)).toMatchObject({ title: 'Node 7R', view: view() });
  });
});

describe('who may', () => {
  test('another centre and the outsider find nothing, and change nothing', async () => {
    const caseId = await newCase();
    const at = { caseId, id: (await saveKeyView(world.actors.chair, caseId, input())).id };
    for (const actor of [world.actors.radiologist, world.actors.outsider, world.actors.admin]) {
      await expect(listKeyViews(actor, caseId)).rejects.toMatchObject(gone);
      await expect(readKeyView(actor, at)).rejects.toMatchObject(gone);
      await expect(saveKeyView(actor, caseId, input())).rejects.toMatchObject(gone);
      await expect(editKeyView(actor, at, { version: 1, title: 'x' })).rejects.toMatchObject(gone);
      await expect(deleteKeyView(actor, at)).rejects.toMatchObject(gone);
      await expect(keepView(actor, caseId, view())).rejects.toMatchObject(gone);
      await expect(readKeptView(actor, caseId)).rejects.toMatchObject(gone);
    }
    expect(await titles(world.actors.chair, caseId)).toEqual(['Node 7R']);
  });

  test('an expert of another centre adds their own, and leaves those of others as they are', async () => {
    const { radiologist, chair } = world.actors;
    const caseId = await newCase();
    const theirs = { caseId, id: (await saveKeyView(chair, caseId, input('chair’s'))).id };
    await shareCase(world.actors.secretary, caseId, { personId: radiologist.personId });
    const own = { caseId, id: (await saveKeyView(radiologist, caseId, input('expert’s'))).id };
    expect((await listKeyViews(radiologist, caseId)).map(({ may }) => may.change)).toEqual([false, true]);
    await expect(editKeyView(radiologist, theirs, { version: 1, title: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(deleteKeyView(radiologist, theirs)).rejects.toMatchObject({ code: 'forbidden' });
    await editKeyView(radiologist, own, { version: 1, title: 'mine' });
    expect(await titles(chair, caseId)).toEqual(['chair’s', 'mine']);
  });

  test('a key view is found under its own case only', async () => {
    const { chair } = world.actors;
    const [caseId, other] = [await newCase(), await newCase()];
    const { id } = await saveKeyView(chair, caseId, input());
    await expect(readKeyView(chair, { caseId: other, id })).rejects.toMatchObject(gone);
    await expect(deleteKeyView(chair, { caseId: other, id })).rejects.toMatchObject(gone);
  });
});

describe('how a case’s images were left', () => {
  test('is each person’s own, and the last one counts', async () => {
    const { chair, oncologist } = world.actors;
    const caseId = await newCase();
    expect(await readKeptView(chair, caseId)).toEqual({ view: null });
    await keepView(chair, caseId, view(-100));
    await keepView(chair, caseId, view(-200));
    await keepView(oncologist, caseId, view(-300));
    expect(await readKeptView(chair, caseId)).toEqual({ view: view(-200) });
    expect(await readKeptView(oncologist, caseId)).toEqual({ view: view(-300) });
    expect(await audited(caseId, 'kept-view.save')).toBe(3);
  });
});
