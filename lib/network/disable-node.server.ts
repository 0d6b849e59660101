import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { loadNode, ofCentre } from './load-node.server.ts';

/**
 * Switches a node off, or on again. Off, it is nobody: it is neither called nor listened to, and what is on its way
 * to it fails at the next attempt. It stays in the database for the transfers that name it. Throws `version_conflict`.
 */
export async function disableNode(
  actor: Actor,
  id: string,
  input: { disabled: boolean; version: number },
): Promise<{ version: number }> {
  const { centreId } = await loadNode(db(), id);
  authorise(actor, 'centre.nodes', ofCentre({ centreId }));
  return withAudit(actor, async (tx, audit) => {
    const { count } = await tx.remoteNode.updateMany({
      where: { id, version: input.version },
      data: { disabledAt: input.disabled ? new Date() : null, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError('version_conflict');
    const action = input.disabled ? 'node.disable' : 'node.enable';
    audit({ action, resourceType: 'node', resourceId: id, centreId });
    return { version: input.version + 1 };
  });
}
