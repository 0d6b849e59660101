import { afterAll, beforeAll, expect, test } from 'vitest';
import { GET as readAuditRoute } from '@/app/api/audit/route.ts';
import { POST as createCaseRoute, GET as listCasesRoute } from '@/app/api/cases/route.ts';
import { PATCH as editDecisionRoute } from '@/app/api/decisions/items/[itemId]/route.ts';
import { readAuditQuery } from '@/lib/audit/query.ts';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { listCases } from '@/lib/cases/read-case.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { exportQuerySchema } from '@/lib/store/export-schema.ts';
import { newSession } from '../setup/boards.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

type Handler = typeof createCaseRoute;
async function ask(
  route: Handler,
  as: AuthenticatedActor,
  { path = '', body, params = {} }: { path?: string; body?: unknown; params?: Record<string, string> },
) {
  const { token } = await createToken(as, { label: 'test', days: 1 });
  const request = new Request(`http://localhost/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  return { status: response.status, problem: await response.json() };
}
const refusedAt = (path: string) => ({
  status: 422,
  problem: { code: 'invalid_input', errors: [{ path, code: 'unstorable_character' }] },
});

test('a text that the database could not hold is refused at the door, with its field', async () => {
  const { secretary, chair } = world.actors;
  const fields = {
    centreId: world.centres.IGR,
    patient: { familyName: 'A\0B' },
    reason: 'Relapse',
    question: 'Radiotherapy?',
  };
  expect(await ask(createCaseRoute, secretary, { body: fields })).toMatchObject(
    refusedAt('patient.familyName'),
  );
  const { items } = await newSession(world, 'ALPHA');
  const draft = { field: 'proposal', value: 'half \ud83e', baseVersion: 0 };
  const params = { itemId: items[0] ?? '' };
  expect(await ask(editDecisionRoute, chair, { body: draft, params })).toMatchObject(refusedAt('value'));
});

test('so is one that is looked for; in a page’s address it finds what is left of it, or nothing', async () => {
  const { secretary, admin } = world.actors;
  expect(await ask(listCasesRoute, secretary, { path: '/cases?query=a%00b' })).toMatchObject(
    refusedAt('query'),
  );
  expect(await ask(readAuditRoute, admin, { path: '/audit?actor=%00' })).toMatchObject(refusedAt('actor'));
  await listCases(secretary, 'a\0b');
  expect(readAuditQuery({ actor: '\0', action: 'case.' })).toMatchObject({
    query: { actor: '', action: 'case.' },
    leftOut: ['actor'],
  });
});

test('what is written like an id and is none is none', async () => {
  const dashes = '-'.repeat(36);
  const { status } = await ask(readAuditRoute, world.actors.admin, { path: `/audit?resource=${dashes}` });
  expect(status).toBe(200);
  expect(exportQuerySchema.safeParse({ also: dashes }).success).toBe(false);
  const id = '00000000-0000-4000-8000-000000000000';
  expect(exportQuerySchema.parse({ also: `${id},${id}` }).also).toBe(`${id},${id}`);
});
