import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportAudit, listAudit } from '@/lib/audit/list-audit.server.ts';
import { readAuditQuery } from '@/lib/audit/query.ts';
import { type AuditQuery, auditQuerySchema } from '@/lib/audit/schema.ts';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { editCase } from '@/lib/cases/edit-case.server.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import { writeAudit } from '@/lib/db/with-audit.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let admin: AuthenticatedActor;
let caseId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  admin = world.actors.admin;
  const { id } = await createCase(
    world.actors.secretary,
    createCaseSchema.parse({
      centreId: world.centres.IGR,
      patient: {
        familyName: 'Martin',
        givenName: 'Zoé',
        identifier: 'A-1',
        birthDate: '1990-02-03',
        sex: 'F',
      },
      reason: 'Staging',
      question: 'Which nodes?',
      diagnosis: 'Hodgkin lymphoma',
    }),
  );
  caseId = id;
});
afterAll(() => database.close());

const query = (filters: Partial<AuditQuery> = {}): AuditQuery => auditQuerySchema.parse(filters);
const rowsOf = async (filters: Partial<AuditQuery> = {}) => (await listAudit(admin, query(filters))).rows;
const actionsOf = async (filters: Partial<AuditQuery> = {}) =>
  (await rowsOf(filters)).map(({ action }) => action);

async function csvOf(filters: Partial<AuditQuery> = {}): Promise<string> {
  let text = '';
  for await (const part of exportAudit(admin, query(filters))) text += part;
  return text;
}

/** A row as some use case would write it, at a moment of one's choice. */
async function plant(action: string, at: string, changes: { actorName?: string; resourceId?: string } = {}) {
  await db().auditEvent.create({
    data: {
      action,
      at: new Date(at),
      centreId: world.centres.IGR,
      actorName: 'planted',
      resourceType: 'case',
      resourceId: 'x',
      door: 'web',
      ...changes,
    },
  });
}

describe('a row', () => {
  test('comes of every change and every access, with who, what, whose and by which door', async () => {
    await readCase(world.actors.chair, caseId);
    const { version } = await db().case.findUniqueOrThrow({ where: { id: caseId } });
    await editCase(world.actors.secretary, caseId, { version, question: 'Which nodes, and how?' });
    const rows = await rowsOf({ resource: caseId });
    expect(rows.map(({ action, actorName, door }) => [action, actorName, door])).toEqual([
      ['case.edit', 'Sylvie Secrétan', 'web'],
      ['case.read', 'Dr Claire Présidente', 'web'],
      ['case.create', 'Sylvie Secrétan', 'web'],
    ]);
    for (const row of rows) expect(row).toMatchObject({ caseId, resourceType: 'case' });
  });

  test('names nothing that a patient is known by', async () => {
    expect(JSON.stringify(await rowsOf())).not.toMatch(/Martin|Zoé|1990-02-03/);
  });

  test('comes of a refused change not at all', async () => {
    await expect(
      editCase(world.actors.outsider, caseId, { version: 1, question: 'mine' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      editCase(world.actors.secretary, caseId, { version: 999, question: 'late' }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    expect(await rowsOf({ action: 'case.edit' })).toHaveLength(1);
  });
});

describe('reading', () => {
  test('is itself a row, and so is an export', async () => {
    await rowsOf();
    await csvOf();
    expect((await actionsOf({ action: 'audit.' })).slice(0, 2)).toEqual(['audit.export', 'audit.read']);
  });

  test.each(['secretary', 'chair', 'referrer', 'outsider'] as const)('is not for the %s', async (name) => {
    const reader = world.actors[name];
    await expect(listAudit(reader, query())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(exportAudit(reader, query()).next()).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('another centre’s rows is not even told to be possible, and shows none of them', async () => {
    await db().$transaction((tx) =>
      writeAudit(tx, world.actors.nuclear, [
        { action: 'case.read', resourceType: 'case', resourceId: 'of-clb', centreId: world.centres.CLB },
      ]),
    );
    await expect(listAudit(admin, query({ centreId: world.centres.CLB }))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await rowsOf({ resource: 'of-clb' })).toEqual([]);
    expect(await csvOf()).not.toContain('of-clb');
  });

  test('who administers two centres reads each', async () => {
    const memberships = [
      ...admin.memberships,
      { centreId: world.centres.CLB, role: 'admin' as const, specialty: null },
    ];
    const page = await listAudit({ ...admin, memberships }, query({ centreId: world.centres.CLB }));
    expect(page.rows.map(({ resourceId }) => resourceId)).toContain('of-clb');
    expect(page.centres).toHaveLength(2);
  });
});

describe('filters', () => {
  test('by day, both ends included, in the centre’s own time zone', async () => {
    // Europe/Paris is UTC+1 in January: the 10th begins at 23:00 UTC on the 9th.
    await plant('planted.before', '2020-01-09T22:59:59.999Z');
    await plant('planted.first', '2020-01-09T23:00:00Z');
    await plant('planted.last', '2020-01-10T22:59:59.999Z');
    await plant('planted.after', '2020-01-10T23:00:00Z');
    expect(await actionsOf({ from: '2020-01-10', to: '2020-01-10' })).toEqual([
      'planted.last',
      'planted.first',
    ]);
    expect(await actionsOf({ to: '2020-01-09' })).toEqual(['planted.before']);
    expect(await actionsOf({ from: '2020-01-11', to: '2020-12-31' })).toEqual(['planted.after']);
  });

  test('by a part of a name, by an action or all of its noun, and by the id of a thing', async () => {
    expect(new Set((await rowsOf({ actor: 'secrét' })).map(({ actorName }) => actorName))).toEqual(
      new Set(['Sylvie Secrétan']),
    );
    expect(await actionsOf({ action: 'case.create' })).toEqual(['case.create']);
    expect(new Set(await actionsOf({ action: 'case.' }))).toEqual(
      new Set(['case.create', 'case.read', 'case.edit']),
    );
    const patientId = (await rowsOf({ action: 'case.create' }))[0]?.patientId ?? '';
    expect(await actionsOf({ resource: patientId })).toContain('case.create');
    expect(await rowsOf({ resource: '%' })).toEqual([]);
  });

  test('in a page’s address that make no sense are left out and named', () => {
    expect(readAuditQuery({ from: '2026-02-31', action: 'case.', to: ['a', 'b'], before: '-3' })).toEqual({
      query: query({ action: 'case.' }),
      leftOut: ['from'],
    });
  });
});

test('pages follow each other without a gap, also while new rows come', async () => {
  for (let n = 0; n < 205; n += 1)
    await plant('paged.row', '2021-01-01T12:00:00Z', { resourceId: `row-${n}` });
  const seen: string[] = [];
  let before: number | undefined;
  do {
    const page = await listAudit(admin, query({ action: 'paged.', before }));
    seen.push(...page.rows.map(({ resourceId }) => resourceId));
    before = page.nextBefore ?? undefined;
    if (seen.length === 100) await plant('paged.row', '2021-01-01T12:00:00Z', { resourceId: 'late' });
  } while (before !== undefined);
  expect(seen).toEqual(Array.from({ length: 205 }, (_, n) => `row-${204 - n}`));
});

test('CSV holds every fitting row, with cells that neither break it nor run in a spreadsheet', async () => {
  await plant('csv.row', '2022-01-01T12:00:00Z', { actorName: '=HYPERLINK("http://x"),\n' });
  await plant('csv.row', '2022-01-01T12:00:01Z', { actorName: 'Dr Née, Zoé' });
  const text = await csvOf({ action: 'csv.' });
  expect(text.startsWith('\ufeffid,at,who,action,')).toBe(true);
  expect(text).toContain(`,"'=HYPERLINK(""http://x""),\n",csv.row,`);
  expect(text).toContain(',"Dr Née, Zoé",csv.row,');
  expect(text.trimEnd().split('\r\n')).toHaveLength(3);
});
