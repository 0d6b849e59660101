import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { openStore as connect, echo, find, getStudy } from '@/lib/dimse/client.server.ts';
import { personName } from '@/lib/dimse/encode-data-set.ts';
import { DimseError } from '@/lib/dimse/errors.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { inflate } from '@/lib/store/read-header.server.ts';
import { collect, dataSetOf, openListener, peerOf, sha256 } from '../dimse/support.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  listener = await openListener(world.centres);
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

type Sent = {
  name: string;
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  bytes: Buffer;
};

/** The DICOM files of a set; what their header does not tell stands as made up, as a careless sender has it. */
async function filesOf(set: string): Promise<Sent[]> {
  const root = path.resolve('../shared/data', set);
  const entries = await fs.readdir(root, { recursive: true, withFileTypes: true });
  const files: Sent[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await fs.readFile(path.join(entry.parentPath, entry.name));
    const uids = {
      sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
      sopInstanceUid: '1.2.3',
      transferSyntaxUid: '1.2.840.10008.1.2',
    };
    try {
      const { dataSet, transferSyntaxUid } = parseHeader(bytes, bytes.length, inflate);
      uids.sopClassUid = dataSet.string('x00080016') || uids.sopClassUid;
      uids.sopInstanceUid = dataSet.string('x00080018') || uids.sopInstanceUid;
      uids.transferSyntaxUid = transferSyntaxUid;
    } catch {
      if (bytes.toString('latin1', 128, 132) !== 'DICM') continue;
    }
    files.push({ name: entry.name, bytes: dataSetOf(bytes), ...uids });
  }
  return files;
}

/** Sends files on associations of at most 60 contexts; the statuses by name, or the code of why there is none. */
async function send(files: readonly Sent[], title: string): Promise<Map<string, number | string>> {
  const answers = new Map<string, number | string>();
  for (let at = 0; at < files.length; at += 60) {
    const part = files.slice(at, at + 60);
    let connection = await connect(peerOf(listener.port, title), part);
    for (const file of part) {
      const dataSet = (async function* () {
        for (let from = 0; from < file.bytes.length; from += 300_000)
          yield file.bytes.subarray(from, from + 300_000);
      })();
      try {
        answers.set(file.name, (await connection.store({ ...file, dataSet })).status);
      } catch (error) {
        if (!(error instanceof DimseError)) throw error;
        answers.set(file.name, error.code);
        connection = await connect(peerOf(listener.port, title), part);
      }
    }
    await connection.release();
  }
  return answers;
}

describe('real sets by C-STORE, and back by C-GET: the data sets are the same bytes', () => {
  test.each([
    ['ct_rtstruct_lung1_001', 137],
    ['ctptmr_sts_002', 134],
    ['geometry_odd', 8],
    ['mr_seg_breast_ucsf06', 61],
    ['petct_acrin_nsclc_042', 412],
    ['rt_breast_dicompyler', 4],
  ])('%s: %i objects', async (set, objects) => {
    const files = await filesOf(set);
    expect(files).toHaveLength(objects);
    const statuses = await send(files, 'IGR_PACS');
    expect([...new Set(statuses.values())]).toEqual([0]);
    const uids = files.map(({ sopInstanceUid }) => sopInstanceUid);
    const studies = await db().study.findMany({
      where: { series: { some: { instances: { some: { sopInstanceUid: { in: uids } } } } } },
    });
    const back = new Map<string, string>();
    for (const { studyInstanceUid } of studies) {
      const { failed } = await getStudy(peerOf(listener.port, 'IGR_PACS'), {
        identifier: {
          '00080052': { vr: 'CS', Value: ['STUDY'] },
          '0020000D': { vr: 'UI', Value: [studyInstanceUid] },
        },
        onObject: async ({ sopInstanceUid, dataSet }) => {
          back.set(sopInstanceUid, sha256(await collect(dataSet)));
          return 0;
        },
      });
      expect(failed).toBe(0);
    }
    expect(back.size).toBe(objects);
    for (const file of files) expect(back.get(file.sopInstanceUid), file.name).toBe(sha256(file.bytes));
  });
});

test('names in every character set come by C-FIND as they are in the files', async () => {
  const files = await filesOf('charset_zoo');
  const statuses = await send(files, 'CLB_PACS');
  // Two constructed data sets have no study (see FileInfo.txt): C002, a UID is missing.
  const refused = [...statuses].filter(([, status]) => status !== 0);
  expect(refused.sort()).toEqual([
    ['chrSQEncoding.dcm', 0xc002],
    ['chrSQEncoding1.dcm', 0xc002],
  ]);
  const studies = await db().study.findMany({ where: { centreId: world.centres.CLB } });
  expect(studies.length).toBeGreaterThan(0);
  for (const study of studies) {
    const identifier = {
      '00080052': { vr: 'CS', Value: ['STUDY'] },
      '00100010': { vr: 'PN' },
      '0020000D': { vr: 'UI', Value: [study.studyInstanceUid] },
    };
    const names: string[] = [];
    for await (const match of find(peerOf(listener.port, 'CLB_PACS'), { root: 'study', identifier }))
      names.push(...(match['00100010']?.Value ?? []).map(personName));
    expect(names).toEqual([study.patientName.replace(/=+$/, '')].filter(Boolean));
  }
});

test('malformed objects: each has its answer, in bounded memory, and the listener goes on', async () => {
  const files = await filesOf('malformed_zoo');
  expect(files.length).toBeGreaterThan(20);
  const before = process.memoryUsage().rss;
  const statuses = await send(files, 'CTY_PACS');
  expect(statuses.size).toBe(new Set(files.map(({ name }) => name)).size);
  for (const [name, status] of statuses) {
    // Kept, or refused with a reason; never a fault of ours and never a broken association.
    expect(
      status === 0 || status === 0xa900 || (Number(status) & 0xfff0) === 0xc000,
      `${name}: ${status}`,
    ).toBe(true);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024);
  await echo(peerOf(listener.port, 'CTY_PACS'));
});
