import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { ofCentre } from './load-node.server.ts';
import type { NodeRow } from './schema.ts';

/** The nodes of the centres for which the actor may query or administer them. Addresses are the administrator's. */
export async function listNodes(actor: Actor): Promise<NodeRow[]> {
  const centreIds = [...new Set(actor.memberships.map(({ centreId }) => centreId))];
  const rows = await db().remoteNode.findMany({
    where: { centreId: { in: centreIds } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: { centre: { select: { code: true } } },
  });
  return rows.flatMap((row) => {
    const edit = can(actor, 'centre.nodes', ofCentre(row));
    const query = can(actor, 'centre.query-nodes', ofCentre(row)) && row.disabledAt === null;
    if (!edit && !query) return [];
    const { host, port, tls, certificateFingerprint, mayStore, mayQuery, mayRetrieve, version } = row;
    return {
      id: row.id,
      centreId: row.centreId,
      centreCode: row.centre.code,
      name: row.name,
      aeTitle: row.aeTitle,
      lastEchoAt: row.lastEchoAt?.toISOString() ?? null,
      lastEchoProblem: row.lastEchoProblem,
      disabled: row.disabledAt !== null,
      deidentifies: row.deidentify !== null,
      settings: edit
        ? { host, port, tls, certificateFingerprint, mayStore, mayQuery, mayRetrieve, version }
        : null,
      may: { edit, query },
    };
  });
}
