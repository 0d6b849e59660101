/**
 * The product's room on a real PostgreSQL, as a process of its own: HTTP, handshake with a token each, the policy, the
 * schema, the sequence. Answers `usage` with its processor time and what waits in its connections.
 */
import fs from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase } from '@/lib/db/client.server.ts';
import { startEmbeddedDatabase } from '@/lib/db/embedded.server.ts';
import { migrate } from '@/lib/db/migrate.server.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { attachLive } from '@/lib/live/room.server.ts';
import { createToken } from '@/lib/people/account.server.ts';
import { createTestBoard, createTestSession } from '../../live/board.ts';
import { createWorld } from '../../setup/world.ts';
import { answerUsage } from './usage.ts';

const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-fanout-'));
process.env.DATA_DIR = dataDir;
process.env.NEXTAUTH_SECRET = 'a secret for the benchmark only';
const database = await startEmbeddedDatabase(dataDir);
await migrate(database.url);
openDatabase(database.url);
const world = await createWorld();
const session = await createTestSession(world, await createTestBoard(world));
const tokens = [];
for (const who of ['chair', 'oncologist', 'surgeon', 'nuclear'] as const)
  tokens.push((await createToken(world.actors[who], { label: 'bench', days: 1 })).token);

const server = createServer();
const live = attachLive(server);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
answerUsage();
process.send?.({
  port: (server.address() as AddressInfo).port,
  sessionId: session.id,
  itemId: session.items[0],
  protocol: PROTOCOL_VERSION,
  tokens,
});
process.once('disconnect', async () => {
  await live.close();
  await closeDatabase();
  await database.stop();
  await fs.rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});
