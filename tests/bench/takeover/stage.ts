import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase } from '@/lib/db/client.server.ts';
import { startEmbeddedDatabase } from '@/lib/db/embedded.server.ts';
import { migrate } from '@/lib/db/migrate.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { createTestBoard, createTestSession, type Session } from '../../live/board.ts';
import { RoomProcess } from '../../live/processes/many.ts';
import { RedisServer } from '../../live/processes/redis-server.ts';
import { createWorld } from '../../setup/world.ts';

/** A real PostgreSQL and a real Redis, a session to meet in, and tokens of the chair and three others. */
export type Stage = {
  tokens: [string, string, string, string];
  session: () => Promise<Session>;
  process: (port?: number) => Promise<RoomProcess>;
  close: () => Promise<void>;
};

export async function setStage(): Promise<Stage> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-takeover-'));
  process.env.DATA_DIR = dataDir;
  process.env.NEXTAUTH_SECRET = 'a secret for the benchmark only';
  const database = await startEmbeddedDatabase(dataDir);
  await migrate(database.url);
  openDatabase(database.url);
  const redis = await RedisServer.start();
  const world = await createWorld();
  const board = await createTestBoard(world);
  const token = async (who: 'chair' | 'oncologist' | 'surgeon' | 'nuclear') =>
    (await createToken(world.actors[who], { label: 'bench', days: 1 })).token;
  return {
    tokens: [await token('chair'), await token('oncologist'), await token('surgeon'), await token('nuclear')],
    session: () => createTestSession(world, board),
    process: (port = 0) =>
      RoomProcess.start({ DATABASE_URL: database.url, REDIS_URL: redis.url, PORT: String(port) }),
    close: async () => {
      await closeDatabase();
      await redis.kill();
      await database.stop();
      await fs.rm(dataDir, { recursive: true, force: true });
    },
  };
}
