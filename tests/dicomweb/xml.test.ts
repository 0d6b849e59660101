import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../setup/database.ts';
import { type Archive, type Door, openArchive, partsOf, type SentCt, sendCt } from './support.ts';

const XML = { headers: { accept: 'multipart/related; type="application/dicom+xml"' } };

/** The character set of an answer is UTF-8, and it says in which transfer syntax the object can be had. */
const OURS = /^(00080005|00083002) /;

let database: TestDatabase;
let archive: Archive;
let door: Door;
let ct: SentCt;

beforeAll(async () => {
  archive = await openArchive();
  ({ database, door } = archive);
  ct = await sendCt(door);
});
afterAll(() => archive.close());

/** What a document says of public elements with text values: tag, VR and values, in its order. */
function said(xml: string): string[] {
  const attribute =
    /<DicomAttribute tag="([0-9A-F]{4}[0-9A-F]{4})" vr="([A-Z]{2})"[^>]*>((?:(?!<\/?DicomAttribute).)*)<\/DicomAttribute>/gs;
  return [...xml.matchAll(attribute)]
    .filter(([, tag = '', vr]) => !/^(0002|7FE0)|^...[13579BDF]/.test(tag) && vr !== 'OB' && vr !== 'OW')
    .map(([, tag, vr, content = '']) => `${tag} ${vr} ${content.replace(/>\s+</g, '><').trim()}`);
}

test('metadata as XML: one document an instance, which says what DCMTK says of the same file', async () => {
  const response = await door.ask(`${ct.path}/metadata`, XML);
  expect(response.status).toBe(200);
  expect(response.headers.get('etag')).toBeNull();
  const parts = await partsOf(response);
  expect(parts.map(({ type }) => type)).toEqual(Array(3).fill('application/dicom+xml'));
  const file = path.join(database.dataDir, 'one.dcm');
  for (const [index, bytes] of ct.files.entries()) {
    await fs.writeFile(file, bytes);
    const theirs = said(execFileSync('dcm2xml', ['--native-format', file], { encoding: 'utf8' }));
    const ours = said(parts[index]?.body.toString() ?? '').filter((one) => !OURS.test(one));
    expect(theirs.length).toBeGreaterThan(10);
    expect(ours).toEqual(theirs.filter((one) => !OURS.test(one)));
  }
});

test('of one instance, and a search: a document each; nothing found is 204', async () => {
  const one = await partsOf(
    await door.ask(`/dicomweb/studies/${ct.study}/series/${ct.series}/instances/${ct.sop[1]}/metadata`, XML),
  );
  expect(one).toHaveLength(1);
  expect(one[0]?.body.toString()).toContain(`<Value number="1">${ct.sop[1]}</Value>`);
  const found = await partsOf(await door.ask(`/dicomweb/studies/${ct.study}/instances`, XML));
  expect(found).toHaveLength(3);
  expect(found.map(({ body }) => said(body.toString()).some((line) => line.startsWith('00080018')))).toEqual([
    true,
    true,
    true,
  ]);
  const none = await door.ask('/dicomweb/studies?PatientID=nobody', XML);
  expect([none.status, none.headers.get('content-length'), await none.text()]).toEqual([204, null, '']);
});

test('JSON stays what is given where nothing is said, and XML in one body is not', async () => {
  const response = await door.ask(`/dicomweb/studies/${ct.study}/series`, { headers: { accept: '*/*' } });
  expect(response.headers.get('content-type')).toBe('application/dicom+json');
  const bare = await door.ask(`/dicomweb/studies/${ct.study}/series`, {
    headers: { accept: 'application/dicom+xml' },
  });
  expect(bare.status).toBe(406);
});
