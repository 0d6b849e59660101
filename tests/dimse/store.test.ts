import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { openStore as connect, getStudy } from '@/lib/dimse/client.server.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { openDataSet } from '@/lib/store/open-data-set.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { storePaths } from '@/lib/store/paths.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { collect, dataSetOf, openListener, peerOf, phantomCt, run, sha256, toListener } from './support.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  listener = await openListener(world.centres);
  folder = path.join(database.dataDir, 'files');
  await fs.mkdir(folder);
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

describe('C-ECHO', () => {
  test('a known node is answered', async () => {
    expect(await run('echoscu', toListener(listener.port))).toMatchObject({ code: 0 });
  });

  test('an unknown calling AE title is rejected as such (PS3.8 9.3.4: reason 3)', async () => {
    const { code, output } = await run('echoscu', toListener(listener.port, 'STRANGER'));
    expect(code).not.toBe(0);
    expect(output).toMatch(/Calling AE Title Not Recognized/i);
  });

  test('a wrong called AE title is rejected as such (reason 7)', async () => {
    const { code, output } = await run('echoscu', toListener(listener.port, 'IGR_PACS', 'SOMEBODY'));
    expect(code).not.toBe(0);
    expect(output).toMatch(/Called AE Title Not Recognized/i);
  });
});

describe('C-STORE', () => {
  test('one association: every slice arrives exactly once, and comes back by C-GET byte for byte', async () => {
    const files = await phantomCt(path.join(folder, 'one'), 12);
    const sent = await run('storescu', [...toListener(listener.port), ...files]);
    expect(sent, sent.output).toMatchObject({ code: 0 });
    const originals = new Set<string>();
    for (const file of files) originals.add(sha256(dataSetOf(await fs.readFile(file))));
    expect(originals.size).toBe(files.length);

    const [study] = await db().study.findMany({ where: { centreId: world.centres.IGR } });
    expect(study).toMatchObject({ instanceCount: files.length, seriesCount: 1 });
    const received = new Set<string>();
    const counts = await getStudy(peerOf(listener.port), {
      identifier: {
        '00080052': { vr: 'CS', Value: ['STUDY'] },
        '0020000D': { vr: 'UI', Value: [study?.studyInstanceUid] },
      },
      onObject: async ({ dataSet }) => {
        received.add(sha256(await collect(dataSet)));
        return 0;
      },
    });
    expect(counts).toEqual({ completed: files.length, failed: 0, warning: 0 });
    expect(received).toEqual(originals);
  });

  test('the same again is success and changes nothing', async () => {
    const before = await db().instance.count();
    const files = await phantomCt(path.join(folder, 'one'), 12);
    const sent = await run('storescu', [...toListener(listener.port, 'IGR_CT2'), ...files]);
    expect(sent, sent.output).toMatchObject({ code: 0 });
    expect(await db().instance.count()).toBe(before);
    expect(await db().quarantinedObject.count()).toBe(0);
  });

  test('eight associations at once, one study: every slice exactly once', async () => {
    const files = await phantomCt(path.join(folder, 'eight'), 32, 2);
    const parts = Array.from({ length: 8 }, (_, part) => files.filter((_, index) => index % 8 === part));
    const sent = await Promise.all(
      parts.map((part, index) => run('storescu', [...toListener(listener.port, `CLB_${index}`), ...part])),
    );
    for (const { code, output } of sent) expect(code, output).toBe(0);
    const studies = await db().study.findMany({ where: { centreId: world.centres.CLB } });
    expect(studies).toHaveLength(1);
    expect(studies[0]?.instanceCount).toBe(files.length);
    expect(await db().instance.count({ where: { centreId: world.centres.CLB } })).toBe(files.length);
    await expect.poll(() => fs.readdir(storePaths().spool)).toEqual([]);
  });

  test('every transfer syntax as sent: implicit, big endian, deflated, RLE', async () => {
    const syntaxes = ['implicit', 'big', 'deflated', 'rle'];
    const options: Record<string, string[]> = {
      implicit: ['dcmconv', '+ti', '-xi'],
      big: ['dcmconv', '+tb', '-xb'],
      deflated: ['dcmconv', '+td', '-xd'],
      rle: ['dcmcrle', '', '-xr'],
    };
    const studyUid = newUid();
    const received: string[] = [];
    const originals: string[] = [];
    for (const syntax of syntaxes) {
      const [program = '', convert = '', propose = ''] = options[syntax] ?? [];
      const plain = path.join(folder, `${syntax}.plain`);
      const file = path.join(folder, `${syntax}.dcm`);
      await fs.writeFile(plain, makeCt({ studyUid, rows: 16, columns: 16 }));
      expect(await run(program, [...(convert ? [convert] : []), plain, file])).toMatchObject({ code: 0 });
      const sent = await run('storescu', [propose, ...toListener(listener.port, 'CTY_CT'), file]);
      expect(sent.code, `${syntax}: ${sent.output}`).toBe(0);
      originals.push(sha256(dataSetOf(await fs.readFile(file))));
    }
    await getStudy(peerOf(listener.port, 'CTY_US'), {
      identifier: { '00080052': { vr: 'CS', Value: ['STUDY'] }, '0020000D': { vr: 'UI', Value: [studyUid] } },
      onObject: async ({ dataSet }) => {
        received.push(sha256(await collect(dataSet)));
        return 0;
      },
    });
    const kept = await db().instance.findMany({
      where: { series: { study: { studyInstanceUid: studyUid } } },
    });
    expect(kept.map(({ transferSyntaxUid }) => transferSyntaxUid).sort()).toEqual([
      '1.2.840.10008.1.2',
      '1.2.840.10008.1.2.1.99',
      '1.2.840.10008.1.2.2',
      '1.2.840.10008.1.2.5',
    ]);
    const stored = await Promise.all(
      kept.map(async (row) => sha256(await collect((await openDataSet(row.sha256)).read()))),
    );
    expect(received.sort()).toEqual(stored.sort());
    // storescu deflates anew what it sends; the others it sends as they are in the file.
    for (const [index, syntax] of syntaxes.entries())
      if (syntax !== 'deflated') expect(received, syntax).toContain(originals[index]);
  });

  test('a command that names another instance than its data set does is refused (A900) and nothing is kept', async () => {
    const sopClassUid = '1.2.840.10008.5.1.4.1.1.2';
    const transferSyntaxUid = '1.2.840.10008.1.2.1';
    const connection = await connect(peerOf(listener.port), [{ sopClassUid, transferSyntaxUid }]);
    const studyUid = newUid();
    const dataSet = async function* () {
      yield dataSetOf(makeCt({ studyUid, rows: 512, columns: 512 }));
    };
    const answer = await connection.store({
      sopClassUid,
      sopInstanceUid: newUid(),
      transferSyntaxUid,
      dataSet: dataSet(),
    });
    expect(answer.status).toBe(0xa900);
    const sopInstanceUid = newUid();
    const cut = dataSetOf(makeCt({ studyUid, sopUid: sopInstanceUid, rows: 512, columns: 512 })).subarray(
      0,
      40_000,
    );
    const second = await connection.store({
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      dataSet: (async function* () {
        yield cut;
      })(),
    });
    expect(second).toMatchObject({ status: 0xc001, comment: expect.stringContaining('dicom_truncated') });
    await connection.release();
    expect(await db().study.count({ where: { studyInstanceUid: studyUid } })).toBe(0);
  });
});
