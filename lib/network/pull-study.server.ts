import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { loadNode, ofCentre, requireEnabled } from './load-node.server.ts';
import type { PullStudy } from './schema.ts';

/**
 * Has a study fetched from a node into the node's centre; the transfer goes on by itself. Asked twice while the first
 * is still on its way, it is one transfer.
 */
export async function pullStudy(actor: Actor, nodeId: string, input: PullStudy): Promise<{ id: string }> {
  const node = await loadNode(db(), nodeId);
  authorise(actor, 'centre.query-nodes', ofCentre(node));
  requireEnabled(node);
  const { centreId } = node;
  const { studyInstanceUid, label, instanceCount } = input;
  return withAudit(actor, async (tx, audit) => {
    await tx.$queryRaw`SELECT 1 FROM "RemoteNode" WHERE "id" = ${nodeId}::uuid FOR UPDATE`;
    const same = { nodeId, direction: 'pull', studyInstanceUid } as const;
    const open = await tx.transfer.findFirst({
      where: { ...same, state: { in: ['waiting', 'running'] } },
      select: { id: true },
    });
    const { id } =
      open ??
      (await tx.transfer.create({
        data: { ...same, centreId, label, requestedById: actor.personId, total: instanceCount ?? 0 },
        select: { id: true },
      }));
    audit({
      action: 'study.pull',
      resourceType: 'transfer',
      resourceId: id,
      centreId,
      details: { node: node.name, study: studyInstanceUid },
    });
    return { id };
  });
}
