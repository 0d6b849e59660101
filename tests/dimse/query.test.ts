import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { find } from '@/lib/dimse/client.server.ts';
import { COMMAND } from '@/lib/dimse/command-set.ts';
import { encodeDataSet } from '@/lib/dimse/encode-data-set.ts';
import type { Listener } from '@/lib/dimse/listener.server.ts';
import { requestAssociation } from '@/lib/dimse/request-association.server.ts';
import { FIND } from '@/lib/dimse/sop-classes.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';
import { openListener, peerOf, run, toListener } from './support.ts';

let database: TestDatabase;
let world: World;
let listener: Listener;
const study = newUid();
const series = [newUid(), newUid()] as const;
const instances: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  listener = await openListener(world.centres);
  const take = async (centre: 'IGR' | 'CLB', file: Buffer) => {
    const result = await ingestInstance({
      actor: world.actors.secretary,
      centreId: world.centres[centre],
      source: (async function* () {
        yield file;
      })(),
      sourceName: 'test',
    });
    expect(result.outcome).toBe('taken');
    return result.sopInstanceUid ?? '';
  };
  const curie = { patientName: 'CURIE^Marie', patientId: 'P-1', studyUid: study, studyDate: '20250310' };
  for (const [index, seriesUid] of series.entries())
    for (const number of [1, 2])
      instances.push(
        await take('IGR', makeCt({ ...curie, seriesUid, instanceNumber: number + index * 10, z: number })),
      );
  await take('IGR', makeCt({ patientName: 'Müller^Jörg', patientId: 'P-2', studyDate: '20240101' }));
});
afterAll(async () => {
  await listener.close();
  await database.close();
});

/** What findscu prints of the answers' data sets: values of one tag, in order. */
async function findscu(root: '-P' | '-S', keys: string[], tag: string): Promise<string[]> {
  const args = ['-d', root, ...keys.flatMap((key) => ['-k', key]), ...toListener(listener.port)];
  const { code, output } = await run('findscu', args);
  expect(code, output).toBe(0);
  const answers = output.slice(output.indexOf('Find Response'));
  return [...answers.matchAll(new RegExp(`\\(${tag}\\) [A-Z]{2} \\[(.*?)\\]`, 'g'))].map(([, value]) =>
    (value ?? '').replace(/[\0 ]+$/, ''),
  );
}

describe('findscu in the study root', () => {
  test('STUDY by a wildcard in the name', async () => {
    const found = await findscu(
      '-S',
      ['QueryRetrieveLevel=STUDY', 'PatientName=CUR*', 'StudyInstanceUID'],
      '0020,000d',
    );
    expect(found).toEqual([study]);
  });

  test('STUDY by a range of dates', async () => {
    const dates = (range: string) =>
      findscu('-S', ['QueryRetrieveLevel=STUDY', `StudyDate=${range}`], '0008,0020');
    expect(await dates('20250101-20251231')).toEqual(['20250310']);
    expect(await dates('-20241231')).toEqual(['20240101']);
    expect((await dates('20240101-')).sort()).toEqual(['20240101', '20250310']);
  });

  test('SERIES of a study, IMAGE of a series', async () => {
    const keys = ['QueryRetrieveLevel=SERIES', `StudyInstanceUID=${study}`, 'SeriesInstanceUID'];
    expect((await findscu('-S', keys, '0020,000e')).sort()).toEqual([...series].sort());
    const images = [
      'QueryRetrieveLevel=IMAGE',
      `StudyInstanceUID=${study}`,
      `SeriesInstanceUID=${series[1]}`,
    ];
    const found = await findscu('-S', [...images, 'SOPInstanceUID', 'InstanceNumber'], '0008,0018');
    expect(found.sort()).toEqual(instances.slice(2).sort());
  });

  test('a level without the unique keys above it is A900, PATIENT is no level of this root', async () => {
    for (const keys of [
      ['QueryRetrieveLevel=SERIES', 'SeriesInstanceUID'],
      ['QueryRetrieveLevel=PATIENT', 'PatientID'],
      ['PatientID'],
    ]) {
      const args = ['-d', '-S', ...keys.flatMap((key) => ['-k', key]), ...toListener(listener.port)];
      expect((await run('findscu', args)).output).toMatch(/0xa900/i);
    }
  });
});

describe('findscu in the patient root', () => {
  test('PATIENT, STUDY, SERIES and IMAGE', async () => {
    const patients = await findscu(
      '-P',
      ['QueryRetrieveLevel=PATIENT', 'PatientID=P-?', 'PatientName'],
      '0010,0020',
    );
    expect(patients.sort()).toEqual(['P-1', 'P-2']);
    const patient = 'PatientID=P-1';
    const studies = await findscu(
      '-P',
      ['QueryRetrieveLevel=STUDY', patient, 'StudyInstanceUID'],
      '0020,000d',
    );
    expect(studies).toEqual([study]);
    const below = [patient, `StudyInstanceUID=${study}`];
    const found = await findscu(
      '-P',
      ['QueryRetrieveLevel=SERIES', ...below, 'SeriesInstanceUID'],
      '0020,000e',
    );
    expect(found.sort()).toEqual([...series].sort());
    const images = ['QueryRetrieveLevel=IMAGE', ...below, `SeriesInstanceUID=${series[0]}`, 'SOPInstanceUID'];
    expect((await findscu('-P', images, '0008,0018')).sort()).toEqual(instances.slice(0, 2).sort());
  });
});

const all = async (identifier: DicomJson, title = 'IGR_US'): Promise<DicomJson[]> => {
  const answers: DicomJson[] = [];
  for await (const answer of find(peerOf(listener.port, title), { root: 'study', identifier }))
    answers.push(answer);
  return answers;
};
const byName = (name: string): DicomJson => ({
  '00080052': { vr: 'CS', Value: ['STUDY'] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: name }] },
  '0020000D': { vr: 'UI' },
  '00201208': { vr: 'IS' },
});

describe('our own queries', () => {
  test('letters beyond ASCII go and come as UTF-8', async () => {
    const [answer, ...more] = await all(byName('Müller*'));
    expect(more).toEqual([]);
    expect(answer?.['00080005']?.Value).toEqual(['ISO_IR 192']);
    expect(answer?.['00100010']?.Value).toEqual([{ Alphabetic: 'Müller^Jörg' }]);
    expect(answer?.['00201208']?.Value).toEqual([1]);
  });

  test('another centre’s node finds nothing of it', async () => {
    expect(await all(byName('*'), 'CLB_US')).toEqual([]);
    expect(await all(byName('*'))).toHaveLength(2);
  });

  test('a hidden study is not found', async () => {
    await db().study.updateMany({ where: { studyInstanceUid: study }, data: { hiddenAt: new Date() } });
    expect(await all(byName('CURIE*'))).toEqual([]);
    await db().study.updateMany({ where: { studyInstanceUid: study }, data: { hiddenAt: null } });
  });

  test('each query leaves its row in the audit trail, with the node’s title', async () => {
    const before = { action: 'study.list', door: 'dimse', actorName: 'AE IGR_AUDIT' };
    await all(byName('CURIE*'), 'IGR_AUDIT');
    expect(await db().auditEvent.count({ where: before })).toBe(1);
  });

  test('C-CANCEL ends a query with FE00 (PS3.4 C.4.1.3.2)', async () => {
    const association = await requestAssociation(peerOf(listener.port), [
      { abstractSyntax: FIND.study, transferSyntaxes: ['1.2.840.10008.1.2.1'] },
    ]);
    const identifier = encodeDataSet(byName('*'), '1.2.840.10008.1.2.1');
    await association.send(
      1,
      {
        commandField: COMMAND.findRq,
        affectedSopClassUid: FIND.study,
        messageId: 9,
        priority: 0,
        hasDataSet: true,
      },
      identifier,
    );
    await association.send(1, { commandField: COMMAND.cancelRq, respondedTo: 9, hasDataSet: false });
    const statuses: (number | undefined)[] = [];
    while (statuses.at(-1) === undefined || statuses.at(-1) === 0xff00)
      statuses.push((await association.receive())?.command.status);
    expect(statuses.at(-1)).toBe(0xfe00);
    await association.release();
  });

  test('an association that may not query gets no context for it', async () => {
    const shut = await openListener(world.centres, {
      admit: () => ({ kind: 'quarantine', centreId: world.centres.IGR }),
    });
    const query = find(peerOf(shut.port), { root: 'study', identifier: byName('*') }).next();
    await expect(query).rejects.toMatchObject({ code: 'no_context' });
    await shut.close();
  });
});
