import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { setRoles } from '@/lib/people/roles.server.ts';
import { setRolesSchema } from '@/lib/people/schema.ts';

export const PUT = withRoute({
  params: idParams('personId'),
  body: setRolesSchema,
  handler: ({ actor, params, body }) => setRoles(actor, params.personId, body),
});
