import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '@/lib/auth/password.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
});
afterAll(() => database.close());

describe('no change without its audit row', () => {
  test('a change that leaves none is rolled back', async () => {
    const change = withAudit(world.actors.admin, (tx) =>
      tx.centre.update({ where: { code: 'CLB' }, data: { name: 'changed' } }),
    );
    await expect(change).rejects.toThrow('without its audit row');
    expect(await db().centre.findUnique({ where: { code: 'CLB' } })).toMatchObject({ name: 'Centre B' });
  });

  test('a failing change leaves no audit row', async () => {
    const change = withAudit(world.actors.admin, async (_tx, audit) => {
      audit({ action: 'test.change', resourceType: 'centre', resourceId: 'x', centreId: world.centres.IGR });
      throw new Error('after the row');
    });
    await expect(change).rejects.toThrow('after the row');
    expect(await db().auditEvent.count({ where: { action: 'test.change' } })).toBe(0);
  });

  test('the row tells who, by which door and what', async () => {
    await withAudit(world.actors.admin, async (_tx, audit) => {
      audit({ action: 'test.read', resourceType: 'centre', resourceId: 'y', centreId: world.centres.IGR });
    });
    expect(await db().auditEvent.findFirst({ where: { action: 'test.read' } })).toMatchObject({
      actorId: world.actors.admin.personId,
      actorName: world.actors.admin.displayName,
      door: 'web',
    });
  });

  test.each([
    ['UPDATE', `UPDATE "AuditEvent" SET action = 'other'`],
    ['DELETE', `DELETE FROM "AuditEvent"`],
    ['TRUNCATE', `TRUNCATE "AuditEvent"`],
  ])('the database itself refuses %s', async (_name, sql) => {
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  });
});

test('a password is known again by its hash alone, and no other is', async () => {
  const hash = await hashPassword('Élan vital');
  expect(hash).toMatch(/^\$scrypt\$ln=16,r=8,p=2\$/);
  expect(await verifyPassword('E\u0301lan vital', hash), 'the same letters typed another way').toBe(true);
  expect(await verifyPassword('Elan vital', hash)).toBe(false);
  expect(await verifyPassword('Élan vital', null)).toBe(false);
});
