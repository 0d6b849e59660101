import fs from 'node:fs/promises';
import path from 'node:path';

/** Written by the one server that owns DATA_DIR; tells commands at the shell how to reach its database. */
type RunFile = { pid: number; startTime: string; databaseUrl: string };

const fileOf = (dataDir: string) => path.join(dataDir, 'run.json');
const lockOf = (dataDir: string) => path.join(dataDir, 'run.lock');

/**
 * Takes DATA_DIR for this process. A lock left by a killed process is taken over: the process number alone may have
 * been given to somebody else since, so its start time is compared too. Throws one clear line when another runs.
 */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  const lock = lockOf(dataDir);
  const mine = `${process.pid} ${await startTime(process.pid)}\n`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await fs.writeFile(lock, mine, { flag: 'wx' });
      return async () => {
        await fs.rm(fileOf(dataDir), { force: true });
        await fs.rm(lock, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, started] = (await fs.readFile(lock, 'utf8').catch(() => '')).trim().split(' ');
    if (pid && (await startTime(Number(pid))) === started) {
      throw new Error(`DATA_DIR ${dataDir} is in use by another Consilium (process ${pid})`);
    }
    await fs.rm(lock, { force: true });
  }
  throw new Error(`DATA_DIR ${dataDir} cannot be locked`);
}

/** Published once every door is open. */
export async function writeRunFile(dataDir: string, databaseUrl: string): Promise<void> {
  const content: RunFile = { pid: process.pid, startTime: await startTime(process.pid), databaseUrl };
  const file = fileOf(dataDir);
  await fs.writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  await fs.rename(`${file}.new`, file);
}

/** The running server of this DATA_DIR, or undefined when there is none. */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  try {
    const content = JSON.parse(await fs.readFile(fileOf(dataDir), 'utf8')) as RunFile;
    return (await startTime(content.pid)) === content.startTime ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat: when a process started, in clock ticks since boot; `none` when there is none. */
async function startTime(pid: number): Promise<string> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'none';
}
