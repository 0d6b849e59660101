import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { requireEnabled } from './load-node.server.ts';
import { loadTransfer } from './transfer-access.server.ts';

/**
 * Takes a failed or cancelled transfer up again, behind what was acknowledged; one that waits goes at once. Throws
 * `state_conflict` for one that runs or is done.
 */
export async function retryTransfer(actor: Actor, id: string): Promise<void> {
  const transfer = await loadTransfer(actor, id);
  requireEnabled(transfer.node);
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.transfer.updateMany({
      where: { id, state: { in: ['failed', 'cancelled', 'waiting'] } },
      data: {
        state: 'waiting',
        attempts: 0,
        failed: 0,
        reason: null,
        detail: '',
        nextAttemptAt: null,
        finishedAt: null,
      },
    });
    if (count === 0) throw new AppError('state_conflict');
    await tx.transferItem.updateMany({
      where: { transferId: id, state: 'failed' },
      data: { state: 'waiting', status: '' },
    });
    audit({
      action: 'transfer.retry',
      resourceType: 'transfer',
      resourceId: id,
      centreId: transfer.centreId,
    });
  });
}
