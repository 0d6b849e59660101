import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { echo } from '@/lib/dimse/client.server.ts';
import { failureOf } from './failure.ts';
import { loadNode, ofCentre } from './load-node.server.ts';
import { toPeer } from './peer.server.ts';
import type { Reason } from './schema.ts';

/** Asks a node whether it is there (C-ECHO, PS3.4 A), and keeps what came of it. A failure is an answer, not an error. */
export async function testNode(
  actor: Actor,
  id: string,
): Promise<{ problem: Reason | null; detail: string }> {
  const node = await loadNode(db(), id);
  authorise(actor, 'centre.nodes', ofCentre(node));
  const failure = await echo(await toPeer(node)).then(() => null, failureOf);
  const problem = failure?.reason ?? null;
  await withAudit(actor, async (tx, audit) => {
    await tx.remoteNode.update({
      where: { id },
      data: { lastEchoAt: new Date(), lastEchoProblem: problem ?? '' },
    });
    const { centreId } = node;
    audit({ action: 'node.test', resourceType: 'node', resourceId: id, centreId, details: { problem } });
  });
  return { problem, detail: failure?.detail ?? '' };
}
