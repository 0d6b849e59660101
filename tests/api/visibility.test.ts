import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { type Actor, can, type Role } from '@/lib/auth/policy.ts';
import { caseFactsSelect, toCaseFacts } from '@/lib/cases/load-case.server.ts';
import { readableCases } from '@/lib/cases/readable-cases.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { random } from '@/lib/phantom/random.ts';
import { readableWhere } from '@/lib/store/list-studies.server.ts';
import { studyFactsSelect, toStudyFacts } from '@/lib/store/load-study.server.ts';
import { newUid } from '../fixtures/dicom.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let actors: Actor[];
const seed = Number(process.env.VISIBILITY_SEED ?? randomInt(2 ** 31));

beforeAll(async () => {
  database = await createTestDatabase();
  actors = await generateWorld(random(seed));
});
afterAll(() => database.close());

test(`who finds a case in a list is who may read it (VISIBILITY_SEED=${seed})`, async () => {
  const rows = await db().case.findMany({ select: caseFactsSelect });
  for (const actor of actors) {
    const found = await db().case.findMany({ where: readableCases(actor), select: { id: true } });
    const may = rows.filter((row) => can(actor, 'case.read', toCaseFacts(row)));
    expect(ids(found), JSON.stringify(actor.memberships)).toEqual(ids(may));
  }
});

test(`who finds a study in a list is who may read it (VISIBILITY_SEED=${seed})`, async () => {
  const rows = await db().study.findMany({ select: studyFactsSelect });
  for (const actor of actors) {
    const found = await db().study.findMany({ where: readableWhere(actor), select: { id: true } });
    const may = rows.filter((row) => !row.hiddenAt && can(actor, 'study.read', toStudyFacts(row)));
    expect(ids(found), JSON.stringify(actor.memberships)).toEqual(ids(may));
  }
});

test('the generated world is one in which both answers occur', async () => {
  const cases = await db().case.count();
  const counts = await Promise.all(actors.map((actor) => db().case.count({ where: readableCases(actor) })));
  expect(Math.max(...counts)).toBeGreaterThan(0);
  expect(Math.min(...counts)).toBeLessThan(cases);
});

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();

/** Centres, people of every role, sessions, cases and studies, tied together at random. Returns the people. */
async function generateWorld(next: () => number): Promise<Actor[]> {
  const chance = (probability: number) => next() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = <T>(list: readonly T[], probability: number) => list.filter(() => chance(probability));
  const roles: Role[] = ['secretary', 'clinician', 'physicist', 'referrer', 'admin'];

  const centres: string[] = [];
  for (const code of ['A', 'B', 'C', 'D'])
    centres.push((await db().centre.create({ data: { code, name: code } })).id);

  const people: string[] = [];
  for (let index = 0; index < 24; index += 1) {
    const memberships = new Map<string, { centreId: string; role: Role }>();
    const count = pick([0, 1, 1, 1, 2]);
    for (let at = 0; at < count; at += 1) {
      const membership = { centreId: pick(centres), role: pick(roles) };
      memberships.set(JSON.stringify(membership), membership);
    }
    const data = { email: `${index}@example.org`, displayName: `Person ${index}` };
    const person = await db().person.create({
      data: { ...data, memberships: { create: [...memberships.values()] } },
    });
    people.push(person.id);
  }

  const shares = () =>
    Array.from({ length: pick([0, 0, 1, 2]) }, () => ({
      ...(chance(0.5) ? { personId: pick(people) } : { centreId: pick(centres) }),
      revokedAt: chance(0.3) ? new Date() : null,
    }));

  const cases: string[] = [];
  for (let index = 0; index < 40; index += 1) {
    const centreId = pick(centres);
    const patient = await db().patient.create({ data: { centreId, familyName: 'N', givenName: '' } });
    const words = { reason: 'r', question: 'q', diagnosis: '' };
    const row = await db().case.create({
      data: {
        ...words,
        centreId,
        patientId: patient.id,
        requesterId: pick(people),
        shares: { create: shares() },
      },
    });
    cases.push(row.id);
  }

  for (let index = 0; index < 12; index += 1) {
    const board = await db().board.create({ data: { centreId: pick(centres), title: 'Board' } });
    await db().boardSession.create({
      data: {
        boardId: board.id,
        startsAt: new Date(),
        timeZone: 'Europe/Paris',
        chairId: pick(people),
        cancelledAt: chance(0.25) ? new Date() : null,
        participants: { create: some(people, 0.1).map((personId) => ({ personId })) },
        agenda: {
          create: some(cases, 0.1).map((caseId, position) => ({
            caseId,
            position,
            removedAt: chance(0.25) ? new Date() : null,
          })),
        },
      },
    });
  }

  for (let index = 0; index < 60; index += 1) {
    await db().study.create({
      data: {
        centreId: pick(centres),
        studyInstanceUid: newUid(),
        importedById: chance(0.7) ? pick(people) : null,
        hiddenAt: chance(0.15) ? new Date() : null,
        shares: { create: shares() },
        cases: { create: some(cases, 0.03).map((caseId) => ({ caseId })) },
      },
    });
  }
  return Promise.all(people.map((personId) => loadActor(personId, 'web')));
}
