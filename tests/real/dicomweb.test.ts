import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { peek } from '@/lib/dicomweb/peek.ts';
import { type Archive, type Door, openArchive, partsOf, type Who } from '../dicomweb/support.ts';
import type { World } from '../setup/world.ts';

let world: World;
let archive: Archive;
let door: Door;

beforeAll(async () => {
  archive = await openArchive();
  ({ world, door } = archive);
});
afterAll(() => archive.close());

async function filesOf(set: string): Promise<{ name: string; bytes: Buffer }[]> {
  const folder = path.resolve('../shared/data', set);
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    names.sort().map(async (name) => ({ name: path.relative(folder, name), bytes: await fs.readFile(name) })),
  );
}

type Sent = { name: string; bytes: Buffer; outcome: 'stored' | 'aside' | 'failed'; item: DicomJson };

/** Sends files one request each, so that every file's own answer is known. */
async function send(files: readonly { name: string; bytes: Buffer }[], as: Who): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const file of files) {
    const response = await door.store([file.bytes], { as });
    const json = (await response.json()) as DicomJson;
    const first = (tag: string) => json[tag]?.Value?.[0] as DicomJson | undefined;
    const stored = first('00081199');
    const item = stored ?? first('00081198') ?? first('0008119A');
    if (!item) throw new Error(`${file.name}: ${response.status} without an item`);
    sent.push({ ...file, outcome: !stored ? 'failed' : stored['00081196'] ? 'aside' : 'stored', item });
  }
  return sent;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const isPart10 = (bytes: Buffer) => bytes.subarray(128, 132).toString('latin1') === 'DICM';
const zeroed = (bytes: Buffer) =>
  isPart10(bytes) ? Buffer.concat([Buffer.alloc(128), bytes.subarray(128)]) : bytes;
const urlOf = (sent: Sent) => String(sent.item['00081190']?.Value?.[0]);
const value = (row: DicomJson, tag: string) => row[tag]?.Value?.[0];

describe('in through STOW-RS, out by WADO-RS byte for byte', () => {
  test.each<[string, number, number, Who]>([
    // set, DICOM objects, other files in its folder, whose centre takes it
    ['ct_rtstruct_lung1_001', 137, 0, 'secretary'],
    ['ctptmr_sts_002', 134, 3, 'secretary'],
    ['ctptmr_sts_003', 152, 3, 'secretary'],
    ['geometry_odd', 8, 0, 'secretary'],
    ['ibsi_phantoms', 63, 6, 'secretary'],
    ['mr_prostatex_0207', 94, 0, 'secretary'],
    ['mr_seg_breast_ucsf06', 61, 0, 'secretary'],
    ['petct_acrin_nsclc_042', 412, 0, 'secretary'],
    ['rt_breast_dicompyler', 4, 0, 'secretary'],
  ])('%s: %i objects', async (set, objects, others, as) => {
    const files = await filesOf(set);
    const results: number[] = [];
    for (let at = 0; at < files.length; at += 50) {
      const response = await door.store(
        files.slice(at, at + 50).map(({ bytes }) => bytes),
        { as },
      );
      const json = (await response.json()) as DicomJson;
      results.push(json['00081199']?.Value?.length ?? 0);
    }
    expect(results.reduce((sum, one) => sum + one, 0)).toBe(objects);
    expect(files.length - objects).toBe(others);

    const dicom = files.filter(({ bytes }) => isPart10(bytes));
    const studies = await db().study.findMany({ where: { centreId: world.centres.IGR } });
    const back = new Set<string>();
    for (const { studyInstanceUid } of studies) {
      const accept = { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' };
      const response = await door.ask(`/dicomweb/studies/${studyInstanceUid}`, { as, headers: accept });
      for (const { body } of await partsOf(response)) back.add(sha256(body));
    }
    for (const { name, bytes } of dicom) expect(back.has(sha256(zeroed(bytes))), name).toBe(true);
    // One set at a time: the next starts from an empty centre.
    await forget();
  });

  test('each transfer syntax and oddity of the zoo comes back as it went in', async () => {
    const sent = await send(await filesOf('ts_zoo'), 'radiologist');
    const stored = sent.filter(({ outcome }) => outcome === 'stored');
    expect(stored.length).toBeGreaterThanOrEqual(40);
    const seen = new Set<string>();
    for (const one of stored) {
      if (seen.has(urlOf(one))) continue;
      seen.add(urlOf(one));
      const response = await door.ask(urlOf(one), {
        as: 'radiologist',
        headers: { accept: 'application/dicom' },
      });
      expect(sha256(Buffer.from(await response.arrayBuffer())), one.name).toBe(sha256(zeroed(one.bytes)));
    }
  });
});

async function forget(): Promise<void> {
  await db().instance.deleteMany();
  await db().series.deleteMany();
  await db().study.deleteMany();
}

test('counts of the PET/CT as its source states them', async () => {
  const files = await filesOf('petct_acrin_nsclc_042');
  await door.store(
    files.map(({ bytes }) => bytes),
    { as: 'secretary' },
  );
  // Somebody who has not asked for it before: who asked before it was forgotten is remembered for some seconds.
  const as = 'surgeon';
  const [study] = await door.json('/dicomweb/studies?ModalitiesInStudy=PT&includefield=00080061', { as });
  expect(study?.['00201208']?.Value).toEqual([412]);
  const url = `/dicomweb/studies/${value(study as DicomJson, '0020000D')}/series`;
  const series = await door.json(url, { as });
  const counts = (modality: string) =>
    series
      .filter((one) => value(one, '00080060') === modality)
      .map((one) => value(one, '00201209'))
      .sort();
  expect(counts('CT')).toEqual([1, 135]);
  expect(counts('PT')).toEqual([135, 135]);
  await forget();
});

test('names of every character set as FileInfo.txt states them, found by any of their letters', async () => {
  await send(await filesOf('charset_zoo'), 'outsider');
  const rows = await door.json('/dicomweb/studies', { as: 'outsider' });
  const groups = (row: DicomJson) => {
    const name = (value(row, '00100010') ?? {}) as Record<string, string>;
    return `${name.Alphabetic ?? ''}=${name.Ideographic ?? ''}`;
  };
  const names = new Set(rows.map((row) => displayName(groups(row))));
  for (const name of [
    'قباني لنزار',
    'Buc Jérôme',
    'Äneas Rüdiger',
    'Διονυσιος',
    'Yamada Tarou (山田 太郎)',
    'ﾔﾏﾀﾞ ﾀﾛｳ (山田 太郎)',
    'שרון דבורה',
    'Hong Gildong (洪 吉洞)',
    'Люкceмбypг',
    'Wang XiaoDong (王 小東)',
    'Wang XiaoDong (王 小东)',
  ])
    expect(names, name).toContain(name);
  for (const [key, least] of [
    ['buc^jerome', 1],
    ['ANEAS*', 1],
    ['διονυσιοσ', 1],
    ['山田^太郎', 2],
    ['*吉洞', 1],
    ['wang*', 2],
  ] as const) {
    const found = await door.json(`/dicomweb/studies?PatientName=${encodeURIComponent(key)}`, {
      as: 'outsider',
    });
    expect(found.length, key).toBeGreaterThanOrEqual(least);
  }
  await forget();
});

test('every malformed file that is refused has its reason, and the door goes on', async () => {
  const before = process.memoryUsage().rss;
  const sent = await send(await filesOf('malformed_zoo'), 'referrer');
  const failed = sent.filter(({ outcome }) => outcome === 'failed');
  expect(sent).toHaveLength(38);
  expect(failed.length).toBeGreaterThanOrEqual(15);
  for (const { name, item } of failed) {
    expect(value(item, '00081197'), name).toBeTypeOf('number');
    expect(String(value(item, '00000902')), name).toMatch(/.{10,}/);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024);
  await forget();
});

describe('decoded where the client asks for it', () => {
  test('the same CT slice in its transfer syntaxes is the same pixels as the uncompressed one', async () => {
    const files = (await filesOf('ts_zoo/CTImage')).filter(({ name }) => name.endsWith('.dcm'));
    const wanted = new Map<string, number>();
    let reference: Buffer | undefined;
    const ordered = [...files].sort((a, b) => a.name.length - b.name.length);
    for (const [index, original] of ordered.entries()) {
      const file = { ...original, bytes: withOwnUid(original.bytes, index) };
      const [sent] = await send([file], 'secretary');
      if (sent?.outcome !== 'stored') continue;
      const native = 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1';
      const response = await door.ask(`${urlOf(sent)}/frames/1`, { headers: { accept: native } });
      const rendered = await door.ask(`${urlOf(sent)}/rendered`);
      if (response.status === 406) {
        wanted.set(file.name, -1);
      } else {
        expect(response.status, file.name).toBe(200);
        const pixels = Buffer.from(await response.arrayBuffer());
        reference ??= pixels;
        expect(rendered.status, file.name).toBe(200);
        wanted.set(file.name, difference(reference, pixels));
        const whole = await door.ask(urlOf(sent), {
          headers: { accept: 'application/dicom; transfer-syntax=1.2.840.10008.1.2.1' },
        });
        expect(whole.status, file.name).toBe(200);
        const bytes = Buffer.from(await whole.arrayBuffer());
        expect(bytes.includes(pixels.subarray(0, 4096)), `${file.name}: pixels within the file`).toBe(true);
      }
    }
    await forget();
    const exact = [...wanted].filter(([, most]) => most === 0).map(([name]) => name);
    // Native, deflated, RLE, lossless JPEG, JPEG-LS and JPEG 2000: to the last pixel. The arithmetic JPEGs have no decoder.
    expect(exact.length).toBe(10);
    expect(wanted.get(ordered.find(({ name }) => name.includes('4.81'))?.name ?? '')).toBeLessThanOrEqual(5);
    expect(
      [...wanted]
        .filter(([, most]) => most === -1)
        .map(([name]) => name.slice(-7, -4))
        .sort(),
    ).toEqual(['.51', '.53', '.55']);
  });
});

/** The file as another SOP instance: the last two digits of its UID say which. */
function withOwnUid(bytes: Buffer, index: number): Buffer {
  const uid = peek(bytes).sopInstanceUid;
  const other = Buffer.from(uid.slice(0, -2) + String(10 + index), 'latin1');
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(uid); uid.length > 2 && at >= 0; at = copy.indexOf(uid, at + 1))
    other.copy(copy, at);
  return copy;
}

/** The greatest difference between two frames of 16 bits. */
function difference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at + 1 < a.length; at += 2)
    most = Math.max(most, Math.abs(a.readInt16LE(at) - b.readInt16LE(at)));
  return most;
}
