import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { decimal, dicomFile } from '@/lib/dicom/dicom-file.ts';
import { SPATIAL_REGISTRATION } from '@/lib/dicom/registration.ts';
import { saveKeyView } from '@/lib/key-views/change-key-views.server.ts';
import { exportKeyObjects } from '@/lib/key-views/export-key-view.server.ts';
import { viewportAs } from '@/lib/live/view.fixture.ts';
import { viewStateSchema } from '@/lib/live/view-state.ts';
import { hodgkinFiles, hodgkinPatient, hodgkinPlanes } from '@/lib/phantom/hodgkin.ts';
import { hodgkinMrFiles, mrPlanes, mrToCt } from '@/lib/phantom/mr-series.ts';
import {
  commonModules,
  frameOfReferenceUid,
  instanceUid,
  seriesUid,
  studyUid,
} from '@/lib/phantom/patient.ts';
import { uidFor } from '@/lib/phantom/uid.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { ingestFiles } from '@/prisma/seed/ingest.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { phantomCase } from '../setup/phantom-case.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let folder: string;
let caseId: string;
const patient = hodgkinPatient(1);
const planes = { ...hodgkinPlanes, count: 2 };
const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';
const registration = instanceUid(patient, 'reg');
/** The MR was made of axial slices of the CT's space: its image of that height is the one that a point there lies on. */
const mrHeight = mrPlanes.bottom + 20 * mrPlanes.spacing;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-overlay-'));
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  caseId = await phantomCase(world, [
    ...hodgkinFiles(1, { planes, pet: { first: 100, last: 102 } }),
    ...hodgkinMrFiles(1),
  ]);
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.close();
});

/** The images that the Key Object Selection of a cut through the CT names, with a series laid over it. */
async function named(over: string, registrationUid: string | null): Promise<string[]> {
  const state = viewportAs({
    studyUid: studyUid(patient),
    seriesUid: seriesUid(patient, 'ct'),
    frameOfReferenceUid: frameOfReferenceUid(patient),
    focalMm: [30, -40, mrHeight],
    kind: 'plane',
    up: [0, -1, 0],
    fusion: {
      studyUid: studyUid(patient),
      seriesUid: over,
      blend: 0.5,
      voi: { center: 500, width: 1000 },
      colours: 'hot_iron',
      above: null,
      registrationUid,
    },
  });
  const view = viewStateSchema.parse({
    layout: 'one',
    activeViewportId: 'v1',
    viewports: [state],
    structureSets: [],
    measurements: [],
  });
  const { id } = await saveKeyView(world.actors.chair, caseId, { title: 'Node 7R', note: '', view });
  const { bytes } = await exportKeyObjects(world.actors.chair, { caseId, id });
  const name = path.join(folder, `${id}.dcm`);
  fs.writeFileSync(name, bytes);
  const text = execFileSync('dsrdump', ['-q', '+U8', '+Pu', name], { encoding: 'utf8' });
  return [...text.matchAll(/contains IMAGE:.*?,"?([0-9.]+)"?\)/g)].map(([, uid]) => uid ?? '');
}

/** While the case's own registration is not shown. */
async function hidden(work: () => Promise<void>): Promise<void> {
  const where = { seriesInstanceUid: seriesUid(patient, 'reg') };
  await db().series.updateMany({ where, data: { hiddenAt: new Date() } });
  await work();
  await db().series.updateMany({ where, data: { hiddenAt: null } });
}

/** A registration of the MR whose item names one of its images, and no frame of reference. */
function ofImages(): Uint8Array {
  const { rotation: m, translation: t } = mrToCt;
  const matrix = [...m.slice(0, 3), t[0], ...m.slice(3, 6), t[1], ...m.slice(6), t[2], 0, 0, 0, 1].map(
    (value) => decimal(Number(value.toFixed(9))),
  );
  return dicomFile({
    ...commonModules(patient, {
      ...{ series: 'reg', modality: 'REG', sopClassUid: SPATIAL_REGISTRATION, number: 7 },
      ...{ sopInstanceUid: uidFor(patient.seed, 'reg of images'), instanceNumber: 1 },
      ...{ description: 'Recalage', date: '20261118', time: '170000' },
    }),
    SeriesInstanceUID: uidFor(patient.seed, 'series of images'),
    FrameOfReferenceUID: frameOfReferenceUid(patient),
    RegistrationSequence: [
      {
        ReferencedImageSequence: [
          { ReferencedSOPClassUID: MR_IMAGE, ReferencedSOPInstanceUID: instanceUid(patient, 'mr', mrHeight) },
        ],
        MatrixRegistrationSequence: [
          {
            MatrixSequence: [
              {
                FrameOfReferenceTransformationMatrix: matrix,
                FrameOfReferenceTransformationMatrixType: 'RIGID',
              },
            ],
          },
        ],
      },
    ],
  });
}

describe('a key object selection of a fusion names the image of what lies over it', () => {
  const ct = instanceUid(patient, 'ct', planes.bottom + planes.spacing);
  const mr = instanceUid(patient, 'mr', mrHeight);

  test('in one frame of reference', async () => {
    expect(await named(seriesUid(patient, 'pet'), null)).toHaveLength(2);
  });

  test.each([
    ['that the view names', registration],
    ['of the case, where the view names none', null],
  ])('through the registration %s', async (_name, uid) => {
    expect(await named(seriesUid(patient, 'mr'), uid)).toEqual([ct, mr]);
  });

  test('and leaves it out where nothing brings the two together', async () => {
    expect(await named(seriesUid(patient, 'mr'), '1.2.3')).toEqual([ct]);
    await hidden(async () => {
      expect(await named(seriesUid(patient, 'mr'), null)).toEqual([ct]);
    });
  });

  test('through a registration that names the images alone, not their frame of reference', async () => {
    await hidden(async () => {
      const { secretary } = world.actors;
      await ingestFiles(secretary, world.centres.IGR, [{ path: 'REG/0002.dcm', bytes: ofImages() }]);
      expect(await named(seriesUid(patient, 'mr'), null)).toEqual([ct, mr]);
    });
  });

  test('but is refused where the series over it is not attached any more', async () => {
    await expect(named('1.2.3', null)).rejects.toMatchObject({ code: 'key_view_image_missing' });
  });
});
