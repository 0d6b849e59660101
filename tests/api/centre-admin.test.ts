import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFromHeaders } from '@/lib/auth/actor.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { signInWithPassword } from '@/lib/auth/sign-in.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { addCentreAdmin } from '@/lib/people/add-centre-admin.server.ts';
import { replacePassword } from '@/lib/people/replace-password.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

const run = promisify(execFile);

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

const shell: Actor = { personId: null, displayName: 'admin', memberships: [], locale: 'en', door: 'cli' };
const auditOf = (centreId: string) =>
  db().auditEvent.findMany({
    where: { centreId },
    orderBy: { id: 'asc' },
    select: { action: true, door: true },
  });

describe('a centre and its first administrator', () => {
  test('are made together, audited, and the administrator signs in with the password that was told', async () => {
    const made = await addCentreAdmin(shell, {
      centre: 'NEW1',
      name: 'Nouveau Centre',
      email: 'Admin@New.example',
      displayName: 'Ada Neuve',
    });
    expect(made.centreCreated).toBe(true);
    const centre = await db().centre.findUniqueOrThrow({ where: { code: 'NEW1' } });
    expect(centre.name).toBe('Nouveau Centre');
    expect(await auditOf(centre.id)).toEqual([
      { action: 'centre.create', door: 'cli' },
      { action: 'person.add', door: 'cli' },
    ]);
    const signedIn = await signInWithPassword({
      email: 'admin@new.example',
      password: made.password ?? '',
      address: '192.0.2.9',
    });
    expect(signedIn.name).toBe('Ada Neuve');
  });

  test('somebody with an account keeps it and its password, and administers the centre too', async () => {
    const made = await addCentreAdmin(shell, { centre: 'CGFL', email: 'surgeon@igr.demo' });
    expect(made).toEqual({ centreCreated: false, password: null });
    const { memberships } = await db().person.findUniqueOrThrow({
      where: { email: 'surgeon@igr.demo' },
      include: { memberships: { where: { role: 'admin' } } },
    });
    expect(memberships.map((one) => one.centreId)).toEqual([world.centres.CGFL]);
  });

  test.each([
    ['an unknown centre without a name', { centre: 'NONE', email: 'one@none.example' }, 'not_found'],
    ['an administrator of it already', { centre: 'IGR', email: 'admin@igr.demo' }, 'already_exists'],
  ])('%s is refused, and nothing is left behind', async (_name, input, code) => {
    const before = await db().person.count();
    await expect(addCentreAdmin(shell, input)).rejects.toMatchObject({ code });
    expect(await db().person.count()).toBe(before);
  });

  test('nobody who is signed in grows the network, an administrator neither', async () => {
    const input = { centre: 'ROGUE', name: 'Rogue', email: 'rogue@rogue.example' };
    await expect(addCentreAdmin(world.actors.admin, input)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await db().centre.count({ where: { code: 'ROGUE' } })).toBe(0);
  });
});

describe('a lost password', () => {
  test('is replaced at the shell: the new one signs in, sign-ins of before end, and it is audited', async () => {
    const before = await db().person.findUniqueOrThrow({ where: { email: 'physicist@clb.demo' } });
    const { token } = await createToken(world.actors.physicist, { label: '', days: null });
    const password = await replacePassword(shell, 'Physicist@clb.demo');
    await expect(actorFromHeaders({ authorization: `Bearer ${token}` }, 'api')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const revoked = { action: 'token.revoke', resourceId: before.id, door: 'cli' };
    expect(await db().auditEvent.count({ where: revoked })).toBe(1);
    const signedIn = await signInWithPassword({ email: before.email, password, address: '192.0.2.9' });
    expect(signedIn.epoch).toBe(before.sessionEpoch + 1);
    const row = {
      action: 'account.password',
      resourceId: before.id,
      centreId: world.centres.CLB,
      door: 'cli',
    };
    expect(await db().auditEvent.count({ where: row })).toBe(1);
  });

  test('is nobody else’s to replace, and nobody’s where there is no account', async () => {
    const email = 'chair@igr.demo';
    await expect(replacePassword(world.actors.admin, email)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(replacePassword(shell, 'nobody@igr.demo')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('npm run admin', () => {
  const admin = (...args: string[]) =>
    run('node_modules/.bin/tsx', ['lib/people/admin-cli.ts', ...args], {
      env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: database.dataDir, LOG_LEVEL: 'silent' },
    });

  test('prints the password of a new account', async () => {
    const { stdout } = await admin(
      '--centre',
      'SHELL',
      '--name',
      'Par la console',
      '--email',
      'a@shell.example',
    );
    expect(stdout).toContain('Centre SHELL (Par la console) is made.');
    expect(stdout).toMatch(/^Password, shown once: \S{20}$/m);
  });

  test('says in one line what is wrong with an option, and how it is used', async () => {
    await expect(admin('--centre', 'lower case', '--email', 'x')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--centre: .+\n--email: .+\nUsage: /),
    });
  });
});
