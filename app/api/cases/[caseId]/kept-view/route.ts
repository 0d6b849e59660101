import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { keepView, readKeptView } from '@/lib/key-views/kept-view.server.ts';
import { keepViewSchema } from '@/lib/key-views/schema.ts';

export const GET = withRoute({
  params: idParams('caseId'),
  handler: ({ actor, params }) => readKeptView(actor, params.caseId),
});
export const PUT = withRoute({
  params: idParams('caseId'),
  body: keepViewSchema,
  handler: ({ actor, params, body }) => keepView(actor, params.caseId, body.view),
});
