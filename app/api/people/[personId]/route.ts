import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { setDisabled } from '@/lib/people/people.server.ts';
import { editPersonSchema } from '@/lib/people/schema.ts';

export const PATCH = withRoute({
  params: idParams('personId'),
  body: editPersonSchema,
  handler: ({ actor, params, body }) => setDisabled(actor, params.personId, body),
});
