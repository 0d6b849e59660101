import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as readAccountRoute } from '@/app/api/account/route.ts';
import { PATCH as editPersonRoute } from '@/app/api/people/[personId]/route.ts';
import { POST as addPersonRoute } from '@/app/api/people/route.ts';
import { actorFromHeaders, hashToken, loadActor } from '@/lib/auth/actor.server.ts';
import { authOptions } from '@/lib/auth/auth-options.server.ts';
import { signInWithPassword } from '@/lib/auth/sign-in.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { changePassword, createToken, listTokens, revokeToken } from '@/lib/people/account.server.ts';
import { addPerson, listPeople, searchPeople, setDisabled } from '@/lib/people/people.server.ts';
import { DEMO_PASSWORD } from '@/prisma/seed/people.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

const signIn = (email: string, password: string, address = '192.0.2.1') =>
  signInWithPassword({ email, password, address });
const auditOf = (action: string) => db().auditEvent.count({ where: { action } });

/** The cookie that next-auth would have set at a sign-in with that epoch. */
async function cookieOf(personId: string, epoch: number, claims: object = {}): Promise<string> {
  const token = await encode({
    token: { sub: personId, epoch, ...claims },
    secret: process.env.NEXTAUTH_SECRET ?? '',
  });
  return `next-auth.session-token=${token}`;
}

const newcomer = (email: string, changes: object = {}) => ({
  centreId: world.centres.IGR,
  email,
  displayName: 'Dr Ève Nouvelle',
  role: 'clinician' as const,
  specialty: 'haematology' as const,
  password: 'a long enough one',
  ...changes,
});

describe('signing in', () => {
  test('with the right password tells who, whatever the case of the e-mail, and is audited', async () => {
    const before = await auditOf('sign-in.accept');
    const person = await signIn(' Surgeon@IGR.demo ', DEMO_PASSWORD);
    expect(person).toMatchObject({ email: 'surgeon@igr.demo', epoch: 0, locale: 'fr' });
    expect(await auditOf('sign-in.accept')).toBe(before + 1);
  });

  test.each([
    ['a wrong password', 'surgeon@igr.demo', 'consilium?'],
    ['an unknown account', 'nobody@igr.demo', DEMO_PASSWORD],
    ['nothing at all', '', ''],
  ])('%s is refused in the same words, and audited', async (_name, email, password) => {
    const before = await auditOf('sign-in.refuse');
    await expect(signIn(email, password)).rejects.toMatchObject({ code: 'invalid_credentials', params: {} });
    expect(await auditOf('sign-in.refuse')).toBe(before + 1);
  });

  test('after ten wrong tries even the right password waits, and is told how many seconds', async () => {
    const guess = (password: string) => signIn('radiologist@clb.demo', password, '192.0.2.77');
    for (let attempt = 0; attempt < 10; attempt += 1)
      await expect(guess('wrong')).rejects.toMatchObject({ code: 'invalid_credentials' });
    const refusal = await guess(DEMO_PASSWORD).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'too_many_attempts', status: 429 });
    const { seconds } = (refusal as { params: { seconds: number } }).params;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(300);
    await expect(signIn('nuclear@clb.demo', DEMO_PASSWORD, '192.0.2.77')).resolves.toBeDefined();
    for (let more = 0; more < 3; more += 1)
      await expect(guess('wrong')).rejects.toMatchObject({ code: 'too_many_attempts' });
    const rows = await db().auditEvent.findMany({
      where: { action: 'sign-in.throttle', resourceId: world.actors.radiologist.personId },
    });
    expect(rows, 'one row, however many tries are turned away').toMatchObject([
      { centreId: world.centres.CLB },
    ]);
  });
});

test('of many guesses at the same time only the first ten are looked at', async () => {
  const before = await auditOf('sign-in.refuse');
  const guesses = Array.from({ length: 14 }, () => signIn('referrer@city.demo', 'guess', '192.0.2.99'));
  const codes = (await Promise.allSettled(guesses)).map((one) => (one as PromiseRejectedResult).reason.code);
  expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(4);
  expect(await auditOf('sign-in.refuse')).toBe(before + 10);
});

describe('a login', () => {
  test('is known by its cookie', async () => {
    const { personId } = world.actors.physicist;
    const actor = await actorFromHeaders({ cookie: await cookieOf(personId, 0) }, 'web');
    expect(actor).toMatchObject({ personId, door: 'web', memberships: [{ role: 'physicist' }] });
  });

  test('ends twelve hours after the sign-in, however often its cookie was renewed', async () => {
    const { personId } = world.actors.physicist;
    const hoursAgo = (hours: number) => Math.floor(Date.now() / 1000) - hours * 3600;
    const open = (claims: object) =>
      cookieOf(personId, 0, claims).then((cookie) => actorFromHeaders({ cookie }, 'web'));
    await expect(open({ signedInAt: hoursAgo(11) })).resolves.toBeDefined();
    await expect(open({ signedInAt: hoursAgo(13) })).rejects.toMatchObject({ code: 'session_expired' });
  });

  test('is renewed with the time of its sign-in', async () => {
    const jwt = authOptions().callbacks?.jwt as (given: object) => Promise<Record<string, unknown>>;
    const signedIn = await jwt({ token: {}, user: { id: 'x', name: '', email: '', epoch: 0 } });
    expect(signedIn.signedInAt).toBeCloseTo(Date.now() / 1000, -1);
    const earlier = { ...signedIn, signedInAt: 1000, iat: 2000 };
    expect(await jwt({ token: earlier })).toMatchObject({ sub: 'x', epoch: 0, signedInAt: 1000 });
    // A login of before the time was kept counts from its last renewal, once.
    expect(await jwt({ token: { sub: 'x', epoch: 0, iat: 2000 } })).toMatchObject({ signedInAt: 2000 });
  });

  test('that was not made by us is none', async () => {
    await expect(actorFromHeaders({ cookie: 'next-auth.session-token=forged' }, 'web')).rejects.toMatchObject(
      { code: 'session_expired' },
    );
    expect(await actorFromHeaders({ cookie: 'theme=dark' }, 'web')).toBeNull();
    expect(await actorFromHeaders({}, 'web')).toBeNull();
  });

  test('ends at once when its person is disabled, and stays ended when they are enabled again', async () => {
    const { personId } = world.actors.oncologist;
    const cookie = await cookieOf(personId, 0);
    await expect(actorFromHeaders({ cookie }, 'web')).resolves.toBeDefined();
    await setDisabled(world.actors.admin, personId, { disabled: true, version: 1 });
    await expect(actorFromHeaders({ cookie }, 'web')).rejects.toMatchObject({ code: 'session_expired' });
    await expect(loadActor(personId, 'live')).rejects.toMatchObject({ code: 'session_expired' });
    await expect(signIn('oncologist@igr.demo', DEMO_PASSWORD)).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await setDisabled(world.actors.admin, personId, { disabled: false, version: 2 });
    await expect(actorFromHeaders({ cookie }, 'web')).rejects.toMatchObject({ code: 'session_expired' });
    await expect(signIn('oncologist@igr.demo', DEMO_PASSWORD)).resolves.toMatchObject({ epoch: 2 });
  });

  test('a withdrawn role is withdrawn from logins that are open', async () => {
    const { id } = await addPerson(world.actors.admin, newcomer('short@igr.demo'));
    const cookie = await cookieOf(id, 0);
    expect((await actorFromHeaders({ cookie }, 'web'))?.memberships).toHaveLength(1);
    await db().membership.deleteMany({ where: { personId: id } });
    expect((await actorFromHeaders({ cookie }, 'web'))?.memberships).toEqual([]);
  });
});

describe('changing the password', () => {
  test('needs the present one, ends every login, and only the new one counts', async () => {
    const { surgeon } = world.actors;
    const cookie = await cookieOf(surgeon.personId, 0);
    await expect(
      changePassword(surgeon, { current: 'not it', next: 'entirely new one' }),
    ).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(actorFromHeaders({ cookie }, 'web')).resolves.toBeDefined();

    await changePassword(surgeon, { current: DEMO_PASSWORD, next: 'entirely new one' });
    await expect(actorFromHeaders({ cookie }, 'web')).rejects.toMatchObject({ code: 'session_expired' });
    await expect(signIn('surgeon@igr.demo', DEMO_PASSWORD)).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(signIn('surgeon@igr.demo', 'entirely new one')).resolves.toMatchObject({ epoch: 1 });
  });

  test('revokes every API token, of nobody else, and says so in the audit', async () => {
    const { id } = await addPerson(world.actors.admin, newcomer('tokens@igr.demo'));
    const actor = await loadActor(id, 'web');
    const made = [
      await createToken(actor, { label: 'one', days: 1 }),
      await createToken(actor, { label: 'two', days: null }),
    ];
    const other = await createToken(world.actors.chair, { label: '', days: 1 });
    await changePassword(actor, { current: 'a long enough one', next: 'entirely new one' });
    for (const { token } of made)
      await expect(actorFromHeaders({ authorization: `Bearer ${token}` }, 'api')).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    await expect(actorFromHeaders({ authorization: `Bearer ${other.token}` }, 'api')).resolves.toBeDefined();
    const rows = await db().auditEvent.findMany({ where: { action: 'token.revoke', resourceId: id } });
    expect(rows.map(({ details }) => (details as { token: string }).token).sort()).toEqual(
      made.map((one) => one.id).sort(),
    );
  });

  test('is no way to guess it: after ten wrong tries even the right one waits', async () => {
    const { id } = await addPerson(world.actors.admin, newcomer('guessed@igr.demo'));
    const actor = await loadActor(id, 'web');
    const change = (current: string) => changePassword(actor, { current, next: 'entirely new one' });
    for (let attempt = 0; attempt < 10; attempt += 1)
      await expect(change('wrong')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(change('a long enough one')).rejects.toMatchObject({ code: 'too_many_attempts' });
  });
});

describe('an API token', () => {
  const bearer = (token: string) => actorFromHeaders({ authorization: `Bearer ${token}` }, 'api');

  test('opens the API as its person; only its hash is stored', async () => {
    const { token, id } = await createToken(world.actors.chair, { label: 'backup', days: 1 });
    expect(await bearer(token)).toMatchObject({ personId: world.actors.chair.personId, door: 'api' });
    const row = await db().apiToken.findUniqueOrThrow({ where: { id } });
    expect(row.hash).toBe(hashToken(token));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(
      JSON.stringify(
        await db().auditEvent.findMany({ where: { action: 'token.create' }, select: { details: true } }),
      ),
    ).not.toContain(token);
    expect(JSON.stringify(await listTokens(world.actors.chair))).not.toContain(row.hash);
  });

  test('is told from a cookie: it wins, and a wrong one is not made good by a cookie', async () => {
    const cookie = await cookieOf(world.actors.physicist.personId, 0);
    const { token } = await createToken(world.actors.chair, { label: '', days: null });
    const both = await actorFromHeaders({ cookie, authorization: `Bearer ${token}` }, 'api');
    expect(both?.personId).toBe(world.actors.chair.personId);
    await expect(actorFromHeaders({ cookie, authorization: 'Bearer wrong' }, 'api')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('expires', async () => {
    const { token, id } = await createToken(world.actors.chair, { label: '', days: 1 });
    await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    await expect(bearer(token)).rejects.toMatchObject({ code: 'session_expired' });
  });

  test('is revoked by its person alone, and then no more', async () => {
    const { token, id } = await createToken(world.actors.chair, { label: '', days: null });
    await expect(revokeToken(world.actors.admin, id)).rejects.toMatchObject({ code: 'not_found' });
    await revokeToken(world.actors.chair, id);
    await expect(bearer(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(revokeToken(world.actors.chair, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of a disabled person opens nothing', async () => {
    const { id } = await addPerson(world.actors.admin, newcomer('token@igr.demo'));
    const { token } = await createToken(await loadActor(id, 'web'), { label: '', days: null });
    await setDisabled(world.actors.admin, id, { disabled: true, version: 1 });
    await expect(bearer(token)).rejects.toMatchObject({ code: 'session_expired' });
  });
});

describe('people of a centre', () => {
  test('are added by the administrator of that very centre', async () => {
    const input = newcomer('eve@igr.demo');
    await expect(addPerson(world.actors.secretary, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      addPerson(world.actors.admin, { ...input, centreId: world.centres.CLB }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await addPerson(world.actors.admin, input);
    expect(
      await db().auditEvent.findFirst({ where: { action: 'person.add', resourceId: id } }),
    ).toMatchObject({
      actorId: world.actors.admin.personId,
      centreId: world.centres.IGR,
    });
    await expect(signIn('eve@igr.demo', input.password)).resolves.toMatchObject({ id });
    await expect(addPerson(world.actors.admin, input)).rejects.toMatchObject({ code: 'already_exists' });
  });

  test('who have an account elsewhere keep their password and stay their own centre’s to disable', async () => {
    const { nuclear, admin } = world.actors;
    await addPerson(admin, newcomer('nuclear@clb.demo'));
    await expect(signIn('nuclear@clb.demo', DEMO_PASSWORD)).resolves.toMatchObject({ id: nuclear.personId });
    await expect(setDisabled(admin, nuclear.personId, { disabled: true, version: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const row = (await listPeople(admin)).people.find(({ id }) => id === nuclear.personId);
    expect(row).toMatchObject({ mayDisable: false, memberships: [{ centreCode: 'IGR' }] });
  });

  test('are listed to their administrator alone, without another centre’s', async () => {
    await expect(listPeople(world.actors.secretary)).rejects.toMatchObject({ code: 'forbidden' });
    const emails = (await listPeople(world.actors.admin)).people.map(({ email }) => email);
    expect(emails).toContain('chair@igr.demo');
    expect(emails).not.toContain('outsider@cgfl.demo');
  });

  test('are changed by version: of two administrators the slower one is told', async () => {
    const { id } = await addPerson(world.actors.admin, newcomer('twice@igr.demo'));
    await setDisabled(world.actors.admin, id, { disabled: true, version: 1 });
    await expect(setDisabled(world.actors.admin, id, { disabled: true, version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
    });
  });

  test('an administrator locks neither themselves out nor somebody of another centre', async () => {
    const { admin, outsider } = world.actors;
    await expect(setDisabled(admin, admin.personId, { disabled: true, version: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(setDisabled(admin, outsider.personId, { disabled: true, version: 1 })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });

  test('are found by name across the network, without their addresses', async () => {
    const found = await searchPeople(world.actors.chair, 'benali');
    expect(found).toMatchObject([{ displayName: 'Dr Nadia Benali' }]);
    expect(JSON.stringify(found)).not.toContain('@');
  });
});

describe('the JSON door', () => {
  const nowhere = { params: Promise.resolve({}) };
  const post = (headers: Record<string, string>, body: unknown) =>
    new Request('http://localhost/api/people', { method: 'POST', headers, body: JSON.stringify(body) });

  test('answers a stranger with problem+json in their language', async () => {
    const request = new Request('http://localhost/api/account', { headers: { 'accept-language': 'en' } });
    const response = await readAccountRoute(request, nowhere);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'unauthenticated', title: 'Please sign in.' });
  });

  test('names the wrong fields, and takes nothing of a cookie that another site sends along', async () => {
    const cookie = await cookieOf(world.actors.admin.personId, 0);
    const wrong = await addPersonRoute(
      post({ cookie }, newcomer('no address', { password: 'short' })),
      nowhere,
    );
    expect(wrong.status).toBe(422);
    const { errors } = (await wrong.json()) as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path).sort()).toEqual(['email', 'password']);
    const foreign = post({ cookie, 'sec-fetch-site': 'cross-site' }, newcomer('foreign@igr.demo'));
    expect((await addPersonRoute(foreign, nowhere)).status).toBe(403);
    expect(await db().person.count({ where: { email: 'foreign@igr.demo' } })).toBe(0);
  });

  test('stops reading a body that is too long, though it never said how long it is', async () => {
    const cookie = await cookieOf(world.actors.admin.personId, 0);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000;
        if (sent > 20_000_000) controller.close();
        else controller.enqueue(Buffer.alloc(100_000, ' '));
      },
    });
    const init = { method: 'POST', headers: { cookie }, body, duplex: 'half' } as RequestInit;
    const response = await addPersonRoute(new Request('http://localhost/api/people', init), nowhere);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(2_000_000);
  });

  test('an id that no row could have is not found', async () => {
    const cookie = await cookieOf(world.actors.admin.personId, 0);
    const request = new Request('http://localhost/api/people/x', { method: 'PATCH', headers: { cookie } });
    const response = await editPersonRoute(request, { params: Promise.resolve({ personId: 'x' }) });
    expect(response.status).toBe(404);
  });
});
