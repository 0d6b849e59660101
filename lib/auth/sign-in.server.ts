import { db } from '@/lib/db/client.server.ts';
import { writeAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { verifyPassword } from './password.server.ts';
import { countTry, forgive, refuseBlocked } from './throttle.server.ts';

export type SignedIn = { id: string; email: string; name: string; epoch: number; locale: string };

/** Checks e-mail and password. Throws `invalid_credentials` or `too_many_attempts`; both outcomes are audited. */
export async function signInWithPassword(input: {
  email: string;
  password: string;
  address: string;
}): Promise<SignedIn> {
  // No address has a U+0000, and the database takes none.
  const email = input.email.replaceAll('\0', '').trim().toLowerCase().slice(0, 200);
  await refuseBlocked(email, input.address);
  // Before the slow check of the password: of many guesses at the same time only the first few are looked at.
  await countTry(email, input.address);
  const person = await db().person.findUnique({ where: { email }, include: { memberships: { take: 1 } } });
  const right = await verifyPassword(input.password.slice(0, 500), person?.passwordHash ?? null);
  const actor = {
    personId: person?.id ?? null,
    displayName: person?.displayName ?? '',
    memberships: [],
    locale: 'fr',
    door: 'web',
  } as const;
  const entry = {
    resourceType: 'person',
    resourceId: person?.id ?? '',
    centreId: person?.memberships[0]?.centreId ?? null,
  };
  if (!person || !right || person.disabledAt) {
    await db().$transaction((tx) => writeAudit(tx, actor, [{ action: 'sign-in.refuse', ...entry }]));
    throw new AppError('invalid_credentials');
  }
  await db().$transaction((tx) => writeAudit(tx, actor, [{ action: 'sign-in.accept', ...entry }]));
  await forgive(email, input.address);
  return {
    id: person.id,
    email: person.email,
    name: person.displayName,
    epoch: person.sessionEpoch,
    locale: person.locale,
  };
}
