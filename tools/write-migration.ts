/**
 * Writes a migration with what prisma/schema.prisma has more than the committed one: `npm run db:migration -- name`.
 * What the schema language cannot say (functions, triggers, checks) is added to the file by hand, before it is committed.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedDatabase } from '../lib/db/embedded.server.ts';
import { schemaChanges } from '../lib/db/schema-engine.server.ts';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z_]+$/.test(name)) throw new Error('usage: npm run db:migration -- name_of_the_change');
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = `prisma/migrations/${stamp}_${name}`;
const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-migration-'));
const database = await startEmbeddedDatabase(scratch);
try {
  const earlier = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
  const sql = await schemaChanges(database.url, earlier);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'migration.sql'), sql);
  console.log(`${folder}: ${sql.split('\n').length} lines`);
} finally {
  await database.stop();
  await fs.rm(scratch, { recursive: true, force: true });
}
