/** `npm run token -- --user EMAIL [--days N]`: prints an API token for an account. */
import { parseArgs } from 'node:util';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { openCommandDatabase } from '@/lib/db/open.server.ts';
import { parseEnv } from '@/lib/env.ts';
import { createToken } from './account.server.ts';

try {
  const { values } = parseArgs({ options: { user: { type: 'string' }, days: { type: 'string' } } });
  const days = values.days === undefined ? 90 : Number(values.days);
  if (!values.user || !Number.isInteger(days) || days < 1 || days > 3650)
    throw new Error('Usage: npm run token -- --user EMAIL [--days N]');
  const database = await openCommandDatabase(parseEnv(process.env));
  try {
    const person = await db().person.findUnique({
      where: { email: values.user.toLowerCase() },
      select: { id: true },
    });
    if (!person) throw new Error(`There is no account ${values.user}`);
    const { token } = await createToken(await loadActor(person.id, 'cli'), { label: 'command line', days });
    console.log(token);
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
