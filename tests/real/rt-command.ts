/** `npm run rt` itself, as people run it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

export type Figures = Record<string, number> & { reason?: string };

/** What the command prints with `--json`. */
export async function rt(...args: string[]): Promise<Record<string, Figures>> {
  const { stdout } = await run('npm', ['run', '-s', 'rt', '--', ...args, '--json'], { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

/** How the command ends that cannot do what it is asked. */
export const failing = (...args: string[]): Promise<{ code: number; stderr: string }> =>
  run('npm', ['run', '-s', 'rt', '--', ...args]).then(
    () => ({ code: 0, stderr: '' }),
    (error) => ({ code: error.code, stderr: error.stderr }),
  );

/** @param share how far the value may be off, as a part of what is expected */
export const within = (value: number | undefined, expected: number, share: number, what = ''): void =>
  expect(Math.abs((value ?? Number.NaN) / expected - 1), `${what} ${value} against ${expected}`).toBeLessThan(
    share,
  );
