/**
 * `npm run admin -- --centre CODE [--name CENTRE] --email EMAIL [--person NAME]`: a centre and its first administrator,
 * who adds everybody else in the browser. Prints a new account's password, once.
 */
import { parseArgs } from 'node:util';
import type { Actor } from '@/lib/auth/policy.ts';
import { openCommandDatabase } from '@/lib/db/open.server.ts';
import { parseEnv } from '@/lib/env.ts';
import { isAppError } from '@/lib/errors.ts';
import { addCentreAdmin } from './add-centre-admin.server.ts';
import { addCentreAdminSchema } from './schema.ts';

const USAGE =
  'Usage: npm run admin -- --centre CODE --name "NAME OF A NEW CENTRE" --email EMAIL [--person "NAME"]';
const shell: Actor = { personId: null, displayName: 'admin', memberships: [], locale: 'en', door: 'cli' };

async function main(): Promise<void> {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { centre: option, name: option, email: option, person: option } });
  if (!values.centre || !values.email) throw new Error(USAGE);
  const parsed = addCentreAdminSchema.safeParse({ ...values, displayName: values.person });
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`${wrong.join('\n')}\n${USAGE}`);
  }
  const input = parsed.data;
  const database = await openCommandDatabase(parseEnv(process.env));
  try {
    const { centreCreated, password } = await addCentreAdmin(shell, input);
    if (centreCreated) console.log(`Centre ${input.centre} (${input.name}) is made.`);
    console.log(`${input.email} administers ${input.centre}.`);
    console.log(
      password ? `Password, shown once: ${password}` : 'The account was there: its password stays.',
    );
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'not_found')
      throw new Error(`There is no centre ${input.centre}; --name makes it`, { cause: error });
    if (error.code === 'already_exists')
      throw new Error(`${input.email} administers ${input.centre} already`, { cause: error });
    throw error;
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
