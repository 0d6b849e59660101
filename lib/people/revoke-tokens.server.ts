import type { Tx } from '@/lib/db/client.server.ts';
import type { Audit } from '@/lib/db/with-audit.server.ts';

/**
 * Revokes every API token of a person, inside the transaction that replaces the password: whoever knew the old one may
 * have made tokens with it, and they would outlive it. An audit row for each.
 */
export async function revokeTokens(
  tx: Tx,
  audit: Audit,
  { personId, centreId }: { personId: string; centreId: string | null },
): Promise<void> {
  const tokens = await tx.apiToken.updateManyAndReturn({
    where: { personId, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true },
  });
  for (const { id } of tokens)
    audit({
      action: 'token.revoke',
      resourceType: 'person',
      resourceId: personId,
      centreId,
      details: { token: id, because: 'password' },
    });
}
