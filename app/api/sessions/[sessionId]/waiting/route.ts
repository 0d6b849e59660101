import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { listWaiting } from '@/lib/live/waiting/read.server.ts';

export const GET = withRoute({
  params: idParams('sessionId'),
  handler: ({ actor, params }) => listWaiting(actor, params.sessionId),
});
