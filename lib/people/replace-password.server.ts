import { randomBytes } from 'node:crypto';
import { authorise } from '@/lib/auth/authorise.ts';
import { hashPassword } from '@/lib/auth/password.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { revokeTokens } from './revoke-tokens.server.ts';

/** A password that nobody chose: 120 random bits, 20 characters. */
export const newPassword = (): string => randomBytes(15).toString('base64url');

/**
 * Gives somebody who lost it a new password, told once, ends their sign-ins and revokes their API tokens. Throws `forbidden` unless asked at
 * the shell, `not_found` for an unknown account.
 */
export async function replacePassword(actor: Actor, email: string): Promise<string> {
  authorise(actor, 'network.administer', { kind: 'network' });
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await withAudit(actor, async (tx, audit) => {
    const person = await tx.person.findUnique({
      where: { email: email.toLowerCase() },
      select: { id: true, memberships: { take: 1, orderBy: { id: 'asc' }, select: { centreId: true } } },
    });
    if (!person) throw new AppError('not_found');
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
    });
    const centreId = person.memberships[0]?.centreId ?? null;
    audit({ action: 'account.password', resourceType: 'person', resourceId: person.id, centreId });
    await revokeTokens(tx, audit, { personId: person.id, centreId });
  });
  return password;
}
