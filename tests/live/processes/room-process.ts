import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeDatabase, openDatabase } from '@/lib/db/client.server.ts';
import { connectRedis } from '@/lib/live/processes/redis.server.ts';
import { attachLive } from '@/lib/live/room.server.ts';

/** One of several processes with the rooms' door and nothing else. Says its port on a line when it is open. */
const { DATABASE_URL = '', REDIS_URL = '', PORT = '0' } = process.env;
openDatabase(DATABASE_URL);
const together = await connectRedis(REDIS_URL);
const server = createServer();
const live = attachLive(server, { saveViewMs: 20 }, together);
await new Promise<void>((resolve) => server.listen(Number(PORT), '127.0.0.1', resolve));
process.once('SIGTERM', async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  await live.close();
  await closed;
  await together.close();
  await closeDatabase();
  process.exit(0);
});
process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`);
