import { db } from '@/lib/db/client.server.ts';
import { writeAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { verifyPassword } from './password.server.ts';
import { countTry, forgive, isFirstRefusal, refuseBlocked } from './throttle.server.ts';

export type SignedIn = { id: string; email: string; name: string; epoch: number; locale: string };

/**
 * Checks e-mail and password. Throws `invalid_credentials` or `too_many_attempts`. Every outcome is audited; of those
 * that are turned away unlooked at, the first of a window.
 */
export async function signInWithPassword(input: {
  email: string;
  password: string;
  address: string;
}): Promise<SignedIn> {
  // No address has a U+0000, and the database takes none.
  const email = input.email.replaceAll('\0', '').trim().toLowerCase().slice(0, 200);
  try {
    await refuseBlocked(email, input.address);
    // Before the slow check of the password: of many guesses at the same time only the first few are looked at.
    await countTry(email, input.address);
  } catch (error) {
    if (await isFirstRefusal(email, input.address)) await record('sign-in.throttle', await personOf(email));
    throw error;
  }
  const person = await personOf(email);
  const right = await verifyPassword(input.password.slice(0, 500), person?.passwordHash ?? null);
  if (!person || !right || person.disabledAt) {
    await record('sign-in.refuse', person);
    throw new AppError('invalid_credentials');
  }
  await record('sign-in.accept', person);
  await forgive(email, input.address);
  return {
    id: person.id,
    email: person.email,
    name: person.displayName,
    epoch: person.sessionEpoch,
    locale: person.locale,
  };
}

const personOf = (email: string) =>
  db().person.findUnique({ where: { email }, include: { memberships: { take: 1 } } });

/** Null for an account that there is not. */
async function record(action: string, person: Awaited<ReturnType<typeof personOf>>): Promise<void> {
  const actor = {
    personId: person?.id ?? null,
    displayName: person?.displayName ?? '',
    memberships: [],
    locale: 'fr',
    door: 'web',
  } as const;
  const entry = {
    action,
    resourceType: 'person',
    resourceId: person?.id ?? '',
    centreId: person?.memberships[0]?.centreId ?? null,
  };
  await db().$transaction((tx) => writeAudit(tx, actor, [entry]));
}
