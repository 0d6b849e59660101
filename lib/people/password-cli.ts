/** `npm run password -- --user EMAIL`: a new password for somebody who lost theirs, printed once. */
import { parseArgs } from 'node:util';
import type { Actor } from '@/lib/auth/policy.ts';
import { openCommandDatabase } from '@/lib/db/open.server.ts';
import { parseEnv } from '@/lib/env.ts';
import { isAppError } from '@/lib/errors.ts';
import { replacePassword } from './replace-password.server.ts';

const shell: Actor = { personId: null, displayName: 'password', memberships: [], locale: 'en', door: 'cli' };

try {
  const { values } = parseArgs({ options: { user: { type: 'string' } } });
  if (!values.user) throw new Error('Usage: npm run password -- --user EMAIL');
  const database = await openCommandDatabase(parseEnv(process.env));
  try {
    console.log(`New password, shown once: ${await replacePassword(shell, values.user)}`);
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found')
      throw new Error(`There is no account ${values.user}`, { cause: error });
    throw error;
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
