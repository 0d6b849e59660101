import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { applyMigrations, type MigrationFolder } from './schema-engine.server.ts';

/**
 * Brings a database to the newest schema, offline. Asks the database first what it has, so that an ordinary start
 * does not load the engine. Two processes that start at once take turns by an advisory lock.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const migrations = await readMigrations('prisma/migrations');
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(2007, 2009)');
    const applied = await appliedNames(client);
    if (migrations.every(({ name }) => applied.has(name))) return [];
    return await applyMigrations(connectionString, migrations);
  } finally {
    await client.end();
  }
}

async function appliedNames(client: pg.Client): Promise<Set<string>> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (!table.rows[0]?.name) return new Set();
  const rows = await client.query(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Set(rows.rows.map((row: { migration_name: string }) => row.migration_name));
}

async function readMigrations(folder: string): Promise<MigrationFolder[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await fs.readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
    })),
  );
}
