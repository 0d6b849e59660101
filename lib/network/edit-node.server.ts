import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { defaultDeidentifyOptions } from '@/lib/deidentify/schema.ts';
import { AppError } from '@/lib/errors.ts';
import { loadNode, ofCentre } from './load-node.server.ts';
import type { EditNode } from './schema.ts';

/**
 * Changes what a centre says about a node; what its last echo told is forgotten with it. Throws `version_conflict`
 * when somebody was faster, `already_exists` for a name that is taken.
 */
export async function editNode(actor: Actor, id: string, input: EditNode): Promise<{ version: number }> {
  const { centreId } = await loadNode(db(), id);
  authorise(actor, 'centre.nodes', ofCentre({ centreId }));
  const { version, ...settings } = input;
  const { deidentify, ...rest } = settings;
  return withAudit(actor, async (tx, audit) => {
    const namesake = await tx.remoteNode.findUnique({
      where: { centreId_name: { centreId, name: input.name } },
    });
    if (namesake && namesake.id !== id) throw new AppError('already_exists');
    const { count } = await tx.remoteNode.updateMany({
      where: { id, version },
      data: {
        ...rest,
        ...(deidentify && { deidentify: defaultDeidentifyOptions }),
        version: { increment: 1 },
        lastEchoAt: null,
        lastEchoProblem: '',
      },
    });
    if (count === 0) throw new AppError('version_conflict');
    // SQL's own null: the client knows it only by a value of its generated code.
    if (!deidentify)
      await tx.$executeRaw`UPDATE "RemoteNode" SET "deidentify" = NULL WHERE "id" = ${id}::uuid`;
    audit({ action: 'node.edit', resourceType: 'node', resourceId: id, centreId, details: settings });
    return { version: version + 1 };
  });
}
