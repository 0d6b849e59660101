/** The production build: database client, pages (webpack: see docs/decisions), server. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { build } from 'esbuild';

const run = (command, args, env = {}) =>
  execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });

fs.rmSync('dist', { recursive: true, force: true });
// Prisma's generator needs no schema engine, but its CLI looks for one; any program that succeeds will do.
run('node_modules/.bin/prisma', ['generate'], {
  PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
  CHECKPOINT_DISABLE: '1',
});
await build({
  entryPoints: { server: 'server.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  alias: { '@': process.cwd() },
});
run('node_modules/.bin/next', ['build', '--webpack'], {
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
});
run(process.execPath, ['tools/build-stamp.mjs', 'write']);
