import { setInvited } from '@/lib/boards/schedule-session.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const DELETE = withRoute({
  params: idParams('sessionId', 'personId'),
  handler: ({ actor, params }) => setInvited(actor, params.sessionId, params.personId, false),
});
