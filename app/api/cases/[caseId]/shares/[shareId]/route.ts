import { unshareCase } from '@/lib/cases/edit-case.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';

export const DELETE = withRoute({
  params: idParams('caseId', 'shareId'),
  handler: ({ actor, params }) => unshareCase(actor, params.caseId, params.shareId),
});
