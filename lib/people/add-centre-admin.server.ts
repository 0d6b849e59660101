import type { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import { hashPassword } from '@/lib/auth/password.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { newPassword } from './replace-password.server.ts';
import type { addCentreAdminSchema } from './schema.ts';

type Input = z.infer<typeof addCentreAdminSchema>;

/**
 * Makes somebody a centre's administrator; makes the centre when the network does not have it yet, and the account
 * when the person has none. The password is made here and told once; null for an account that exists, which keeps its
 * own. Throws `forbidden` unless asked at the shell, `not_found` for an unknown centre without a name to make it by,
 * `already_exists` when that person administers it already.
 */
export async function addCentreAdmin(
  actor: Actor,
  input: Input,
): Promise<{ centreCreated: boolean; password: string | null }> {
  authorise(actor, 'network.administer', { kind: 'network' });
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  return withAudit(actor, async (tx, audit) => {
    const { centreId, created } = await centreOf(tx, audit, input);
    const email = input.email.toLowerCase();
    const known = await tx.person.findUnique({ where: { email }, select: { id: true } });
    const { id: personId } =
      known ??
      (await tx.person.create({
        data: { email, displayName: input.displayName ?? email, passwordHash },
        select: { id: true },
      }));
    const key = { personId, centreId, role: 'admin' } as const;
    if (await tx.membership.findUnique({ where: { personId_centreId_role: key } }))
      throw new AppError('already_exists');
    await tx.membership.create({ data: key });
    audit({
      action: 'person.add',
      resourceType: 'person',
      resourceId: personId,
      centreId,
      details: { role: key.role },
    });
    return { centreCreated: created, password: known ? null : password };
  });
}

async function centreOf(tx: Tx, audit: Audit, input: Input): Promise<{ centreId: string; created: boolean }> {
  const known = await tx.centre.findUnique({ where: { code: input.centre }, select: { id: true } });
  if (known) return { centreId: known.id, created: false };
  if (!input.name) throw new AppError('not_found');
  const { id } = await tx.centre.create({
    data: { code: input.centre, name: input.name },
    select: { id: true },
  });
  audit({ action: 'centre.create', resourceType: 'centre', resourceId: id, centreId: id });
  return { centreId: id, created: true };
}
