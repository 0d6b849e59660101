/** `check`: exit 0 when the build is of these sources. `write`: note that it is. Judged by content, not by dates. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const sources = [
  'app',
  'components',
  'lib',
  'messages',
  'prisma',
  'public',
  'tools/build.mjs',
  'server.ts',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma.config.ts',
  'tsconfig.json',
];
const stampFile = 'dist/.build-stamp';
const products = ['dist/server.mjs', '.next/BUILD_ID', 'lib/db/generated/client.ts'];

function* files(entry) {
  if (!fs.existsSync(entry)) return;
  if (!fs.statSync(entry).isDirectory()) return yield entry;
  for (const name of fs.readdirSync(entry).sort()) {
    const child = path.join(entry, name);
    if (child !== 'lib/db/generated' && !/\.test\.tsx?$/.test(name)) yield* files(child);
  }
}

const hash = createHash('sha256').update(process.version);
for (const source of sources)
  for (const file of files(source)) hash.update(`\0${file}\0`).update(fs.readFileSync(file));
const stamp = hash.digest('hex');

if (process.argv[2] === 'write') {
  fs.writeFileSync(stampFile, stamp);
} else {
  const same = fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp;
  process.exit(same && products.every((file) => fs.existsSync(file)) ? 0 : 1);
}
