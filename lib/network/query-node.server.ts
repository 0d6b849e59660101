import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import type { RemoteNode } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { find } from '@/lib/dimse/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { asAppError } from './failure.ts';
import { loadNode, ofCentre, requireEnabled } from './load-node.server.ts';
import { toPeer } from './peer.server.ts';
import { studyIdentifier, toRemoteStudy } from './query-identifier.ts';
import type { QueryAnswer, QueryNode, RemoteStudy } from './schema.ts';

/** More than this nobody reads; the node is told to stop. */
const MAX_STUDIES = 200;
const TIMEOUT_MS = 60_000;

/**
 * Asks a node for studies (C-FIND, study root). Audited with the node, which keys were used and how many studies came
 * back; not with what was typed, which names patients. Throws `node_unreachable`, `node_refused`, `node_failed`.
 */
export async function queryNode(actor: Actor, nodeId: string, query: QueryNode): Promise<QueryAnswer> {
  const node = await loadNode(db(), nodeId);
  authorise(actor, 'centre.query-nodes', ofCentre(node));
  requireEnabled(node);
  const { studies, truncated } = await ask(node, query);
  const keys = Object.entries(query).flatMap(([name, value]) => (value === '' ? [] : [name]));
  return withAudit(actor, async (tx, audit) => {
    audit({
      action: 'node.query',
      resourceType: 'node',
      resourceId: nodeId,
      centreId: node.centreId,
      details: { keys, count: studies.length },
    });
    const held = await tx.study.findMany({
      where: {
        centreId: node.centreId,
        hiddenAt: null,
        studyInstanceUid: { in: studies.map(({ studyInstanceUid }) => studyInstanceUid) },
      },
      select: { id: true, studyInstanceUid: true, instanceCount: true },
    });
    const here = new Map(held.map(({ studyInstanceUid, ...one }) => [studyInstanceUid, one]));
    return {
      truncated,
      studies: studies.map((study) => ({ ...study, here: here.get(study.studyInstanceUid) ?? null })),
    };
  });
}

async function ask(
  node: RemoteNode,
  query: QueryNode,
): Promise<{ studies: Omit<RemoteStudy, 'here'>[]; truncated: boolean }> {
  const studies = new Map<string, Omit<RemoteStudy, 'here'>>();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const identifier = studyIdentifier(query);
    for await (const answer of find(await toPeer(node), { root: 'study', identifier, signal })) {
      const study = toRemoteStudy(answer);
      if (study && studies.size >= MAX_STUDIES) return { studies: [...studies.values()], truncated: true };
      if (study) studies.set(study.studyInstanceUid, study);
    }
    return { studies: [...studies.values()], truncated: false };
  } catch (error) {
    if (signal.aborted) throw new AppError('node_unreachable', { cause: error });
    throw asAppError(error);
  }
}
