import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthenticatedActor, loadActor } from '@/lib/auth/actor.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { listCases, readCase } from '@/lib/cases/read-case.server.ts';
import { createCaseSchema, patientSchema } from '@/lib/cases/schema.ts';
import { db } from '@/lib/db/client.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

const input = (patient: Record<string, unknown> = {}) =>
  createCaseSchema.parse({
    centreId: world.centres.IGR,
    patient: { familyName: 'Lefèvre', ...patient },
    reason: 'Relapse',
    question: 'Radiotherapy?',
  });
const gone = { code: 'not_found' };

describe('whom a referring doctor may not look up', () => {
  const known = {
    familyName: 'Garnier',
    givenName: 'Léa',
    birthDate: '1981-06-05',
    sex: 'F',
    identifier: 'P-9',
  };
  let referrer: AuthenticatedActor;
  let patientId: string;
  beforeAll(async () => {
    const person = await db().person.create({
      data: {
        email: 'own-referrer@example.org',
        displayName: 'Referrer of IGR',
        memberships: { create: { centreId: world.centres.IGR, role: 'referrer' } },
      },
    });
    referrer = await loadActor(person.id, 'web');
    ({ patientId } = await createCase(world.actors.secretary, input(known)));
  });

  test.each([
    ['a name that nothing can be compared with', { familyName: '-', givenName: '', birthDate: null }],
    ['another name', { familyName: 'Martin' }],
    ['no birth date', { birthDate: null }],
    ['another birth date', { birthDate: '1981-06-06' }],
    ['no given name', { givenName: '' }],
  ])('is not told to them for %s, nor in what it differs', async (_name, typed) => {
    const before = await db().case.count();
    const asked = input();
    const attempt = createCase(referrer, {
      ...asked,
      patient: { ...patientSchema.parse(known), ...typed },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'patient_mismatch', fields: [] });
    expect(await db().case.count()).toBe(before);
  });

  test('is not opened to them by an id that they have no case of', async () => {
    const attempt = createCase(referrer, { ...input(), patient: undefined, patientId });
    await expect(attempt).rejects.toMatchObject(gone);
  });

  test('is found by whoever knows the name and the birth date, and from then on is theirs too', async () => {
    const typed = input({ ...known, familyName: 'GARNIER' });
    expect((await createCase(referrer, typed)).patientId).toBe(patientId);
    const again = await createCase(referrer, { ...input(), patient: undefined, patientId });
    expect(again.patientId).toBe(patientId);
  });
});

describe('who asks for a case', () => {
  const refused = { code: 'invalid_input', fields: [{ path: 'requesterId', code: 'not_allowed' }] };
  const asking = (requesterId: string) => ({ ...input(), requesterId });

  test('is whoever opens it, or the doctor for whom a secretary does, which is audited', async () => {
    const { secretary, chair, referrer } = world.actors;
    const own = await createCase(chair, asking(chair.personId));
    expect((await readCase(secretary, own.id)).requesterId).toBe(chair.personId);
    const theirs = await createCase(secretary, asking(referrer.personId));
    expect((await readCase(referrer, theirs.id)).requesterId).toBe(referrer.personId);
    const row = await db().auditEvent.findFirstOrThrow({
      where: { action: 'case.create', caseId: theirs.id },
    });
    expect(row.details).toEqual({ requester: referrer.personId });
  });

  test('is nobody whom somebody else than a secretary names', async () => {
    const { chair, outsider } = world.actors;
    await expect(createCase(chair, asking(outsider.personId))).rejects.toMatchObject(refused);
  });

  test('is nobody who is no doctor, does not exist, or whose account is closed', async () => {
    const { secretary, physicist, surgeon } = world.actors;
    await expect(createCase(secretary, asking(physicist.personId))).rejects.toMatchObject(refused);
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(createCase(secretary, asking(nobody))).rejects.toMatchObject(refused);
    const setDisabled = (disabledAt: Date | null) =>
      db().person.update({ where: { id: surgeon.personId }, data: { disabledAt } });
    await setDisabled(new Date());
    try {
      await expect(createCase(secretary, asking(surgeon.personId))).rejects.toMatchObject(refused);
    } finally {
      await setDisabled(null);
    }
  });

  test('sees it no more after leaving every centre', async () => {
    const { secretary, referrer } = world.actors;
    const { id } = await createCase(secretary, asking(referrer.personId));
    await expect(readCase({ ...referrer, memberships: [] }, id)).rejects.toMatchObject(gone);
    expect(await listCases({ ...referrer, memberships: [] }, '')).toEqual([]);
  });
});
