import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { resolveQuarantined } from '@/lib/store/quarantine.server.ts';

export const POST = withRoute({
  params: idParams('objectId'),
  handler: ({ actor, params }) => resolveQuarantined(actor, params.objectId),
});
