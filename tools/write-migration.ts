/**
 * Writes prisma/migrations/20261124000000_init from the schema plus tools/append-only.sql, while no release exists;
 * after the first one, migrations are only added.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedDatabase } from '../lib/db/embedded.server.ts';
import { schemaAsSql } from '../lib/db/schema-engine.server.ts';

const folder = 'prisma/migrations/20261124000000_init';
const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-migration-'));
const database = await startEmbeddedDatabase(scratch);
try {
  const sql = await schemaAsSql(database.url);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(
    path.join(folder, 'migration.sql'),
    sql + (await fs.readFile('tools/append-only.sql', 'utf8')),
  );
  await fs.writeFile('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n');
  console.log(`${folder}: ${sql.split('\n').length} lines`);
} finally {
  await database.stop();
  await fs.rm(scratch, { recursive: true, force: true });
}
