import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { loadTransfer } from './transfer-access.server.ts';

/**
 * Ends a transfer that is on its way: what was acknowledged stays where it is. The run notices within a second.
 * Throws `state_conflict` when it has ended already.
 */
export async function cancelTransfer(actor: Actor, id: string): Promise<void> {
  const { centreId, sent, total } = await loadTransfer(actor, id);
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.transfer.updateMany({
      where: { id, state: { in: ['waiting', 'running'] } },
      data: { state: 'cancelled', finishedAt: new Date(), nextAttemptAt: null },
    });
    if (count === 0) throw new AppError('state_conflict');
    audit({
      action: 'transfer.cancel',
      resourceType: 'transfer',
      resourceId: id,
      centreId,
      details: { sent, total },
    });
  });
}
