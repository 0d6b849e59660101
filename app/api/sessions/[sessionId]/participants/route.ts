import { setInvited } from '@/lib/boards/schedule-session.server.ts';
import { inviteSchema } from '@/lib/boards/schema.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const POST = withRoute({
  params: idParams('sessionId'),
  body: inviteSchema,
  handler: ({ actor, params, body }) => setInvited(actor, params.sessionId, body.personId, true),
});
