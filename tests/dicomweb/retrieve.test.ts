import fs from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { blobPath } from '@/lib/store/paths.server.ts';
import { makeSeriesMetadata } from '@/lib/store/series-metadata.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import type { TestDatabase } from '../setup/database.ts';
import type { World } from '../setup/world.ts';
import { type Archive, type Door, multiFrame, openArchive, partsOf, type SentCt, sendCt } from './support.ts';

let database: TestDatabase;
let world: World;
let archive: Archive;
let door: Door;
let ct: SentCt;
let seriesPath: string;
const instancePath = (index = 0) => `${seriesPath}/instances/${ct.sop[index]}`;

beforeAll(async () => {
  archive = await openArchive();
  ({ database, world, door } = archive);
  ct = await sendCt(door);
  seriesPath = ct.path;
});
afterAll(() => archive.close());

const zeroed = (file: Buffer | undefined) => {
  const copy = Buffer.from(file ?? Buffer.alloc(0));
  copy.fill(0, 0, 128);
  return copy;
};
const accept = (type: string) => ({ headers: { accept: type } });
const DICOM_PARTS = 'multipart/related; type="application/dicom"';

describe('study, series and instance as files', () => {
  test.each([
    ['study', () => `/dicomweb/studies/${ct.study}`, 3],
    ['series', () => seriesPath, 3],
    ['instance', () => instancePath(), 1],
  ])('%s: every file as it came, but for the preamble', async (_, path, count) => {
    const response = await door.ask(path(), accept(DICOM_PARTS));
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
    const parts = await partsOf(response);
    expect(parts).toHaveLength(count);
    for (const [index, part] of parts.entries()) {
      expect(part.type).toBe('application/dicom; transfer-syntax=1.2.840.10008.1.2.1');
      expect(part.body.equals(zeroed(ct.files[index]))).toBe(true);
    }
  });

  test('each download of a study or a series leaves its row, with the count; one instance, a question or an unchanged copy none', async () => {
    const rows = () =>
      db().auditEvent.findMany({
        where: { action: 'study.retrieve', actorId: world.actors.chair.personId },
        orderBy: { id: 'asc' },
      });
    const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      door.ask(path, { as: 'chair', method, headers: { accept: DICOM_PARTS, ...headers } });
    const first = await ask(`/dicomweb/studies/${ct.study}`);
    await first.arrayBuffer();
    await (await ask(`/dicomweb/studies/${ct.study}`)).arrayBuffer();
    await (await ask(seriesPath)).arrayBuffer();
    await (await ask(instancePath())).arrayBuffer();
    await ask(`/dicomweb/studies/${ct.study}`, {}, 'HEAD');
    const unchanged = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await ask(`/dicomweb/studies/${ct.study}`, unchanged)).status).toBe(304);
    const { IGR: centreId } = world.centres;
    const study = { study: ct.study, to: 'dicomweb', count: 3 };
    expect(await rows()).toMatchObject([
      { centreId, door: 'dicomweb', details: study },
      { centreId, details: study },
      { centreId, details: { ...study, series: seriesPath.split('/').at(-1) } },
    ]);
  });

  test('one instance as one body, kept by the browser for good', async () => {
    const response = await door.ask(instancePath(), accept('application/dicom'));
    expect(Buffer.from(await response.arrayBuffer()).equals(zeroed(ct.files[0]))).toBe(true);
    expect(response.headers.get('cache-control')).toMatch(/immutable/);
    const etag = response.headers.get('etag') ?? '';
    const again = await door.ask(instancePath(), {
      headers: { accept: 'application/dicom', 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
  });

  test('406 says why: a transfer syntax, a media type', async () => {
    const syntax = await door.ask(
      instancePath(),
      accept(`${DICOM_PARTS}; transfer-syntax=1.2.840.10008.1.2.4.90`),
    );
    expect(syntax.status).toBe(406);
    expect(await syntax.json()).toMatchObject({ code: 'dicomweb_transfer_syntax' });
    const type = await door.ask(instancePath(), accept('text/html'));
    expect(type.status).toBe(406);
    expect(await type.json()).toMatchObject({ code: 'dicomweb_media_type' });
  });

  test('q values choose; HEAD has no body', async () => {
    const response = await door.ask(instancePath(), {
      method: 'HEAD',
      ...accept('application/dicom;q=0.2, multipart/related;type="application/dicom";q=0.9'),
    });
    expect(response.headers.get('content-type')).toMatch(/^multipart\/related/);
    expect(await response.text()).toBe('');
  });

  test('a client that goes away ends the reading, and the door goes on', async () => {
    const gone = new AbortController();
    const response = await door.ask(`/dicomweb/studies/${ct.study}`, {
      ...accept(DICOM_PARTS),
      signal: gone.signal,
    });
    gone.abort();
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect((await door.ask(instancePath(), accept(DICOM_PARTS))).status).toBe(200);
  });
});

describe('metadata', () => {
  test('of a series: at rest, packed for those who take it, named by its revision', async () => {
    const response = await door.ask(`${seriesPath}/metadata`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const rows = (await response.json()) as DicomJson[];
    expect(rows.map((row) => row['00080018']?.Value?.[0])).toEqual(ct.sop);
    expect(rows[0]?.['00091010']).toMatchObject({ BulkDataURI: `${instancePath()}/bulkdata/00091010` });
    const plain = await door.json(`${seriesPath}/metadata`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain).toEqual(rows);
    const etag = response.headers.get('etag') ?? '';
    const again = await door.ask(`${seriesPath}/metadata`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);

    const { id, revision } = await db().series.findFirstOrThrow({ where: { seriesInstanceUid: ct.series } });
    await makeSeriesMetadata(id);
    expect(await db().series.findUniqueOrThrow({ where: { id } })).toMatchObject({
      metadataRevision: revision,
    });
    const kept = await fs.readdir(`${database.dataDir}/store/derived/metadata`);
    expect(kept.sort()).toEqual([`${id}-${revision}.json`, `${id}-${revision}.json.gz`]);
    const atRest = gunzipSync(
      await fs.readFile(`${database.dataDir}/store/derived/metadata/${id}-${revision}.json.gz`),
    );
    expect(JSON.parse(atRest.toString())).toEqual(rows);
  });

  test('a new instance makes a new state, and the old files go', async () => {
    const sop = newUid();
    const before = (await door.ask(`${seriesPath}/metadata`)).headers.get('etag') ?? '';
    await door.store([makeCt({ sopUid: sop, studyUid: ct.study, seriesUid: ct.series, instanceNumber: 9 })]);
    const response = await door.ask(`${seriesPath}/metadata`, { headers: { 'if-none-match': before } });
    expect(response.status).toBe(200);
    expect((await response.json()) as DicomJson[]).toHaveLength(4);
    expect(await fs.readdir(`${database.dataDir}/store/derived/metadata`)).toHaveLength(2);
  });

  test('of a study and of one instance', async () => {
    expect(await door.json(`/dicomweb/studies/${ct.study}/metadata`)).toHaveLength(4);
    const [row] = await door.json(`${instancePath(1)}/metadata`);
    expect(row?.['00200013']?.Value).toEqual([2]);
    expect((await door.ask(`${seriesPath}/metadata`, accept('application/dicom+xml'))).status).toBe(406);
  });
});

describe('frames', () => {
  const FRAMES = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
  test('the very bytes of the pixel data', async () => {
    const [part] = await partsOf(await door.ask(`${instancePath(2)}/frames/1`, accept(FRAMES)));
    expect(part?.type).toBe('application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1');
    expect(part?.body.length).toBe(16 * 24 * 2);
    expect(part?.body.readInt16LE(0)).toBe(200);
    const bare = await door.ask(`${instancePath(2)}/frames/1`, accept('application/octet-stream'));
    expect(Buffer.from(await bare.arrayBuffer()).equals(part?.body ?? Buffer.alloc(0))).toBe(true);
  });

  test('many frames of a multi-frame object, in the order that was asked for', async () => {
    const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    await door.store([multiFrame(uids, 5)]);
    const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${uids.sopUid}/frames`;
    const parts = await partsOf(await door.ask(`${path}/4,1,5`, accept(FRAMES)));
    expect(parts.map(({ body }) => body.readUInt16LE(0))).toEqual([4, 1, 5]);
    expect((await door.ask(`${path}/6`, accept(FRAMES))).status).toBe(404);
    expect((await door.ask(`${path}/0`, accept(FRAMES))).status).toBe(404);
  });

  test('a frame of an object without slope and intercept is drawn from its values', async () => {
    const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    await door.store([multiFrame(uids, 5)]);
    const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${uids.sopUid}/frames`;
    const response = await door.ask(`${path}/4/rendered?window=4,2,linear-exact`, accept('image/png'));
    const pixels = await sharp(Buffer.from(await response.arrayBuffer()))
      .raw()
      .toBuffer();
    expect(pixels[0]).toBe(128);
  });

  test('immutable, with an ETag; 406 for what cannot be', async () => {
    const response = await door.ask(`${instancePath()}/frames/1`);
    expect(response.headers.get('cache-control')).toMatch(/immutable/);
    const again = await door.ask(`${instancePath()}/frames/1`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect((await door.ask(`${instancePath()}/frames/1`, accept('image/jls'))).status).toBe(406);
  });

  test('a right that is withdrawn is withdrawn within seconds, and a hidden series is not there', async () => {
    const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    await door.store([makeCt(uids)]);
    const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${uids.sopUid}/frames/1`;
    await db().series.updateMany({
      where: { seriesInstanceUid: uids.seriesUid },
      data: { hiddenAt: new Date() },
    });
    expect((await door.ask(path)).status).toBe(404);
  });
});

describe('bulk data', () => {
  const path = () => `${instancePath(1)}/bulkdata/00091010`;
  test('whole, as a part or bare', async () => {
    const [part] = await partsOf(await door.ask(path()));
    expect(part?.body.equals(Buffer.alloc(3000, 2))).toBe(true);
    const bare = await door.ask(path(), accept('application/octet-stream'));
    expect(Buffer.from(await bare.arrayBuffer()).equals(Buffer.alloc(3000, 2))).toBe(true);
  });
  test.each([
    ['bytes=0-9', 206, 'bytes 0-9/3000', 10],
    ['bytes=-5', 206, 'bytes 2995-2999/3000', 5],
    ['bytes=2990-9999', 206, 'bytes 2990-2999/3000', 10],
  ])('%s', async (range, status, contentRange, length) => {
    const response = await door.ask(path(), { headers: { range, accept: 'application/octet-stream' } });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(contentRange);
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });
  test('pixel data too, a part of it at a time', async () => {
    const pixels = `${instancePath(1)}/bulkdata/7FE00010`;
    const response = await door.ask(pixels, { headers: { range: 'bytes=2-3' } });
    expect(Buffer.from(await response.arrayBuffer()).readInt16LE(0)).toBe(100);
    expect(response.headers.get('content-range')).toBe('bytes 2-3/768');
  });
  test('416 outside, 404 for what is not there', async () => {
    const outside = await door.ask(path(), { headers: { range: 'bytes=3000-' } });
    expect(outside.status).toBe(416);
    expect(outside.headers.get('content-range')).toBe('bytes */3000');
    expect((await door.ask(`${instancePath(1)}/bulkdata/00091011`)).status).toBe(404);
  });
});

test('an outsider gets 404 on every path, nobody 401', async () => {
  const paths = [
    `/dicomweb/studies/${ct.study}`,
    `/dicomweb/studies/${ct.study}/series`,
    `/dicomweb/studies/${ct.study}/instances`,
    `/dicomweb/studies/${ct.study}/metadata`,
    `/dicomweb/studies/${ct.study}/thumbnail`,
    seriesPath,
    `${seriesPath}/instances`,
    `${seriesPath}/metadata`,
    `${seriesPath}/rendered`,
    `${seriesPath}/thumbnail`,
    instancePath(),
    `${instancePath()}/metadata`,
    `${instancePath()}/frames/1`,
    `${instancePath()}/frames/1/rendered`,
    `${instancePath()}/rendered`,
    `${instancePath()}/thumbnail`,
    `${instancePath()}/bulkdata/00091010`,
  ];
  for (const path of paths) {
    expect((await door.ask(path, { as: 'outsider' })).status, path).toBe(404);
    expect((await door.ask(path, { as: null })).status, path).toBe(401);
  }
  for (const path of ['/dicomweb/studies', '/dicomweb/series', '/dicomweb/instances'])
    expect(await door.json(path, { as: 'outsider' }), path).toEqual([]);
});

test('through a case: the same instances, and URIs that stay within it', async () => {
  const { centres, actors } = world;
  const patient = await db().patient.create({
    data: { centreId: centres.IGR, familyName: 'N', givenName: '' },
  });
  const study = await db().study.findFirstOrThrow({ where: { studyInstanceUid: ct.study } });
  const { id } = await db().case.create({
    data: {
      centreId: centres.IGR,
      patientId: patient.id,
      requesterId: actors.chair.personId,
      reason: 'r',
      question: 'q',
      diagnosis: '',
      studies: { create: { studyId: study.id } },
    },
  });
  const root = `/dicomweb/cases/${id}`;
  expect(await door.json(`${root}/studies`, { as: 'chair' })).toHaveLength(1);
  const path = `${root}/studies/${ct.study}/series/${ct.series}`;
  const [row] = await door.json(`${path}/metadata`, { as: 'chair' });
  expect(row?.['00091010']?.BulkDataURI).toBe(`${path}/instances/${ct.sop[0]}/bulkdata/00091010`);
  const frame = await door.ask(`${path}/instances/${ct.sop[1]}/frames/1`, { as: 'chair' });
  expect((await partsOf(frame))[0]?.body.readInt16LE(0)).toBe(100);
  expect((await door.ask(`${path}/metadata`, { as: 'outsider' })).status).toBe(404);
  expect(await door.json(`${root}/studies`, { as: 'outsider' })).toEqual([]);
});

test('a lost file is an error of ours, not half an answer', async () => {
  const sopUid = newUid();
  const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid };
  await door.store([makeCt(uids)]);
  const { sha256 } = await db().instance.findFirstOrThrow({ where: { sopInstanceUid: sopUid } });
  await fs.rm(blobPath(sha256));
  const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${sopUid}`;
  expect((await door.ask(`${path}/frames/1`)).status).toBe(500);
  await expect(
    door.ask(path, accept(DICOM_PARTS)).then((response) => response.arrayBuffer()),
  ).rejects.toThrow();
});
