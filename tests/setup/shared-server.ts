import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startServer } from './server-process.ts';

/** One server with the demonstration for all browser tests; its address is in BASE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-browser-'));
  const server = await startServer({ dataDir });
  process.env.BASE_URL = server.origin;
  process.env.SHARED_DATA_DIR = dataDir;
  return async () => {
    await server.stop();
    await fs.rm(dataDir, { recursive: true, force: true });
  };
}
