import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const require = createRequire(import.meta.url);
const SCHEMA = 'prisma/schema.prisma';
const filters = { externalTables: [], externalEnums: [] };

type Engine = {
  diff(input: unknown): Promise<{ stdout: string | null }>;
  applyMigrations(input: unknown): Promise<{ appliedMigrationNames: string[] }>;
};

/**
 * Prisma's own migration engine as WebAssembly. The CLI would download a native one at first use, which a hospital
 * behind a closed network cannot; this one comes with npm and keeps the same `_prisma_migrations` table.
 */
async function withEngine<T>(connectionString: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const bg = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = path.join(
    path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
    'schema_engine_bg.wasm',
  );
  const module = await WebAssembly.compile(new Uint8Array(await fs.readFile(wasmFile)));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bg as never });
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start(): void };
  (bg as { __wbg_set_wasm(exports: unknown): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  const { SchemaEngine } = bg as unknown as {
    SchemaEngine: {
      new: (options: unknown, log: (text: string) => void, adapter: unknown) => Promise<Engine>;
    };
  };
  const { factory, close } = wholeScripts(connectionString);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    return await use(
      await SchemaEngine.new({ datamodels: [[SCHEMA, await schemaText()]] }, () => undefined, adapter),
    );
  } finally {
    await close();
  }
}

/**
 * The adapter cuts a script at every semicolon, also inside a function's body. Sent whole, PostgreSQL parses it
 * itself and runs it as one transaction: a migration is applied altogether or not at all.
 */
function wholeScripts(connectionString: string): { factory: PrismaPg; close: () => Promise<void> } {
  const factory = new PrismaPg({ connectionString });
  const connect = factory.connect.bind(factory);
  const open: { dispose(): Promise<void> }[] = [];
  factory.connect = async () => {
    const connection = await connect();
    open.push(connection);
    connection.executeScript = async (script) => {
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      await client.connect();
      await client.query(script).finally(() => client.end());
    };
    return connection;
  };
  // The engine leaves its connections open.
  return {
    factory,
    close: async () => void (await Promise.all(open.map((connection) => connection.dispose()))),
  };
}

/** The schema without its generator block, which the engine does not know. */
async function schemaText(): Promise<string> {
  return withoutGenerator(await fs.readFile(SCHEMA, 'utf8'));
}

function withoutGenerator(text: string): string {
  return text.replace(/^generator \w+ \{[^}]*\}\n/m, '');
}

/** The SQL that brings a database of an earlier schema (its text) to prisma/schema.prisma. */
export async function schemaChanges(connectionString: string, earlier: string): Promise<string> {
  const datamodel = (content: string) => ({
    tag: 'schemaDatamodel',
    files: [{ path: SCHEMA, content }],
    configDir: 'prisma',
  });
  const to = datamodel(await schemaText());
  const result = await withEngine(connectionString, (engine) =>
    engine.diff({
      from: datamodel(withoutGenerator(earlier)),
      to,
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters,
    }),
  );
  return result.stdout ?? '';
}

export type MigrationFolder = { name: string; sql: string };

/** Applies what is missing, in order. Throws with the failing statement; a failed migration stays marked as such. */
export async function applyMigrations(
  connectionString: string,
  migrations: readonly MigrationFolder[],
): Promise<string[]> {
  const migrationsList = {
    baseDir: path.resolve('prisma/migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
  const result = await withEngine(connectionString, (engine) =>
    engine.applyMigrations({ migrationsList, filters }),
  );
  return result.appliedMigrationNames;
}
