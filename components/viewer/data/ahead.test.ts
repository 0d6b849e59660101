import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askAhead, askingAhead, taking } from './ahead.ts';
import { DicomWebError } from './dicom-web.ts';

/** What the server was asked for, in order. */
let asked: string[] = [];
/** What it answers, in turn; 200 when there is no more. */
let statuses: number[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  response.statusCode = statuses.shift() ?? 200;
  response.end(JSON.stringify([{ '00080060': { vr: 'CS', Value: [String(asked.length)] } }]));
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  statuses = [];
});

const signal = () => new AbortController().signal;

test('what was asked for ahead is taken once, and asked for anew after that', async () => {
  const ahead = askingAhead(signal());
  const [one, same] = await Promise.all([ahead(`${origin}/a`), ahead(`${origin}/a`)]);
  expect(same).toBe(one);
  const take = taking(signal());
  expect(await take(`${origin}/a`)).toBe(one);
  expect(asked).toEqual(['/a']);
  expect(await take(`${origin}/a`)).not.toBe(one);
  expect(asked).toEqual(['/a', '/a']);
});

test('a question that failed is asked again by whoever takes it, who learns what is wrong', async () => {
  statuses = [500, 500];
  const failed = askingAhead(signal())(`${origin}/b`).catch((error: unknown) => error);
  expect(await failed).toBeInstanceOf(DicomWebError);
  await expect(taking(signal())(`${origin}/b`)).rejects.toThrow('500');
  expect(await taking(signal())(`${origin}/b`)).toHaveLength(1);
});

test('a page that is left keeps nothing for the next one', async () => {
  const left = new AbortController();
  const kept = await askingAhead(left.signal)(`${origin}/c`);
  left.abort();
  expect(await taking(signal())(`${origin}/c`)).not.toBe(kept);
  expect(asked).toEqual(['/c', '/c']);
});

test('images come first, then structure sets, and no more than a few in all', async () => {
  const series = ['RTDOSE', 'RTSTRUCT', 'CT', 'RTPLAN', 'PT'].map((modality) => ({
    studyUid: '1',
    seriesUid: modality,
    modality,
    instances: 1,
  }));
  const whole = signal();
  askAhead(origin, series, whole);
  const address = (uid: string) => `/studies/1/series/${uid}/metadata`;
  await Promise.all(['CT', 'PT', 'RTSTRUCT', 'RTDOSE'].map((uid) => taking(whole)(origin + address(uid))));
  expect(asked.toSorted()).toEqual(['CT', 'PT', 'RTDOSE', 'RTSTRUCT'].map(address).toSorted());
});
