import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { RemoteNode, Transfer } from '@/lib/db/generated/client.ts';
import { AppError } from '@/lib/errors.ts';
import { ofCentre } from './load-node.server.ts';

/** Clinical staff move their centre's studies; its administrator looks after the nodes and so may steer transfers too. */
export const maySteer = (actor: Actor, centreId: string): boolean =>
  can(actor, 'centre.query-nodes', ofCentre({ centreId })) ||
  can(actor, 'centre.nodes', ofCentre({ centreId }));

/** The centres whose transfers the actor sees. */
export const steeredCentres = (actor: Actor): string[] => [
  ...new Set(actor.memberships.map(({ centreId }) => centreId).filter((id) => maySteer(actor, id))),
];

/** A transfer that the actor may steer, with its node. Throws `not_found`, or `forbidden` within the own centre. */
export async function loadTransfer(actor: Actor, id: string): Promise<Transfer & { node: RemoteNode }> {
  const transfer = await db().transfer.findUnique({ where: { id }, include: { node: true } });
  if (!transfer) throw new AppError('not_found');
  if (!maySteer(actor, transfer.centreId)) authorise(actor, 'centre.query-nodes', ofCentre(transfer));
  return transfer;
}
