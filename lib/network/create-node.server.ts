import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { defaultDeidentifyOptions } from '@/lib/deidentify/schema.ts';
import { AppError } from '@/lib/errors.ts';
import { ofCentre } from './load-node.server.ts';
import type { CreateNode } from './schema.ts';

/** Describes a remote node to a centre. Throws `already_exists` when the centre calls another node so. */
export async function createNode(actor: Actor, input: CreateNode): Promise<{ id: string }> {
  authorise(actor, 'centre.nodes', ofCentre(input));
  return withAudit(actor, async (tx, audit) => {
    const key = { centreId_name: { centreId: input.centreId, name: input.name } };
    if (await tx.remoteNode.findUnique({ where: key })) throw new AppError('already_exists');
    const { centreId, ...settings } = input;
    const { id } = await tx.remoteNode.create({
      data: { ...input, deidentify: input.deidentify ? defaultDeidentifyOptions : undefined },
      select: { id: true },
    });
    audit({ action: 'node.create', resourceType: 'node', resourceId: id, centreId, details: settings });
    return { id };
  });
}
