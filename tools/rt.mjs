/** `npm run rt`: bundles the command, which takes a moment, and runs it; to translate it file by file takes a second. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const { outputFiles } = await build({
  entryPoints: [path.join(root, 'lib/rt/rt-cli.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  write: false,
  logLevel: 'warning',
  alias: { '@': root },
});
// Beside the packages that it imports; each run has a file of its own.
const file = path.join(root, 'node_modules', `.rt-${process.pid}.mjs`);
await fs.writeFile(file, outputFiles[0].contents);
try {
  await import(pathToFileURL(file));
} finally {
  await fs.rm(file);
}
