import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { queryNode } from '@/lib/network/query-node.server.ts';
import { queryNodeSchema } from '@/lib/network/schema.ts';

/** A POST: what is typed names patients and does not belong into addresses and their logs. */
export const POST = withRoute({
  params: idParams('nodeId'),
  body: queryNodeSchema,
  handler: ({ actor, params, body }) => queryNode(actor, params.nodeId, body),
});
