import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST as captureRoute } from '@/app/api/cases/[caseId]/key-views/[keyViewId]/secondary-capture/route.ts';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { captureKeyView } from '@/lib/key-views/capture-key-view.server.ts';
import { editKeyView, saveKeyView } from '@/lib/key-views/change-key-views.server.ts';
import { exportKeyObjects, exportPresentation } from '@/lib/key-views/export-key-view.server.ts';
import { keyViewPictures } from '@/lib/key-views/key-view-pictures.server.ts';
import { listKeyViews } from '@/lib/key-views/read-key-views.server.ts';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { type ViewportState, viewStateSchema } from '@/lib/live/view-state.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { hodgkinFiles, hodgkinPatient, hodgkinPlanes } from '@/lib/phantom/hodgkin.ts';
import { frameOfReferenceUid, instanceUid, seriesUid, studyUid } from '@/lib/phantom/patient.ts';
import { suvFactor } from '@/lib/phantom/pet-series.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { phantomCase } from '../setup/phantom-case.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let folder: string;
let caseId: string;
const patient = hodgkinPatient(1);
const planes = { ...hodgkinPlanes, count: 4 };
/** Heights of the CT's images, from the feet up. */
const heights = Array.from({ length: 4 }, (_, index) => planes.bottom + index * planes.spacing);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-key-views-'));
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  caseId = await phantomCase(world, hodgkinFiles(1, { planes, pet: { first: 100, last: 102 } }));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.close();
});

const ct = (change: Partial<ViewportState> = {}): ViewportState =>
  viewportAs({
    studyUid: studyUid(patient),
    seriesUid: seriesUid(patient, 'ct'),
    frameOfReferenceUid: frameOfReferenceUid(patient),
    // Half a millimetre from the second image: the nearest counts.
    focalMm: [10, -20, (heights[1] ?? 0) + 0.5],
    zoom: 2,
    ...change,
  });
const pet = (change: Partial<ViewportState> = {}) =>
  ct({
    viewportId: 'v2',
    seriesUid: seriesUid(patient, 'pet'),
    voi: { center: 3.5, width: 7 },
    invert: true,
    ...change,
  });

async function saved(viewports: ViewportState[], measurements: object[] = [], activeViewportId = 'v1') {
  const view = viewStateSchema.parse({
    layout: 'ct-pt',
    activeViewportId,
    viewports,
    structureSets: [],
    measurements,
  });
  const { id } = await saveKeyView(world.actors.chair, caseId, { title: 'Node 7R', note: 'Largest', view });
  return { caseId, id };
}
const length = (z: number, id = 'm1') => ({
  id,
  kind: 'length',
  studyUid: studyUid(patient),
  seriesUid: seriesUid(patient, 'ct'),
  frameOfReferenceUid: frameOfReferenceUid(patient),
  points: [
    [0, 0, z],
    [30, 40, z],
  ],
  normal: [0, 0, 1],
  label: `at ${id}`,
});

let count = 0;
function file(bytes: Uint8Array): string {
  count += 1;
  const name = path.join(folder, `${count}.dcm`);
  fs.writeFileSync(name, bytes);
  return name;
}
const dump = (bytes: Uint8Array, ...tags: string[]) =>
  execFileSync('dcmdump', ['-q', '+U8', '+L', ...tags.flatMap((tag) => ['+P', tag]), file(bytes)], {
    encoding: 'utf8',
  });
/** A tag's values, wherever it stands. */
const values = (bytes: Uint8Array, tag: string): string[] =>
  [...dump(bytes, tag).matchAll(/^\s*\([0-9a-f,]+\) \w\w \[?(.*?)\]?\s+#/gm)].map(([, value]) => value ?? '');

describe('a presentation state of a stack', () => {
  test('names the image that the viewer shows, and the study that it belongs into', async () => {
    const { bytes, fileName } = await exportPresentation(world.actors.chair, await saved([ct()]), {
      locale: 'en',
    });
    expect(fileName).toMatch(/^gsps-[0-9a-f]{12}\.dcm$/);
    expect(new Set(values(bytes, '0008,1155'))).toEqual(new Set([instanceUid(patient, 'ct', heights[1])]));
    expect(values(bytes, '0020,000d')).toEqual([studyUid(patient)]);
    expect(values(bytes, '0010,0010')).toEqual([patient.name]);
    expect(values(bytes, '0070,0081')).toEqual(['Node 7R']);
    expect(values(bytes, '0070,0084')).toEqual([world.actors.chair.displayName]);
  });

  test('shows the part of it that the window showed: twice as large, around the same point', async () => {
    const { bytes } = await exportPresentation(world.actors.chair, await saved([ct()]), { locale: 'en' });
    const [left = 0, top = 0] = (values(bytes, '0070,0052')[0] ?? '').split('\\').map(Number);
    const [right = 0, bottom = 0] = (values(bytes, '0070,0053')[0] ?? '').split('\\').map(Number);
    expect([right - left + 1, bottom - top + 1]).toEqual([256, 256]);
    const mm = (pixel: number) => (pixel - 1 - 511 / 2) * planes.pixel;
    expect(Math.abs(mm((left + right) / 2) - 10)).toBeLessThanOrEqual(planes.pixel / 2);
    expect(Math.abs(mm((top + bottom) / 2) + 20)).toBeLessThanOrEqual(planes.pixel / 2);
  });

  test('holds HU as they are, and SUV as the Bq/ml of that image', async () => {
    const at = await saved([ct(), pet()]);
    const ofCt = await exportPresentation(world.actors.chair, at, { locale: 'en' });
    expect(values(ofCt.bytes, '0028,1052')).toEqual(['-1024']);
    expect(values(ofCt.bytes, '0028,1050')).toEqual(['40.5']);
    expect(values(ofCt.bytes, '0028,1051')).toEqual(['401']);
    expect(values(ofCt.bytes, '2050,0020')).toEqual(['IDENTITY']);
    const ofPet = await exportPresentation(world.actors.chair, at, { viewportId: 'v2', locale: 'en' });
    const white = 7 / suvFactor(patient);
    expect(Number(values(ofPet.bytes, '0028,1051')[0])).toBeCloseTo(white + 1, 3);
    expect(Number(values(ofPet.bytes, '0028,1050')[0])).toBeCloseTo(white / 2 + 0.5, 3);
    expect(values(ofPet.bytes, '2050,0020')).toEqual(['INVERSE']);
  });

  test('draws the measurements that lie on the image, and no others', async () => {
    const [, here = 0, , other = 0] = heights;
    const at = await saved([ct()], [length(here, 'here'), length(other, 'elsewhere')]);
    const { bytes } = await exportPresentation(world.actors.chair, at, { locale: 'en' });
    const pixel = (mm: number) => mm / planes.pixel + 511 / 2 + 0.5;
    const [data = ''] = values(bytes, '0070,0022');
    const drawn = data.split('\\').map(Number);
    [pixel(0), pixel(0), pixel(30), pixel(40)].forEach((value, index) => {
      expect(drawn[index]).toBeCloseTo(value, 3);
    });
    const texts = dump(bytes, '0070,0006');
    expect(texts).toContain('at here');
    expect(texts).toMatch(/50\.0 ± \d/);
    expect(texts).not.toContain('elsewhere');
  });

  test('is accepted by DCMTK’s checker', async () => {
    const at = await saved([ct(), pet()], [length(heights[1] ?? 0)]);
    for (const viewportId of ['v1', 'v2']) {
      const { bytes } = await exportPresentation(world.actors.chair, at, { viewportId, locale: 'en' });
      const { stdout, stderr } = spawnSync('dcmpschk', [file(bytes)], { encoding: 'latin1' });
      const errors = `${stdout}${stderr}`.split('\n').filter((line) => /^E:/.test(line));
      // The checker reads bytes: the sign of "plus or minus" is none of its letters.
      expect(
        errors.filter(
          (line) => !/UnformattedTextValue|Attribute value|Expected format|data type|^E: *$/.test(line),
        ),
      ).toEqual([]);
    }
  });

  test('of the same key view is the same object; renamed, it is another', async () => {
    const at = await saved([ct()]);
    const first = await exportPresentation(world.actors.chair, at, { locale: 'en' });
    const again = await exportPresentation(world.actors.secretary, at, { locale: 'en' });
    expect(again.bytes).toEqual(first.bytes);
    await editKeyView(world.actors.chair, at, { version: 1, title: 'Node 8' });
    const renamed = await exportPresentation(world.actors.chair, at, { locale: 'en' });
    expect(values(renamed.bytes, '0008,0018')).not.toEqual(values(first.bytes, '0008,0018'));
  });
});

describe('what a presentation state cannot say is refused with the reason', () => {
  const fusion = {
    studyUid: studyUid(patient),
    seriesUid: seriesUid(patient, 'pet'),
    blend: 0.5,
    voi: { center: 3.5, width: 7 },
    colours: 'hot_iron',
    above: null,
    registrationUid: null,
  } as const;

  test.each([
    ['plane', { kind: 'plane', up: [0, 0, 1] }],
    ['mip', { kind: 'mip', up: [0, 0, 1] }],
    ['fusion', { fusion }],
    ['colours', { colours: 'hot_iron' }],
    ['empty', { seriesUid: null }],
  ] as const)('%s', async (reason, change) => {
    const at = await saved([ct(change as Partial<ViewportState>), pet()]);
    await expect(exportPresentation(world.actors.chair, at, { locale: 'en' })).rejects.toMatchObject({
      code: 'key_view_not_expressible',
      params: { view: '1', reason },
    });
    const listed = (await listKeyViews(world.actors.chair, caseId)).find(({ id }) => id === at.id);
    expect(listed?.viewports).toEqual([
      { viewportId: 'v1', gsps: reason },
      { viewportId: 'v2', gsps: null },
    ]);
  });

  test('a series that is not attached any more', async () => {
    const at = await saved([ct({ seriesUid: '1.2.3' })]);
    const missing = { code: 'key_view_image_missing' };
    await expect(exportPresentation(world.actors.chair, at, { locale: 'en' })).rejects.toMatchObject(missing);
    await expect(exportKeyObjects(world.actors.chair, at)).rejects.toMatchObject(missing);
  });

  test('a viewport that the view does not have', async () => {
    const options = { viewportId: 'v9', locale: 'en' };
    await expect(exportPresentation(world.actors.chair, await saved([ct()]), options)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a key object selection', () => {
  test('names the images of all viewports, as DCMTK reads it; of a cut the nearest', async () => {
    const cut = { viewportId: 'v3', kind: 'plane', normal: [0, 1, 0], up: [0, 0, 1] } as const;
    const at = await saved([
      ct(),
      pet(),
      ct({ ...cut, focalMm: [0, 0, heights[3] ?? 0] } as Partial<ViewportState>),
    ]);
    const { bytes } = await exportKeyObjects(world.actors.chair, at);
    const text = execFileSync('dsrdump', ['-q', '+U8', '+Pu', file(bytes)], { encoding: 'utf8' });
    expect(text).toContain('Node 7R');
    expect(text.match(/contains IMAGE/g)).toHaveLength(3);
    expect(text).toContain(instanceUid(patient, 'ct', heights[1]));
    expect(text).toContain(instanceUid(patient, 'ct', heights[3]));
  });
});

describe('a picture', () => {
  test('becomes a Secondary Capture of the study, pixel by pixel', async () => {
    const at = await saved([ct(), pet()]);
    const raw = { width: 3, height: 2, channels: 3 } as const;
    const rgb = Uint8Array.from({ length: 18 }, (_, index) => index * 14);
    const png = await sharp(rgb, { raw }).png().toBuffer();
    const { bytes, fileName } = await captureKeyView(world.actors.chair, at, async () => png);
    expect(fileName).toMatch(/^secondary-capture-/);
    expect(values(bytes, '0020,000d')).toEqual([studyUid(patient)]);
    expect(values(bytes, '0028,0011')).toEqual(['3']);
    expect(values(bytes, '0028,0301')).toEqual(['YES']);
    expect(Buffer.from(bytes).includes(Buffer.from(rgb))).toBe(true);
  });

  /** Sends a body that says nothing of its length and never ends; what was answered, and how much was read. */
  async function sendEndless(actor: AuthenticatedActor, at: { caseId: string; id: string }) {
    const { token } = await createToken(actor, { label: '', days: 1 });
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(8 * 1024 * 1024));
      },
    });
    const headers = { authorization: `Bearer ${token}` };
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const params = Promise.resolve({ caseId: at.caseId, keyViewId: at.id });
    const { status } = await captureRoute(new Request('http://localhost/', init), { params });
    return { status, chunks };
  }

  test('for somebody else’s case is not even read; one without an end is read to the limit', async () => {
    const at = await saved([ct()]);
    // One chunk waits in the stream whether anybody reads or not.
    expect(await sendEndless(world.actors.outsider, at)).toEqual({ status: 404, chunks: 1 });
    const { status, chunks } = await sendEndless(world.actors.chair, at);
    expect(status).toBe(413);
    expect(chunks).toBeLessThan(12);
  });

  test('that is none is refused', async () => {
    const at = await saved([ct()]);
    await expect(
      captureKeyView(world.actors.chair, at, async () => new Uint8Array([1, 2, 3])),
    ).rejects.toMatchObject({
      code: 'unsupported_media_type',
    });
  });
});

describe('who may', () => {
  test('takes it with an audit row; the outsider finds nothing', async () => {
    const at = await saved([ct()]);
    await exportKeyObjects(world.actors.oncologist, at);
    const rows = await db().auditEvent.findMany({ where: { action: 'key-view.export', resourceId: at.id } });
    expect(rows).toMatchObject([{ actorId: world.actors.oncologist.personId, details: { kind: 'kos' } }]);
    const gone = { code: 'not_found' };
    await expect(exportKeyObjects(world.actors.outsider, at)).rejects.toMatchObject(gone);
    await expect(exportPresentation(world.actors.outsider, at, { locale: 'en' })).rejects.toMatchObject(gone);
  });
});

describe('plain pictures of a key view, for a page without a viewer', () => {
  test('name the image that the viewer shows with its window, and what is not drawn on it', async () => {
    const at = await saved([ct(), pet({ zoom: 1 })], [length(heights[1] ?? 0)]);
    const pictures = await keyViewPictures(world.actors.chair, at);
    const image = `/instances/${instanceUid(patient, 'ct', heights[1])}/frames/1/rendered`;
    expect(pictures[0]).toMatchObject({
      viewportId: 'v1',
      why: null,
      nearest: false,
      invert: false,
      aspect: 1,
      leftOut: ['measurements', 'part'],
    });
    expect(pictures[0]?.url).toContain(`${image}?window=40,400,linear-exact`);
    // SUV 0 to 7 in what that file's rescaling gives.
    const [, center, width] = /window=([0-9.]+),([0-9.]+),linear-exact/.exec(pictures[1]?.url ?? '') ?? [];
    expect(Number(width)).toBeCloseTo(7 / suvFactor(patient), 3);
    expect(Number(center)).toBeCloseTo(3.5 / suvFactor(patient), 3);
    expect(pictures[1]).toMatchObject({ invert: true, leftOut: ['measurements'] });
  });

  test('say of a cut that the image is the nearest, of a projection and a series that is not there why there is none', async () => {
    const at = await saved([
      ct({ kind: 'plane', up: [0, 1, 0] }),
      ct({ viewportId: 'v2', kind: 'mip', up: [0, 0, 1] }),
      ct({ viewportId: 'v3', seriesUid: '1.2.3' }),
    ]);
    const pictures = await keyViewPictures(world.actors.chair, at);
    expect(pictures.map(({ nearest, why, url }) => [nearest, why, url === null])).toEqual([
      [true, null, false],
      [false, 'projection', true],
      [false, 'missing', true],
    ]);
  });

  test('are read by nobody who may not read the case, and each reading is audited', async () => {
    const at = await saved([ct()]);
    await expect(keyViewPictures(world.actors.outsider, at)).rejects.toMatchObject({ code: 'not_found' });
    await keyViewPictures(world.actors.chair, at);
    const rows = await db().auditEvent.findMany({ where: { action: 'key-view.read', resourceId: at.id } });
    expect(rows.map(({ actorId }) => actorId)).toEqual([world.actors.chair.personId]);
  });
});
