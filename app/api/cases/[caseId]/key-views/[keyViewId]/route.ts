import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { deleteKeyView, editKeyView } from '@/lib/key-views/change-key-views.server.ts';
import { readKeyView } from '@/lib/key-views/read-key-views.server.ts';
import { editKeyViewSchema } from '@/lib/key-views/schema.ts';

const params = idParams('caseId', 'keyViewId');
const at = (ids: { caseId: string; keyViewId: string }) => ({ caseId: ids.caseId, id: ids.keyViewId });

export const GET = withRoute({ params, handler: (input) => readKeyView(input.actor, at(input.params)) });
export const PATCH = withRoute({
  params,
  body: editKeyViewSchema,
  handler: (input) => editKeyView(input.actor, at(input.params), input.body),
});
export const DELETE = withRoute({ params, handler: (input) => deleteKeyView(input.actor, at(input.params)) });
