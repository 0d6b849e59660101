import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { editNode } from '@/lib/network/edit-node.server.ts';
import { editNodeSchema } from '@/lib/network/schema.ts';

export const PUT = withRoute({
  params: idParams('nodeId'),
  body: editNodeSchema,
  handler: ({ actor, params, body }) => editNode(actor, params.nodeId, body),
});
