import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { startServer } from '../setup/server-process.ts';

const run = promisify(execFile);

async function withDataDir(body: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-commands-'));
  try {
    await body(dataDir);
  } finally {
    await fs.rm(dataDir, { recursive: true, force: true });
  }
}

/** Process numbers of a data folder's PostgreSQL; '' when there is none. No shell: it would find its own words. */
const postgresOf = (dataDir: string) =>
  spawnSync('pgrep', ['-f', '--', `-D ${dataDir}/postgres`], { encoding: 'utf8' }).stdout.trim();

test('stops cleanly on SIGTERM and leaves no PostgreSQL behind', async () => {
  await withDataDir(async (dataDir) => {
    const server = await startServer({ dataDir, env: { DEMO: '0' } });
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    expect(postgresOf(dataDir)).toBe('');
  });
});

test('starts again after kill -9 of the whole process group, and recovers the orphaned PostgreSQL', async () => {
  await withDataDir(async (dataDir) => {
    const first = await startServer({ dataDir, env: { DEMO: '0' } });
    await first.kill();
    expect(postgresOf(dataDir), 'the database outlives its server: the case to recover from').not.toBe('');
    const second = await startServer({ dataDir, env: { DEMO: '0' } });
    expect((await fetch(`${second.origin}/readyz`)).status).toBe(200);
    expect(await second.stop()).toBe(0);
    expect(postgresOf(dataDir)).toBe('');
  });
});

test('two servers never share one data folder', async () => {
  await withDataDir(async (dataDir) => {
    const first = await startServer({ dataDir, env: { DEMO: '0' } });
    await expect(startServer({ dataDir, env: { DEMO: '0' } })).rejects.toThrow(
      /is in use by another Consilium/,
    );
    expect((await fetch(`${first.origin}/readyz`)).status, 'the first one goes on').toBe(200);
    await first.stop();
  });
});

for (const [name, value, message] of [
  ['PORT', 'many', /PORT/],
  ['DEMO', 'maybe', /DEMO/],
  ['LOG_LEVEL', 'loud', /LOG_LEVEL/],
  ['DICOM_AET', 'A TITLE FAR TOO LONG', /DICOM_AET/],
] as const) {
  test(`an unusable ${name} stops the boot with one clear line`, async () => {
    const env = { ...process.env, [name]: value } as NodeJS.ProcessEnv;
    const failure = await run(process.execPath, ['dist/server.mjs'], { env }).catch((error) => error);
    expect(failure.code).toBe(1);
    expect(failure.stderr.trim().split('\n')).toHaveLength(1);
    expect(failure.stderr).toMatch(message);
  });
}
