import { startAmendment } from '@/lib/decisions/decide.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('itemId'),
  handler: ({ actor, params }) => startAmendment(actor, params.itemId),
});
