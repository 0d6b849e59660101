import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { disableNode } from '@/lib/network/disable-node.server.ts';
import { disableNodeSchema } from '@/lib/network/schema.ts';

export const PUT = withRoute({
  params: idParams('nodeId'),
  body: disableNodeSchema,
  handler: ({ actor, params, body }) => disableNode(actor, params.nodeId, body),
});
