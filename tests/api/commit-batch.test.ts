import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, driverPool } from '@/lib/db/client.server.ts';
import { type CommitItem, commitBatch } from '@/lib/store/commit-batch.ts';
import { type Random, random as seeded } from '../fuzz/random.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

const TRIALS = 150;

test('a batch leaves what its objects leave one after the other', async () => {
  const seen = new Set<string>();
  for (let trial = 1; trial <= TRIALS; trial += 1) {
    const random = seeded(trial);
    const [together, apart] = [world.centres.IGR, world.centres.CLB];
    const before = someObjects(random, trial);
    const batch = unlike(someObjects(random, trial));
    const hidden = { study: random.chance(0.2), series: random.chance(0.2) };
    for (const centreId of [together, apart]) {
      for (const item of before) await store([{ ...item, centreId }]);
      await hide(centreId, trial, hidden);
    }
    const outcomes = await store(batch.map((item) => ({ ...item, centreId: together })));
    const one: Outcome[] = [];
    for (const item of batch) one.push(...(await store([{ ...item, centreId: apart }])));
    expect(outcomes, `seed ${trial}`).toEqual(one);
    expect(await contents(together, trial), `seed ${trial}`).toEqual(await contents(apart, trial));
    for (const { outcome } of outcomes) seen.add(outcome);
  }
  expect([...seen].sort()).toEqual(['conflict', 'hidden', 'known', 'other_patient', 'taken']);
});

test('two objects of one UID in a batch are refused together', async () => {
  const [item] = someObjects(seeded(1), 9001);
  if (!item) throw new Error('none');
  const twice = [item, item].map((one) => ({ ...one, centreId: world.centres.IGR }));
  await expect(store(twice)).rejects.toMatchObject({ code: '23505' });
  expect(await contents(world.centres.IGR, 9001)).toMatchObject({ studies: [], audit: [] });
});

type Outcome = { outcome: string; series: string | null; stored: string | null };

/** By the index's function itself; the series by its UID, since two centres have it under two ids. */
async function store(items: readonly CommitItem[]): Promise<Outcome[]> {
  const { rows } = await driverPool().query<Outcome>(
    `SELECT outcome, series_id::text AS series, stored_sha256 AS stored FROM consilium_store_batch($1::jsonb)
     ORDER BY idx`,
    [commitBatch(items)],
  );
  const ids = rows.flatMap(({ series }) => series ?? []);
  const series = await db().series.findMany({ where: { id: { in: ids } } });
  const uids = new Map(series.map((one) => [one.id, one.seriesInstanceUid]));
  return rows.map((row) => ({ ...row, series: row.series && (uids.get(row.series) ?? 'no such series') }));
}

/** Objects of two studies, with other patients, other descriptions, other bytes and other senders among them. */
function someObjects(random: Random, trial: number): CommitItem[] {
  return Array.from({ length: random.integer(24) + 1 }, () => {
    const study = random.integer(2);
    const series = random.integer(3);
    return {
      actor: {
        personId: world.actors[random.pick(['secretary', 'admin'] as const)].personId,
        displayName: random.pick(['A', 'B\0']),
        door: 'web',
      },
      centreId: '',
      hidden: random.chance(0.1),
      anyPatient: random.chance(0.2),
      study: {
        studyInstanceUid: `2.25.${trial}.${study}`,
        patientId: random.pick(['P1', 'P1', 'P1', 'P2', '']),
        patientName: random.pick(['DUPONT^JEANNE', 'DUPONT^J']),
        patientBirthDate: '19500101',
        patientSex: 'F',
        studyDate: '20261124',
        studyTime: '1200',
        studyId: '1',
        accessionNumber: '',
        description: random.pick(['Thorax', '']),
        referringPhysician: '',
        searchText: 'dupont',
      },
      series: {
        seriesInstanceUid: `2.25.${trial}.${study}.${series}`,
        modality: random.pick(['CT', 'CT', 'PT', '']),
        seriesNumber: random.pick([1, null]),
        description: random.pick(['axial', '']),
        bodyPart: '',
        frameOfReferenceUid: '',
        seriesDate: '',
        seriesTime: '',
      },
      instance: {
        sopInstanceUid: `2.25.${trial}.9.${random.integer(30)}`,
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        instanceNumber: random.pick([1, null]),
        rows: 512,
        columns: 512,
        frames: 1,
        sha256: random.pick(['a', 'a', 'a', 'b']).repeat(64),
        size: 5_000_000_000,
        pixelOffset: random.pick([1024, null]),
        pixelLength: 512,
      },
    };
  });
}

/** What a door gives in one batch: no UID twice. */
const unlike = (items: readonly CommitItem[]): CommitItem[] => [
  ...new Map(items.map((item) => [item.instance.sopInstanceUid, item])).values(),
];

async function hide(centreId: string, trial: number, what: { study: boolean; series: boolean }) {
  const study = { centreId, studyInstanceUid: `2.25.${trial}.0` };
  if (what.study) await db().study.updateMany({ where: study, data: { hiddenAt: new Date(0) } });
  const series = { study: { centreId }, seriesInstanceUid: `2.25.${trial}.1.0` };
  if (what.series) await db().series.updateMany({ where: series, data: { hiddenAt: new Date(0) } });
}

/** All that a centre's index has of a trial, without what differs by chance: ids and times. */
async function contents(centreId: string, trial: number) {
  const studies = await db().study.findMany({
    where: { centreId, studyInstanceUid: { startsWith: `2.25.${trial}.` } },
    orderBy: { studyInstanceUid: 'asc' },
    include: {
      series: {
        orderBy: { seriesInstanceUid: 'asc' },
        include: { instances: { orderBy: { sopInstanceUid: 'asc' } } },
      },
    },
  });
  const audit = await db().auditEvent.findMany({
    where: { centreId, resourceType: 'instance', resourceId: { startsWith: `2.25.${trial}.` } },
    orderBy: { id: 'asc' },
  });
  const chance = new Set(['id', 'centreId', 'seriesId', 'createdAt', 'updatedAt', 'receivedAt', 'at']);
  const plain = JSON.stringify({ studies, audit }, (key, value: unknown) => {
    if (key === 'hiddenAt') return value === null ? null : 'hidden';
    if (key === 'studyId' && typeof value === 'string' && value.length === 36) return undefined;
    return chance.has(key) ? undefined : typeof value === 'bigint' ? String(value) : value;
  });
  return JSON.parse(plain) as { studies: unknown[]; audit: unknown[] };
}
