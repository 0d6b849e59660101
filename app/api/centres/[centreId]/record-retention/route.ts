import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { setRecordRetention } from '@/lib/live/record/retention.server.ts';
import { recordRetentionSchema } from '@/lib/live/record/schema.ts';

export const PUT = withRoute({
  params: idParams('centreId'),
  body: recordRetentionSchema,
  handler: ({ actor, params, body }) => setRecordRetention(actor, params.centreId, body.days),
});
