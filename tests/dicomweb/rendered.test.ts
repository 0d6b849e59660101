import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { makeThumbnail } from '@/lib/store/make-thumbnail.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { type Element, part10 } from '../fixtures/dicom-writer.ts';
import { type Archive, type Door, openArchive, type SentCt, sendCt } from './support.ts';

let archive: Archive;
let door: Door;
let ct: SentCt;
let seriesPath: string;
const instancePath = (index = 0) => `${seriesPath}/instances/${ct.sop[index]}`;

beforeAll(async () => {
  archive = await openArchive();
  ({ door } = archive);
  ct = await sendCt(door);
  seriesPath = ct.path;
});
afterAll(() => archive.close());

const accept = (type: string) => ({ headers: { accept: type } });

describe('rendered', () => {
  const grey = (extra: readonly Element[], value = 0) => {
    const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${uids.sopUid}/rendered`;
    return { path, file: makeCt({ ...uids, rows: 8, columns: 8, value, extra }) };
  };
  const shade = async (path: string) => {
    const response = await door.ask(path, accept('image/png'));
    expect(response.status, await response.clone().text()).toBe(200);
    const { data } = await sharp(Buffer.from(await response.arrayBuffer()))
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data[0] ?? -1;
  };

  test('the header’s window, or the one in the URL (PS3.3 C.11.2.1.2.1)', async () => {
    const { path, file } = grey(
      [
        [0x00281050, 'DS', '100'],
        [0x00281051, 'DS', '201'],
      ],
      100,
    );
    await door.store([file]);
    expect(await shade(path)).toBe(128);
    expect(await shade(`${path}?window=0,201,linear`)).toBe(255);
    expect(await shade(`${path}?window=100,200,linear-exact`)).toBe(128);
    expect(await shade(`${path}?window=150,200,sigmoid`)).toBeLessThan(80);
  });

  test('JPEG by default, PNG, a viewport, and what is not drawn is said', async () => {
    const plain = await door.ask(`${instancePath()}/rendered`);
    expect(plain.headers.get('content-type')).toBe('image/jpeg');
    const scaled = await door.ask(`${instancePath()}/rendered?viewport=12,12&quality=50&annotation=patient`);
    expect(await sharp(Buffer.from(await scaled.arrayBuffer())).metadata()).toMatchObject({
      width: 12,
      height: 8,
    });
    expect(scaled.headers.get('warning')).toMatch(/annotation/);
    const cut = await door.ask(`${instancePath()}/rendered?viewport=8,8,0,0,8,8&accept=image/png`);
    expect(await sharp(Buffer.from(await cut.arrayBuffer())).metadata()).toMatchObject({
      format: 'png',
      width: 8,
    });
    const frame = await door.ask(`${instancePath()}/frames/1/rendered`);
    expect(frame.status).toBe(200);
  });

  test.each(['window=1', 'window=1,0', 'window=1,2,odd', 'viewport=0,5', 'viewport=5', 'quality=200', 'x=1'])(
    '400: %s',
    async (query) => {
      expect((await door.ask(`${instancePath()}/rendered?${query}`)).status).toBe(400);
    },
  );

  test('MONOCHROME1 is inverted; what has no pixels is 406', async () => {
    const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    const file = makeCt({
      ...uids,
      value: -1000,
      extra: [
        [0x00281050, 'DS', '0'],
        [0x00281051, 'DS', '100'],
      ],
    });
    file.write('MONOCHROME1', file.indexOf('MONOCHROME2'), 'latin1');
    await door.store([file]);
    const path = `/dicomweb/studies/${uids.studyUid}/series/${uids.seriesUid}/instances/${uids.sopUid}/rendered`;
    expect(await shade(path)).toBe(255);
    const none = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
    await door.store([
      part10({
        sopClassUid: '1.2.840.10008.5.1.4.1.1.481.5',
        sopInstanceUid: none.sopUid,
        elements: [
          [0x00080060, 'CS', 'RTPLAN'],
          [0x0020000d, 'UI', none.studyUid],
          [0x0020000e, 'UI', none.seriesUid],
        ],
      }),
    ]);
    const plan = `/dicomweb/studies/${none.studyUid}/series/${none.seriesUid}/instances/${none.sopUid}/rendered`;
    expect([404, 406]).toContain((await door.ask(plan)).status);
  });

  test('thumbnails of study, series and instance', async () => {
    const { id } = await db().series.findFirstOrThrow({ where: { seriesInstanceUid: ct.series } });
    expect((await door.ask(`${seriesPath}/thumbnail`)).status).toBe(404);
    expect(await makeThumbnail(id)).toBe('ready');
    for (const path of [`/dicomweb/studies/${ct.study}`, seriesPath, instancePath()]) {
      const response = await door.ask(`${path}/thumbnail`);
      expect(response.headers.get('content-type'), path).toBe('image/jpeg');
    }
  });
});
