import { randomBytes } from 'node:crypto';
import { type AuthenticatedActor, hashToken } from '@/lib/auth/actor.server.ts';
import { hashPassword, verifyPassword } from '@/lib/auth/password.server.ts';
import { countTry, forgive, refuseBlocked } from '@/lib/auth/throttle.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { revokeTokens } from './revoke-tokens.server.ts';
import type { AccountToken } from './schema.ts';

const homeCentre = (actor: AuthenticatedActor) => actor.memberships[0]?.centreId ?? null;
const aboutPerson = (actor: AuthenticatedActor, action: string) => ({
  action,
  resourceType: 'person',
  resourceId: actor.personId,
  centreId: homeCentre(actor),
});

/** Who I am to this server. */
export async function readAccount(actor: AuthenticatedActor) {
  const person = await db().person.findUniqueOrThrow({
    where: { id: actor.personId },
    select: {
      id: true,
      email: true,
      displayName: true,
      locale: true,
      memberships: {
        select: { role: true, specialty: true, centre: { select: { id: true, code: true, name: true } } },
      },
    },
  });
  return person;
}

export async function updateAccount(
  actor: AuthenticatedActor,
  input: { locale?: 'en' | 'fr' },
): Promise<{ locale: string }> {
  return withAudit(actor, async (tx, audit) => {
    const person = await tx.person.update({
      where: { id: actor.personId },
      data: { locale: input.locale },
      select: { locale: true },
    });
    audit({ ...aboutPerson(actor, 'account.update'), details: { locale: person.locale } });
    return person;
  });
}

/**
 * Changes one's own password, ends every login and revokes every API token, also those of somebody who knew the old
 * one. Throws `invalid_credentials`, and `too_many_attempts` as signing in does: an open page is no place to guess at.
 */
export async function changePassword(
  actor: AuthenticatedActor,
  input: { current: string; next: string },
): Promise<void> {
  const person = await db().person.findUniqueOrThrow({
    where: { id: actor.personId },
    select: { passwordHash: true, email: true },
  });
  // Who asks has been let in already, from whatever address: their own guesses count, not those of others there.
  const asker = `person ${actor.personId}`;
  await refuseBlocked(person.email, asker);
  await countTry(person.email, asker);
  if (!(await verifyPassword(input.current, person.passwordHash))) throw new AppError('invalid_credentials');
  const passwordHash = await hashPassword(input.next);
  await withAudit(actor, async (tx, audit) => {
    await tx.person.update({
      where: { id: actor.personId },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
    });
    audit(aboutPerson(actor, 'account.password'));
    await revokeTokens(tx, audit, { personId: actor.personId, centreId: homeCentre(actor) });
  });
  await forgive(person.email, asker);
}

/** Makes an API token; the only time it is seen. */
export async function createToken(
  actor: AuthenticatedActor,
  input: { label: string; days: number | null },
): Promise<{ id: string; token: string; expiresAt: string | null }> {
  const token = `consilium_${randomBytes(32).toString('base64url')}`;
  const expiresAt = input.days === null ? null : new Date(Date.now() + input.days * 86_400_000);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.apiToken.create({
      data: { personId: actor.personId, hash: hashToken(token), label: input.label, expiresAt },
    });
    audit({ ...aboutPerson(actor, 'token.create'), details: { token: row.id } });
    return { id: row.id, token, expiresAt: expiresAt?.toISOString() ?? null };
  });
}

export async function listTokens(actor: AuthenticatedActor): Promise<AccountToken[]> {
  const rows = await db().apiToken.findMany({
    where: { personId: actor.personId, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

export async function revokeToken(actor: AuthenticatedActor, id: string): Promise<void> {
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id, personId: actor.personId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError('not_found');
    audit({ ...aboutPerson(actor, 'token.revoke'), details: { token: id } });
  });
}
