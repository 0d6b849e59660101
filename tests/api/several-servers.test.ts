import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runInOneOfSeveral } from '@/lib/db/one-of-several.server.ts';
import { lockForServer } from '@/lib/db/server-lock.server.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const until = <T>(sight: () => T): Promise<T> => vi.waitFor(sight, { timeout: 15_000, interval: 10 });

describe('several servers on one database', () => {
  test('the first is alone until its start is through; the second waits for that and clears nothing', async () => {
    const first = await lockForServer(database.url, true);
    expect(first.alone).toBe(true);
    const coming = lockForServer(database.url, true);
    await first.share();
    const second = await coming;
    expect(second.alone).toBe(false);
    await first.release();
    await second.release();
    const third = await lockForServer(database.url, true);
    expect(third.alone).toBe(true);
    await third.release();
  });

  test('one that knows nothing of others is refused beside any, in words', async () => {
    const first = await lockForServer(database.url, true);
    await first.share();
    await expect(lockForServer(database.url, false)).rejects.toThrow(/need REDIS_URL, each of them/);
    await first.release();
    const lone = await lockForServer(database.url, false);
    await expect(lockForServer(database.url, false)).rejects.toThrow(/need REDIS_URL, each of them/);
    await lone.release();
  });

  test('work for one of several is done by one, and by another when that one stops', async () => {
    const doing: string[] = [];
    const server = (name: string) =>
      runInOneOfSeveral(
        database.url,
        () => {
          doing.push(name);
          return { stop: async () => void doing.splice(doing.indexOf(name), 1) };
        },
        20,
      );
    const first = await server('first');
    const second = await server('second');
    expect(doing).toEqual(['first']);
    await first.stop();
    await until(() => expect(doing).toEqual(['second']));
    await second.stop();
    expect(doing).toEqual([]);
  });
});
