import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { saveKeyView } from '@/lib/key-views/change-key-views.server.ts';
import { listKeyViews } from '@/lib/key-views/read-key-views.server.ts';
import { saveKeyViewSchema } from '@/lib/key-views/schema.ts';

export const GET = withRoute({
  params: idParams('caseId'),
  handler: async ({ actor, params }) => ({ keyViews: await listKeyViews(actor, params.caseId) }),
});
export const POST = withRoute({
  params: idParams('caseId'),
  body: saveKeyViewSchema,
  status: 201,
  handler: ({ actor, params, body }) => saveKeyView(actor, params.caseId, body),
});
