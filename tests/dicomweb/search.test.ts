import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Archive, type Door, openArchive, type SentCt, sendCt } from './support.ts';

let archive: Archive;
let door: Door;
let ct: SentCt;
let seriesPath: string;

beforeAll(async () => {
  archive = await openArchive();
  ({ door } = archive);
  ct = await sendCt(door);
  seriesPath = ct.path;
});
afterAll(() => archive.close());

describe('search', () => {
  test('by keyword and tag, with included fields and what was not matched', async () => {
    const rows = await door.json(
      `/dicomweb/studies?StudyInstanceUID=${ct.study}&00100010=TEST*&includefield=00080062`,
    );
    expect(rows[0]).toMatchObject({
      '00080062': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
      '00081190': { vr: 'UR', Value: [`/dicomweb/studies/${ct.study}`] },
    });
    const response = await door.ask(
      '/dicomweb/studies?Modality=CT&RequestAttributesSequence.RequestedProcedureID=1',
    );
    expect(response.headers.get('warning')).toMatch(/^299 .*RequestAttributesSequence/);
  });
  test('series and instances, within and across studies', async () => {
    expect(await door.json(`/dicomweb/studies/${ct.study}/series`)).toHaveLength(1);
    expect(await door.json(`/dicomweb/studies/${ct.study}/instances`)).toHaveLength(3);
    expect(await door.json(`${seriesPath}/instances?InstanceNumber=2`)).toHaveLength(1);
    expect(await door.json(`/dicomweb/series?SeriesInstanceUID=${ct.series}`)).toHaveLength(1);
    expect(await door.json(`/dicomweb/instances?SOPInstanceUID=${ct.sop.join(',')}`)).toHaveLength(3);
    expect(await door.json('/dicomweb/studies?PatientID=nobody')).toEqual([]);
  });
  test('limit and offset; a Warning only where the server cut it short', async () => {
    const all = await door.json(`${seriesPath}/instances`);
    expect(await door.json(`${seriesPath}/instances?limit=2&offset=1`)).toEqual(all.slice(1, 3));
    expect((await door.ask(`${seriesPath}/instances?limit=2`)).headers.get('warning')).toBeNull();
    expect(await door.json(`${seriesPath}/instances?limit=0`)).toEqual([]);
  });
  test.each([
    'NoSuchKeyword=1',
    'limit=x',
    'offset=-1',
    'fuzzymatching=maybe',
    'StudyDate=yesterday',
    'includefield=Nope',
  ])('400: %s', async (query) => {
    expect((await door.ask(`/dicomweb/studies?${query}`)).status).toBe(400);
  });
});
