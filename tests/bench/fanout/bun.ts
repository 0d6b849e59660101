import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bareMessages, joinBare, type Peer, SERVER_CORE } from './peers.ts';
import type { Usage } from './usage.ts';

/** A hundred megabytes that nothing but this comparison needs: fetched for it, once, and kept beside the packages. */
const VERSION = '1.4.5';
const folder = path.resolve('node_modules/.cache/consilium-bun', VERSION);

function bun(): string {
  const command = path.join(folder, 'node_modules/.bin/bun');
  if (!fs.existsSync(command)) {
    fs.mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, `bun@${VERSION}`]);
    // Its package puts the binary in place when it is first run.
    execFileSync(command, ['--version']);
  }
  return command;
}

/** Bun's server on the servers' core. */
export async function startBun(): Promise<Peer> {
  const script = path.join(import.meta.dirname, 'bun-server.mjs');
  const child = spawn('taskset', ['-c', SERVER_CORE, bun(), script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const next = async <T>() => JSON.parse(((await once(lines, 'line')) as [string])[0]) as T;
  const { port } = await next<{ port: number }>();
  return {
    name: 'Bun',
    usage: () => {
      const answer = next<Usage>();
      child.stdin.write('usage\n');
      return answer;
    },
    join: joinBare(port),
    message: bareMessages(),
    stop: () => child.stdin.end(),
  };
}
