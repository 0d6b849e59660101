import { validateDecision } from '@/lib/decisions/decide.server.ts';
import { validateSchema } from '@/lib/decisions/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('itemId'),
  body: validateSchema,
  handler: ({ actor, params, body }) => validateDecision(actor, params.itemId, body),
});
