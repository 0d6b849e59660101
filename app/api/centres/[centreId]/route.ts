import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { setRetention } from '@/lib/store/corrections/retention.server.ts';
import { retentionSchema } from '@/lib/store/corrections/schema.ts';

export const PATCH = withRoute({
  params: idParams('centreId'),
  body: retentionSchema,
  handler: ({ actor, params, body }) => setRetention(actor, params.centreId, body),
});
