import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { pullStudy } from '@/lib/network/pull-study.server.ts';
import { pullStudySchema } from '@/lib/network/schema.ts';

export const POST = withRoute({
  params: idParams('nodeId'),
  body: pullStudySchema,
  status: 202,
  handler: ({ actor, params, body }) => pullStudy(actor, params.nodeId, body),
});
