import { afterAll, beforeAll, expect, test } from 'vitest';
import { PUT as setRolesRoute } from '@/app/api/people/[personId]/roles/route.ts';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { addPerson, listPeople, setDisabled } from '@/lib/people/people.server.ts';
import { setRoles } from '@/lib/people/roles.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;
let igr: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  igr = world.centres.IGR;
});
afterAll(() => database.close());

const clinician = { role: 'clinician' as const, specialty: 'surgery' as const };
const secretary = { role: 'secretary' as const, specialty: null };
const administrator = { role: 'admin' as const, specialty: null };

const newcomer = (email: string, centreId = igr) => ({
  centreId,
  email,
  displayName: 'Dr Ève Nouvelle',
  role: 'clinician' as const,
  specialty: 'haematology' as const,
  password: 'a long enough one',
});
const rowOf = async (id: string) =>
  (await listPeople(world.actors.admin)).people.find((person) => person.id === id);

test('somebody has the new roles at once, the old ones no more, and the audit tells both', async () => {
  const { admin } = world.actors;
  const { id } = await addPerson(admin, newcomer('eve@igr.demo'));
  expect(await setRoles(admin, id, { centreId: igr, roles: [secretary, clinician], version: 1 })).toEqual({
    version: 2,
  });
  const { memberships } = await loadActor(id, 'web');
  expect(memberships).toEqual(
    expect.arrayContaining([
      { centreId: igr, role: 'secretary', specialty: null },
      { centreId: igr, role: 'clinician', specialty: 'surgery' },
    ]),
  );
  expect(memberships).toHaveLength(2);
  const told = await db().auditEvent.findFirst({ where: { action: 'person.roles', resourceId: id } });
  expect(told).toMatchObject({
    actorId: admin.personId,
    centreId: igr,
    details: {
      roles: ['secretary', 'clinician'],
      specialties: ['surgery'],
      formerRoles: ['clinician'],
      formerSpecialties: ['haematology'],
    },
  });
});

test('only the administrator of that very centre says what somebody is there', async () => {
  const { admin, secretary: clerk, nuclear, outsider } = world.actors;
  const change = { centreId: igr, roles: [administrator], version: 1 };
  await expect(setRoles(clerk, clerk.personId, change)).rejects.toMatchObject({ code: 'forbidden' });
  // Somebody of another centre is not of this one, and their own centre is not this administrator's.
  await expect(setRoles(admin, outsider.personId, change)).rejects.toMatchObject({ code: 'not_found' });
  const there = { centreId: world.centres.CLB, roles: [administrator], version: 1 };
  await expect(setRoles(admin, nuclear.personId, there)).rejects.toMatchObject({ code: 'not_found' });
  expect(
    can(await loadActor(nuclear.personId, 'web'), 'centre.people', {
      kind: 'centre',
      centreId: world.centres.CLB,
    }),
  ).toBe(false);
});

test('administrators do not take their own administration away', async () => {
  const { admin } = world.actors;
  const without = { centreId: igr, roles: [secretary], version: 1 };
  await expect(setRoles(admin, admin.personId, without)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    setRoles(admin, admin.personId, { ...without, roles: [secretary, administrator] }),
  ).resolves.toEqual({ version: 2 });
});

test('of two administrators the slower one is told, and nothing of theirs is kept', async () => {
  const { admin } = world.actors;
  const { id } = await addPerson(admin, newcomer('twice@igr.demo'));
  const change = (role: typeof secretary | typeof clinician) =>
    setRoles(admin, id, { centreId: igr, roles: [role], version: 1 });
  const codes = (await Promise.allSettled([change(secretary), change(clinician)])).map((one) =>
    one.status === 'rejected' ? one.reason.code : 'done',
  );
  expect(codes.toSorted()).toEqual(['done', 'version_conflict']);
  expect((await rowOf(id))?.memberships).toHaveLength(1);
});

test('a centre that changes the roles of its own person stays the one that may end the account', async () => {
  const { admin } = world.actors;
  const { id } = await addPerson(admin, newcomer('mover@igr.demo'));
  await db().membership.create({
    data: { personId: id, centreId: world.centres.CLB, role: 'clinician', specialty: 'surgery' },
  });
  await setRoles(admin, id, { centreId: igr, roles: [secretary], version: 1 });
  expect(await rowOf(id)).toMatchObject({ mayDisable: true, elsewhere: true });
  await expect(setDisabled(admin, id, { disabled: true, version: 2 })).resolves.toEqual({ version: 3 });
});

test('without a role somebody leaves the centre, but no account is left without any', async () => {
  const { admin, nuclear } = world.actors;
  await addPerson(admin, newcomer('nuclear@clb.demo'));
  await setRoles(admin, nuclear.personId, { centreId: igr, roles: [], version: 1 });
  expect(await rowOf(nuclear.personId)).toBeUndefined();
  expect((await loadActor(nuclear.personId, 'web')).memberships).toMatchObject([
    { centreId: world.centres.CLB },
  ]);
  const { id } = await addPerson(admin, newcomer('alone@igr.demo'));
  await expect(setRoles(admin, id, { centreId: igr, roles: [], version: 1 })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect((await rowOf(id))?.memberships).toHaveLength(1);
});

test.each([
  ['a role twice', [clinician, { ...clinician, specialty: 'radiology' }]],
  ['a role that there is not', [{ role: 'chief' }]],
  ['a specialty that there is not', [{ role: 'clinician', specialty: 'leeches' }]],
])('%s is refused at the door', async (_name, roles) => {
  const { admin } = world.actors;
  const { token } = await createToken(admin, { label: '', days: null });
  const { id } = await addPerson(admin, newcomer(`${crypto.randomUUID()}@igr.demo`));
  const request = new Request(`http://localhost/api/people/${id}/roles`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ centreId: igr, roles, version: 1 }),
  });
  const answer = await setRolesRoute(request, { params: Promise.resolve({ personId: id }) });
  expect(answer.status).toBe(422);
  expect((await rowOf(id))?.memberships).toMatchObject([{ role: 'clinician', specialty: 'haematology' }]);
});
