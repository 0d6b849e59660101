import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { RemoteNode, Transfer } from '@/lib/db/generated/client.ts';
import { writeAudit } from '@/lib/db/with-audit.server.ts';
import type { Failure } from './failure.ts';
import { transferOptionsSchema } from './schema.ts';

/**
 * What a run writes down while it goes. Every statement asks that the transfer still runs: one that was cancelled
 * meanwhile stays cancelled, and a transfer ends once, whoever else tries to end it.
 */

export type RunningTransfer = Transfer & { node: RemoteNode };

/** The transfers are the machine's doing; who asked for them stands in the row of `study.send` or `study.pull`. */
export const machine: Actor = {
  personId: null,
  displayName: 'transfers',
  memberships: [],
  locale: 'en',
  door: 'system',
};

/**
 * Notes what the other side said about one object, and counts it, in one statement. Only `sent` is final: it is
 * written after the other side's success and before the next object goes out. False when the transfer no longer runs.
 */
export async function noteItem(
  transferId: string,
  instanceId: string,
  state: 'sent' | 'failed',
  status: string,
): Promise<boolean> {
  const { sent, failed } = { sent: state === 'sent' ? 1 : 0, failed: state === 'failed' ? 1 : 0 };
  const [row] = await db().$queryRaw<{ running: boolean }[]>`
    WITH noted AS (
      UPDATE "TransferItem" SET "state" = ${state}, "status" = ${status}, "at" = now()
      WHERE "transferId" = ${transferId}::uuid AND "instanceId" = ${instanceId}::uuid AND "state" = 'waiting'
      RETURNING 1
    )
    UPDATE "Transfer" SET
      "sent" = "sent" + ${sent}::int * (SELECT count(*)::int FROM noted),
      "failed" = "failed" + ${failed}::int * (SELECT count(*)::int FROM noted)
    WHERE "id" = ${transferId}::uuid
    RETURNING "state" = 'running' AS running`;
  return row?.running ?? false;
}

/** How far a pull has come. */
export async function noteProgress(
  id: string,
  progress: { sent: number; failed: number; total?: number },
): Promise<void> {
  await db().transfer.updateMany({ where: { id, state: 'running' }, data: progress });
}

/** An attempt is over and another one follows. */
export async function noteRetry(
  id: string,
  failure: Failure,
  attempts: number,
  nextAttemptAt: Date,
): Promise<void> {
  await db().transfer.updateMany({
    where: { id, state: 'running' },
    data: { state: 'waiting', ...failure, attempts, nextAttemptAt },
  });
}

/** The end, with its audit row in the same transaction. False, and nothing written, when the transfer had ended already. */
export async function noteEnd(
  transfer: RunningTransfer,
  state: 'done' | 'failed',
  failure: Failure | null,
  attempts: number,
): Promise<boolean> {
  const { id, centreId, direction, node, studyInstanceUid: study } = transfer;
  return db().$transaction(async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id, state: 'running' },
      data: {
        state,
        reason: failure?.reason ?? null,
        detail: failure?.detail ?? '',
        attempts,
        nextAttemptAt: null,
        finishedAt: new Date(),
      },
    });
    if (count === 0) return false;
    const { sent, failed, total, options } = await tx.transfer.findUniqueOrThrow({ where: { id } });
    const numbers = { direction, node: node.name, study, sent, failed, total };
    // It may have become so on its way.
    const deidentified = transferOptionsSchema.parse(options).deidentify !== undefined;
    await writeAudit(tx, machine, [
      {
        action: state === 'done' ? 'transfer.finish' : 'transfer.fail',
        resourceType: 'transfer',
        resourceId: id,
        centreId,
        details: {
          ...numbers,
          ...(direction === 'push' && { deidentified }),
          ...(failure && { reason: failure.reason }),
        },
      },
    ]);
    return true;
  });
}
