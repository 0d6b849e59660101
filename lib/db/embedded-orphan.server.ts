import fs from 'node:fs/promises';
import path from 'node:path';
import { log } from '@/lib/log.server.ts';

/**
 * A run that was killed leaves its PostgreSQL behind, serving nobody. It is stopped by its own fast shutdown (then
 * the immediate one: it recovers by its write-ahead log). A pid file that names some other program is removed.
 * The caller holds DATA_DIR's lock, so no living Consilium uses this server.
 */
export async function stopOrphan(databaseDir: string): Promise<void> {
  const pidFile = path.join(databaseDir, 'postmaster.pid');
  const pid = Number((await fs.readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await isPostgresOf(pid, databaseDir))) {
    await fs.rm(pidFile, { force: true });
    return;
  }
  log.warn({ pid }, 'Stopping the PostgreSQL that an earlier run left behind');
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    if (await gone(pid, databaseDir, 10_000)) return;
  }
  throw new Error(`The PostgreSQL of an earlier run (process ${pid}) does not stop`);
}

async function isPostgresOf(pid: number, databaseDir: string): Promise<boolean> {
  const commandLine = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const words = commandLine.split('\0');
  return path.basename(words[0] ?? '').startsWith('postgres') && words.includes(databaseDir);
}

async function gone(pid: number, databaseDir: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!(await isPostgresOf(pid, databaseDir))) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
