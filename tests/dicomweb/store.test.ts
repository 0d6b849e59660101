import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import type { World } from '../setup/world.ts';
import { type Archive, type Door, multipart, openArchive } from './support.ts';

let world: World;
let archive: Archive;
let door: Door;

beforeAll(async () => {
  archive = await openArchive();
  ({ world, door } = archive);
});
afterAll(() => archive.close());

const items = (json: DicomJson, tag: string) => (json[tag]?.Value ?? []) as DicomJson[];
const values = (json: DicomJson, sequence: string, tag: string) =>
  items(json, sequence).map((item) => item[tag]?.Value?.[0]);
const REFERENCED = '00081199';
const FAILED = '00081198';
const OTHER = '0008119A';
const REASON = '00081197';

test('200: all stored, in the order of the parts, each with its Retrieve URL', async () => {
  const study = newUid();
  const uids = Array.from({ length: 12 }, newUid);
  const response = await door.store(
    uids.map((sopUid) => makeCt({ sopUid, studyUid: study, seriesUid: study })),
  );
  expect(response.status).toBe(200);
  const json = (await response.json()) as DicomJson;
  expect(values(json, REFERENCED, '00081155')).toEqual(uids);
  expect(new Set(values(json, REFERENCED, '00081150'))).toEqual(new Set(['1.2.840.10008.5.1.4.1.1.2']));
  expect(values(json, REFERENCED, '00081190')[0]).toBe(
    `/dicomweb/studies/${study}/series/${study}/instances/${uids[0]}`,
  );
  expect(json['00081190']?.Value).toEqual([`/dicomweb/studies/${study}`]);
  expect(await db().instance.count({ where: { series: { study: { studyInstanceUid: study } } } })).toBe(12);
});

test('202 and 409: each part by itself, with its Failure Reason', async () => {
  const good = makeCt();
  const cut = makeCt({ rows: 64, columns: 64 }).subarray(0, 2000);
  const mixed = await door.store([Buffer.from('this is no DICOM file at all'), good, cut]);
  expect(mixed.status).toBe(202);
  const json = (await mixed.json()) as DicomJson;
  expect(items(json, REFERENCED)).toHaveLength(1);
  expect(values(json, OTHER, REASON)).toEqual([0xc000]);
  expect(values(json, FAILED, REASON)).toEqual([0xc000]);
  expect(values(json, OTHER, '00000902')[0]).toMatch(/.{10,}/);

  const none = await door.store([Buffer.from('no'), cut]);
  expect(none.status).toBe(409);
});

test('the same again is stored; other bytes under the same UID are kept aside, which is said', async () => {
  const uids = { sopUid: newUid(), studyUid: newUid(), seriesUid: newUid(), frameOfReferenceUid: newUid() };
  expect((await door.store([makeCt(uids)])).status).toBe(200);
  expect((await door.store([makeCt(uids)])).status).toBe(200);
  const other = await door.store([makeCt({ ...uids, value: 7 })]);
  expect(other.status).toBe(202);
  expect(other.headers.get('warning')).toMatch(/kept aside/);
  expect(values((await other.json()) as DicomJson, REFERENCED, '00081196')).toEqual([0xb000]);
});

test('A900: a part of another study than the one in the URL is not kept', async () => {
  const study = newUid();
  const stranger = newUid();
  const response = await door.store([makeCt({ studyUid: study }), makeCt({ studyUid: stranger })], {
    path: `/dicomweb/studies/${study}`,
  });
  expect(response.status).toBe(202);
  expect(values((await response.json()) as DicomJson, FAILED, REASON)).toEqual([0xa900]);
  expect(await db().study.count({ where: { studyInstanceUid: stranger } })).toBe(0);
  expect(await db().study.count({ where: { studyInstanceUid: study } })).toBe(1);
});

test('one bare application/dicom body', async () => {
  const response = await door.ask('/dicomweb/studies', {
    method: 'POST',
    headers: { 'content-type': 'application/dicom' },
    body: new Uint8Array(makeCt()),
  });
  expect(response.status).toBe(200);
});

describe('what cannot be read', () => {
  test.each([
    ['application/dicom+json', 415],
    ['multipart/related; type="application/dicom+xml"; boundary=x', 415],
    ['multipart/related; type="application/dicom"', 400],
    ['', 415],
  ])('%s: %i', async (type, status) => {
    const response = await door.ask('/dicomweb/studies', {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(10),
    });
    expect(response.status).toBe(status);
  });

  test('400: a message without a part', async () => {
    expect((await door.store([])).status).toBe(400);
  });

  test('400: a body that breaks off says what was taken before', async () => {
    const [first, second] = [newUid(), newUid()];
    const whole = multipart([makeCt({ sopUid: first }), makeCt({ sopUid: second, rows: 64, columns: 64 })]);
    const response = await door.ask('/dicomweb/studies', {
      method: 'POST',
      headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=edge' },
      body: new Uint8Array(whole.subarray(0, whole.length - 1000)),
    });
    expect(response.status).toBe(400);
    const json = (await response.json()) as DicomJson;
    expect(values(json, REFERENCED, '00081155')).toEqual([first]);
    expect(await db().instance.count({ where: { sopInstanceUid: first } })).toBe(1);
    expect(await db().instance.count({ where: { sopInstanceUid: second } })).toBe(0);
  });

  test('a connection that is cut leaves nothing half-written', async () => {
    const sopUid = newUid();
    const body = multipart([makeCt({ sopUid, rows: 128, columns: 128 })]);
    await new Promise<void>((resolve) => {
      const request = http.request(`${door.url}/dicomweb/studies`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${door.tokens.secretary}`,
          'content-type': 'multipart/related; type="application/dicom"; boundary=edge',
          'content-length': body.length,
        },
      });
      request.on('error', () => undefined);
      request.on('close', resolve);
      request.write(body.subarray(0, body.length - 500), () => request.destroy());
    });
    expect((await door.store([makeCt()])).status).toBe(200);
    expect(await db().instance.count({ where: { sopInstanceUid: sopUid } })).toBe(0);
  });
});

describe('for which centre', () => {
  test('the first where one may import, or the one that is named', async () => {
    const studyUid = newUid();
    await door.store([makeCt({ studyUid })], { as: 'radiologist' });
    expect(await db().study.findFirstOrThrow({ where: { studyInstanceUid: studyUid } })).toMatchObject({
      centreId: world.centres.CLB,
    });
    const named = await door.store([makeCt()], { path: '/dicomweb/studies?centre=IGR' });
    expect(named.status).toBe(200);
  });
  test('another centre’s is not there to be found, signed out is 401, before the body is read', async () => {
    expect((await door.store([makeCt()], { path: '/dicomweb/studies?centre=CLB' })).status).toBe(404);
    expect((await door.store([makeCt()], { path: '/dicomweb/studies?centre=XXX' })).status).toBe(404);
    expect((await door.store([makeCt()], { as: null })).status).toBe(401);
  });
  test('nothing is sent into a case', async () => {
    const path = '/dicomweb/cases/00000000-0000-0000-0000-000000000000/studies';
    expect((await door.store([makeCt()], { path })).status).toBe(405);
  });
});
