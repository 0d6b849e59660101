import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { restoreKeyView } from '@/lib/key-views/change-key-views.server.ts';

export const POST = withRoute({
  params: idParams('caseId', 'keyViewId'),
  handler: ({ actor, params }) => restoreKeyView(actor, { caseId: params.caseId, id: params.keyViewId }),
});
