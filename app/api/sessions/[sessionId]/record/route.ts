import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { readRecord } from '@/lib/live/record/read-record.server.ts';

export const GET = withRoute({
  params: idParams('sessionId'),
  handler: ({ actor, params }) => readRecord(actor, params.sessionId),
});
