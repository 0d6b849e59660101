import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../setup/server-process.ts';

/** nginx serving files of these names as they lie on the disk: what a web server does at best. */
export async function startNginx(
  files: readonly { name: string; bytes: Buffer }[],
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-nginx-'));
  await fs.chmod(folder, 0o755);
  for (const { name, bytes } of files) await fs.writeFile(path.join(folder, name), bytes, { mode: 0o644 });
  const port = await freePort();
  const config = `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
worker_processes auto;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; root ${folder}; }
}`;
  const file = path.join(folder, 'nginx.conf');
  await fs.writeFile(file, config);
  const child = spawn('nginx', ['-c', file], { stdio: 'inherit' });
  const origin = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + 10_000; ; ) {
    if (
      await fetch(`${origin}/`).then(
        () => true,
        () => false,
      )
    )
      break;
    if (Date.now() > until) throw new Error('nginx did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    stop: async () => {
      child.kill('SIGQUIT');
      await new Promise((resolve) => child.once('exit', resolve));
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

export function nginxVersion(): string {
  const words = execFileSync('sh', ['-c', 'nginx -v 2>&1'], { encoding: 'utf8' });
  return /nginx\/([\d.]+)/.exec(words)?.[1] ?? 'unknown';
}
