import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { testNode } from '@/lib/network/test-node.server.ts';

export const POST = withRoute({
  params: idParams('nodeId'),
  handler: ({ actor, params }) => testNode(actor, params.nodeId),
});
