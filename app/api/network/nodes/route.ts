import { withRoute } from '@/lib/http/with-route.server.ts';
import { createNode } from '@/lib/network/create-node.server.ts';
import { listNodes } from '@/lib/network/list-nodes.server.ts';
import { createNodeSchema } from '@/lib/network/schema.ts';

export const GET = withRoute({ handler: async ({ actor }) => ({ nodes: await listNodes(actor) }) });
export const POST = withRoute({
  body: createNodeSchema,
  status: 201,
  handler: ({ actor, body }) => createNode(actor, body),
});
