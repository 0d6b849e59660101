import type { Tx } from '@/lib/db/client.server.ts';
import type { RemoteNode } from '@/lib/db/generated/client.ts';
import { AppError } from '@/lib/errors.ts';

/** A node by its id. Throws `not_found`. Whether the actor may know of it is the caller's to ask. */
export async function loadNode(tx: Pick<Tx, 'remoteNode'>, id: string): Promise<RemoteNode> {
  const node = await tx.remoteNode.findUnique({ where: { id } });
  if (!node) throw new AppError('not_found');
  return node;
}

/** The policy's facts about a node: it is its centre's. */
export const ofCentre = ({ centreId }: { centreId: string }) => ({ kind: 'centre', centreId }) as const;

/** Somebody chose a node that was switched off meanwhile. Throws `state_conflict`. */
export function requireEnabled(node: RemoteNode): void {
  if (node.disabledAt) throw new AppError('state_conflict');
}
